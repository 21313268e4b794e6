#pragma once

#include <memory>

#include "core/io/volume_source.h"
#include "core/volume/storage.h"

namespace voxmark {

/// Input voxels of a step in host memory: part of one frame.
struct InputSlab {
  const std::byte* data = nullptr;  ///< voxel region.start
  Region region;                    ///< in the input's grid
  Index3 stride{0, 0, 0};           ///< voxels from one to the next along each input axis

  /// The bytes of a voxel of the region, given in the input's grid.
  [[nodiscard]] const std::byte* at(std::int64_t i, std::int64_t j, std::int64_t k, std::size_t voxelBytes) const {
    const std::int64_t offset =
        (i - region.start[0]) * stride[0] + (j - region.start[1]) * stride[1] + (k - region.start[2]) * stride[2];
    return data + offset * static_cast<std::int64_t>(voxelBytes);
  }
};

/// Where the voxels of a region are: in the source's own memory, or read into `buffer`, which this then makes.
[[nodiscard]] InputSlab fetchSlab(VolumeSource& source, const Region& region, std::int64_t frame,
                                  std::unique_ptr<Storage>& buffer, JobContext& job);

}  // namespace voxmark
