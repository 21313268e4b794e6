#pragma once

#include <array>
#include <memory>
#include <vector>

#include "ui/render/slice_grid.h"
#include "ui/render/slice_voxels.h"

namespace voxmark::render {

/// What one thread keeps from row to row: source lines that neighbouring rows share.
struct SamplerScratch {
  std::array<std::vector<float>, 2> lines;
  std::array<std::int64_t, 2> held{-1, -1};
  std::vector<float> sums;
  std::vector<float> planes;
  std::vector<float> counts;
};

/// Samples one component of a frame row by row: nearest voxel or trilinear, with slabs as the grid says. Values are
/// scaled, less `base`; outside of the volume (half a voxel beyond the outermost centres), and where nothing was read
/// yet, they are NaN. Along the volume's own axes a slab is taken voxel by voxel and its result interpolated, which is
/// many times as fast as the other way round; elsewhere each sample of it is interpolated.
class SliceSampler {
 public:
  virtual ~SliceSampler() = default;
  virtual void row(std::int64_t row, SamplerScratch& scratch, float* out) const = 0;
};

[[nodiscard]] std::unique_ptr<SliceSampler> makeSliceSampler(const SliceVoxels& voxels, const SliceGrid& grid,
                                                             int component, bool linear, double base);

}  // namespace voxmark::render
