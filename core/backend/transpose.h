#pragma once

#include <cstddef>
#include <cstdint>

#include "core/jobs/job_context.h"

namespace voxmark {

/// A rearrangement of voxels: output (x, y, z), densely packed, is the input at first + x·step[0] + y·step[1] +
/// z·step[2], with one of the steps of y and z being one voxel, either way.
struct Rearrangement {
  const std::byte* first = nullptr;
  std::int64_t step[3] = {0, 0, 0};  ///< bytes
  std::int64_t size[3] = {0, 0, 0};  ///< voxels of the output
  std::size_t voxelBytes = 1;
  bool streams = false;  ///< past the caches
};

/// Whether `work` is one for transpose(), which goes through tiles so that both sides are touched by whole lines.
[[nodiscard]] bool canTranspose(const Rearrangement& work);
void transpose(const Rearrangement& work, std::byte* out, int threads, const JobContext& job);

}  // namespace voxmark
