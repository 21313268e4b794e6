#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/volume/volume.h"

namespace voxmark::render {

/// Outside, or not read.
inline constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

/// Scaled, less `base`.
template <typename T>
float valueOf(T stored, const LinearScale& scale, double base) {
  return static_cast<float>(static_cast<double>(stored) * scale.slope + (scale.intercept - base));
}

/// Between which two voxels along an axis a position lies, and how far behind the first.
struct Between {
  std::int64_t low = 0;
  std::int64_t high = 0;
  float fraction = 0;
};

/// Up to half a voxel beyond the outermost centres.
inline bool inside(double position, std::int64_t size) {
  return position >= -0.5 && position < static_cast<double>(size) - 0.5;
}

inline Between place(double position, std::int64_t size, bool linear) {
  if (!linear) {
    const auto nearest = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(position + 0.5)), 0, size - 1);
    return {nearest, nearest, 0};
  }
  const double p = std::clamp(position, 0.0, static_cast<double>(size - 1));
  const auto low = static_cast<std::int64_t>(p);
  return {low, std::min(low + 1, size - 1), static_cast<float>(p - static_cast<double>(low))};
}

}  // namespace voxmark::render
