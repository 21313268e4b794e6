#include "ui/render/transfer_table.h"

#include <algorithm>

namespace voxmark::render {
namespace {

/// Where a value lies between two of the points: indices and the weight of the second.
struct Place {
  std::size_t from;
  std::size_t to;
  double weight;
};

template <typename Point>
Place placeIn(const std::vector<Point>& points, double value) {
  const auto above = std::upper_bound(points.begin(), points.end(), value,
                                      [](double v, const Point& point) { return v < point.value; });
  const auto to = static_cast<std::size_t>(above - points.begin());
  if (to == 0) return {0, 0, 0};
  if (to == points.size()) return {to - 1, to - 1, 0};
  const double width = points[to].value - points[to - 1].value;
  return {to - 1, to, width > 0 ? (value - points[to - 1].value) / width : 0};
}

}  // namespace

TransferTable tableOf(const TransferFunction& function, double low, double high) {
  TransferTable table;
  table.shaded = function.shaded;
  table.maximum = function.maximum;
  table.entries.assign(TransferTable::kEntries, {});
  for (std::size_t n = 0; n < TransferTable::kEntries; ++n) {
    const double stored = (static_cast<double>(n) + 0.5) * (1 << TransferTable::kShift) - 0.5;
    const double value = low + (high - low) * stored / 65535.0;
    if (!function.colours.empty()) {
      const Place at = placeIn(function.colours, value);
      for (std::size_t c = 0; c < 3; ++c) {
        table.entries[n][c] = static_cast<float>((1 - at.weight) * function.colours[at.from].rgb[c] +
                                                 at.weight * function.colours[at.to].rgb[c]);
      }
    }
    if (!function.opacities.empty()) {
      const Place at = placeIn(function.opacities, value);
      table.entries[n][3] = static_cast<float>((1 - at.weight) * function.opacities[at.from].alpha +
                                               at.weight * function.opacities[at.to].alpha);
    }
  }
  return table;
}

}  // namespace voxmark::render
