#pragma once

#include <cstdint>
#include <vector>

#include "core/volume/region.h"

namespace voxmark::render {

/// Smallest and largest value in bricks of 8³ cells. A cell lies between eight voxels, so neighbouring bricks share
/// the voxels of their common face: what is interpolated inside of a brick never leaves its range.
struct BrickGrid {
  static constexpr int kShift = 3;
  static constexpr std::int64_t kSide = std::int64_t{1} << kShift;
  struct Range {
    std::uint16_t low = 0;
    std::uint16_t high = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };
  Index3 size{0, 0, 0};
  std::vector<Range> ranges;  ///< x fastest
};

/// The bricks of `size` voxels without gaps, x fastest.
[[nodiscard]] BrickGrid bricksOf(const std::uint16_t* voxels, const Index3& size);

}  // namespace voxmark::render
