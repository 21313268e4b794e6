#pragma once

#include "core/backend/backend.h"

namespace voxmark::ui {

class MainWindow;

/// The Help menu: find a command, keys and mouse, the manual, about.
void addHelpActions(MainWindow& window, const BackendRegistry& backends);

}  // namespace voxmark::ui
