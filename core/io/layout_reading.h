#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/io/layout_source.h"
#include "core/io/voxel_stream.h"

namespace voxmark {

/// One call of RawSource::read().
struct RawSource::Reading {
  const ReadRequest& request;
  std::span<std::byte> target;
  const FilledCallback& onFilled;
  JobContext& job;
  std::unique_ptr<VoxelStream> stream;  ///< null for raw data
  std::size_t placed = 0;               ///< bytes of the target that are in place
  std::vector<std::byte> scratch;       ///< for spans of which a part is wanted

  /// Counts bytes put into the target and reports how far the read is: inside a slice too, which can be huge.
  void advance(std::size_t bytes) {
    placed += bytes;
    job.report(static_cast<double>(placed) / static_cast<double>(target.size()), "Reading");
  }
};

}  // namespace voxmark
