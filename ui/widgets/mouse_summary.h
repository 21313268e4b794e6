#pragma once

#include "ui/models/shortcut_groups.h"

namespace voxmark::ui {

/// What buttons and wheel do in the slice views with the mouse preset of the settings.
[[nodiscard]] ShortcutGroup mouseSummary();

}  // namespace voxmark::ui
