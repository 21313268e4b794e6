#pragma once

#include "ui/models/action_list.h"

namespace voxmark::ui {

/// Window, opacity and order of the active layer, in the menus and by key.
void addLayerActions(ActionList& actions, Session& session);

}  // namespace voxmark::ui
