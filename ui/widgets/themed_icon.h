#pragma once

#include <QIcon>
#include <QString>

namespace voxmark::ui {

/// An icon of the program by its name ("open"): drawn from its SVG at the size and pixel ratio asked for, in the colour
/// of the texts of the theme at that moment.
[[nodiscard]] QIcon themedIcon(const QString& name);

}  // namespace voxmark::ui
