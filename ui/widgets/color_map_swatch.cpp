#include "ui/widgets/color_map_swatch.h"

#include <QImage>
#include <algorithm>
#include <cmath>

#include "ui/render/color_map.h"

namespace voxmark::ui {

QPixmap colorMapSwatch(const std::string& name, const QSize& size, double ratio, bool invert) {
  const render::ColorMap& map = render::colorMapOrGray(name);
  QImage image((QSizeF(size) * ratio).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
  for (int x = 0; x < image.width(); ++x) {
    auto level = static_cast<std::size_t>(x * 255 / std::max(1, image.width() - 1));
    if (invert) level = 255 - level;
    const QRgb colour = qRgb(map[level][0], map[level][1], map[level][2]);
    for (int y = 0; y < image.height(); ++y) image.setPixel(x, y, colour);
  }
  QPixmap out = QPixmap::fromImage(image);
  out.setDevicePixelRatio(ratio);
  return out;
}

QComboBox* makeColorMapBox(QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setIconSize({56, 12});
  box->setAccessibleName(QComboBox::tr("Colour map"));
  for (const std::string& name : render::colorMapNames()) {
    box->addItem(QIcon(colorMapSwatch(name, box->iconSize(), 2)), QString::fromStdString(name));
  }
  box->setMaxVisibleItems(box->count());
  return box;
}

}  // namespace voxmark::ui
