#include "ui/models/curves.h"

#include <algorithm>
#include <array>

#include "core/document/table_text.h"

namespace voxmark::ui {

std::string curvesCsv(const std::vector<Curve>& curves, const QString& xTitle, const QString& yTitle) {
  const std::string x = xTitle.toStdString();
  if (curves.empty()) return csvLine({x});
  const bool shared = std::all_of(curves.begin(), curves.end(), [&](const Curve& c) { return c.x == curves[0].x; });
  std::string out;
  if (shared) {
    std::vector<std::string> cells{x};
    for (const Curve& curve : curves) cells.push_back(curve.name.toStdString());
    out = csvLine(cells);
    for (std::size_t n = 0; n < curves[0].x.size(); ++n) {
      cells = {numberText(curves[0].x[n])};
      for (const Curve& curve : curves) cells.push_back(numberText(curve.y[n]));
      out += csvLine(cells);
    }
    return out;
  }
  out = csvLine({"curve", x, yTitle.toStdString()});
  for (const Curve& curve : curves) {
    for (std::size_t n = 0; n < curve.x.size(); ++n) {
      out += csvLine({curve.name.toStdString(), numberText(curve.x[n]), numberText(curve.y[n])});
    }
  }
  return out;
}

QColor curveColour(int n) {
  constexpr std::array<QRgb, 7> kColours{0x4c9be8, 0xe69f00, 0x2fb58a, 0xd55e00, 0xcc79a7, 0xb8a800, 0x8f8fd8};
  const int count = static_cast<int>(kColours.size());
  return QColor::fromRgb(kColours[static_cast<std::size_t>(((n % count) + count) % count)]);
}

}  // namespace voxmark::ui
