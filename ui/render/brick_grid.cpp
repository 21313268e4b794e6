#include "ui/render/brick_grid.h"

#include <algorithm>

#include "core/base/parallel_for.h"

namespace voxmark::render {
namespace {

/// Widens the ranges of one row of bricks by one row of voxels.
void widen(const std::uint16_t* row, std::int64_t length, BrickGrid::Range* ranges, std::int64_t bricks) {
  for (std::int64_t b = 0; b < bricks; ++b) {
    const std::int64_t end = std::min((b + 1) * BrickGrid::kSide + 1, length);
    std::uint16_t low = ranges[b].low;
    std::uint16_t high = ranges[b].high;
    for (std::int64_t x = b * BrickGrid::kSide; x < end; ++x) {
      low = std::min(low, row[x]);
      high = std::max(high, row[x]);
    }
    ranges[b] = {low, high};
  }
}

}  // namespace

BrickGrid bricksOf(const std::uint16_t* voxels, const Index3& size) {
  BrickGrid grid;
  // The last voxel starts no cell of its own, but a volume of one voxel has a brick all the same.
  for (std::size_t a = 0; a < 3; ++a) {
    grid.size[a] = std::max<std::int64_t>(1, (size[a] - 1 + BrickGrid::kSide - 1) / BrickGrid::kSide);
  }
  grid.ranges.assign(static_cast<std::size_t>(grid.size[0] * grid.size[1] * grid.size[2]), {65535, 0});
  parallelFor(static_cast<std::size_t>(grid.size[2]), 1, 0, [&](std::size_t layer, std::size_t, std::size_t) {
    const auto k = static_cast<std::int64_t>(layer);
    for (std::int64_t z = k * BrickGrid::kSide; z < std::min((k + 1) * BrickGrid::kSide + 1, size[2]); ++z) {
      for (std::int64_t j = 0; j < grid.size[1]; ++j) {
        BrickGrid::Range* ranges = grid.ranges.data() + (k * grid.size[1] + j) * grid.size[0];
        for (std::int64_t y = j * BrickGrid::kSide; y < std::min((j + 1) * BrickGrid::kSide + 1, size[1]); ++y) {
          widen(voxels + (z * size[1] + y) * size[0], size[0], ranges, grid.size[0]);
        }
      }
    }
  });
  return grid;
}

}  // namespace voxmark::render
