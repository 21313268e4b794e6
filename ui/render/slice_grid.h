#pragma once

#include <array>
#include <cstdint>

#include "core/document/views_state.h"

namespace voxmark::render {

/// Sample positions of a picture in the voxels of one volume: pixel (column, row), row 0 at the bottom, lies at
/// continuous voxel index start + column·stepU + row·stepV. A slab takes 2·reach + 1 samples, stepN apart.
struct SliceGrid {
  Vec3 start{0, 0, 0};
  Vec3 stepU{1, 0, 0};
  Vec3 stepV{0, 1, 0};
  std::int64_t columns = 0;
  std::int64_t rows = 0;
  std::array<double, 2> spacing{1, 1};  ///< mm a pixel, right and up
  SlabMode slab = SlabMode::Off;
  Vec3 stepN{0, 0, 0};
  int reach = 0;
};

}  // namespace voxmark::render
