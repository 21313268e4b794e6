#pragma once

#include <QComboBox>
#include <QIcon>
#include <QPixmap>
#include <string>

namespace voxmark::ui {

/// A colour map from its low end to its high end, `size` in logical pixels.
[[nodiscard]] QPixmap colorMapSwatch(const std::string& name, const QSize& size, double ratio, bool invert = false);
/// A combo box of all colour maps, each with its swatch; an item's text is the map's name.
[[nodiscard]] QComboBox* makeColorMapBox(QWidget* parent);

}  // namespace voxmark::ui
