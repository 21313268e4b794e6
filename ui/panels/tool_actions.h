#pragma once

#include "ui/models/action_list.h"

class QMainWindow;

namespace voxmark::ui {

/// The Tools menu: what the left button does, with a drop-down button on the tool bar; the mouse presets; going to a
/// coordinate; what can be done with the selected mark.
void addToolActions(ActionList& actions, Session& session, QMainWindow& window);

}  // namespace voxmark::ui
