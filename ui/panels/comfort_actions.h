#pragma once

#include "core/backend/backend.h"

namespace voxmark::ui {

class MainWindow;

/// What makes the window comfortable: command palette, sheet of keys, settings, full screen, help, the docks and colour
/// maps as actions, and the keyboard's way through all of it. After all other actions.
void addComfortActions(MainWindow& window, const BackendRegistry& backends);

}  // namespace voxmark::ui
