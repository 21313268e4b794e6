#pragma once

#include <algorithm>

namespace voxmark::ui {

/// Which values lie where along a row of pixels.
struct ValueAxis {
  double low = 0;   ///< value at the left edge
  double high = 1;  ///< value at the right edge; above `low`
  double left = 0;  ///< pixels
  double width = 1;

  [[nodiscard]] double pixelOf(double value) const { return left + (value - low) / (high - low) * width; }
  [[nodiscard]] double valueAt(double pixel) const { return low + (pixel - left) / width * (high - low); }
  [[nodiscard]] double perPixel() const { return (high - low) / width; }
  /// Spread by `factor` (above 1: closer) about a pixel that keeps its value.
  [[nodiscard]] ValueAxis zoomedAt(double pixel, double factor) const {
    ValueAxis out = *this;
    const double fixed = valueAt(pixel);
    out.low = fixed - (fixed - low) / factor;
    out.high = fixed + (high - fixed) / factor;
    return out;
  }
  [[nodiscard]] ValueAxis moved(double pixels) const {
    ValueAxis out = *this;
    out.low -= pixels * perPixel();
    out.high -= pixels * perPixel();
    return out;
  }
  /// Over [from, to] and a little on each side.
  void show(double from, double to) {
    const double margin = to > from ? (to - from) * 0.06 : 0.5;
    low = from - margin;
    high = to + margin;
  }
};

}  // namespace voxmark::ui
