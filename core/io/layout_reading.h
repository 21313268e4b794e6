#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/io/layout_source.h"
#include "core/io/voxel_stream.h"

namespace voxmark {

/// One call of RawSource::read(), or one thread's share of it.
struct RawSource::Reading {
  const ReadRequest& request;
  std::span<std::byte> target;
  const FilledCallback& onFilled;
  JobContext& job;
  std::atomic<std::size_t>& placed;          ///< bytes of the target that are in place
  std::shared_ptr<const GzipIndex> index;    ///< null where there is none
  std::unique_ptr<VoxelStream> stream = {};  ///< null for raw data
  std::vector<std::byte> scratch = {};       ///< for spans of which a part is wanted
  bool checking = false;                     ///< note the checksum of what is read
  std::uint32_t checksum = 0;                ///< CRC-32 of the last part that was read, as stored

  [[nodiscard]] Reading share() const {
    Reading out{request, target, onFilled, job, placed, index};
    out.checking = checking;
    return out;
  }
  /// Counts bytes put into the target and reports how far the read is: inside a slice too, which can be huge.
  void advance(std::size_t bytes) {
    const std::size_t now = placed.fetch_add(bytes) + bytes;
    job.report(static_cast<double>(now) / static_cast<double>(target.size()), "Reading");
  }
};

}  // namespace voxmark
