#pragma once

#include <cstddef>
#include <limits>

#include "core/volume/pixel_type.h"
#include "core/volume/value_scale.h"

namespace voxmark {

/// v ↦ (v - centre)·factor + offset, then limited to [low, high]; NaN stays.
struct LinearMap {
  double centre = 0;
  double factor = 1;
  double offset = 0;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

/// Maps the scaled values of `count` densely packed elements of type `from` to f32: the same bits as in float64 one
/// step after the other, rounded at the end, without storing anything between. False for types that it does not know
/// (it knows integers up to 32 bits and f32) and where a result is not finite: `out` must then be computed otherwise.
[[nodiscard]] bool transformElements(PixelType from, const std::byte* stored, const LinearScale& scale,
                                     const LinearMap& map, float* out, std::size_t count);

}  // namespace voxmark
