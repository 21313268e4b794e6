#pragma once

#include <QString>
#include <vector>

#include "core/volume/volume_info.h"

namespace voxmark::ui {

/// A window under a name.
struct WindowPreset {
  QString name;
  DisplayWindow window;
};

/// CT windows in Hounsfield units, as radiology uses them; keys 3 to 8 choose the first six.
[[nodiscard]] const std::vector<WindowPreset>& ctWindows();

/// The user's own, by name. They are kept between starts.
[[nodiscard]] std::vector<WindowPreset> ownWindows();
/// Keeps a window, in place of one of that name.
void keepOwnWindow(const WindowPreset& preset);
void removeOwnWindow(const QString& name);

}  // namespace voxmark::ui
