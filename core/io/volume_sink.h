#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/jobs/job_context.h"
#include "core/volume/volume.h"

namespace voxmark {

/// Where the result of a plan goes: a file or a Volume. Calls: begin once; then write for consecutive slabs (whole rows
/// and slices, k rising, frames after one another); then finish. A sink destroyed without finish leaves nothing behind.
class VolumeSink {
 public:
  virtual ~VolumeSink() = default;
  /// Throws Error(Unsupported) where the container cannot hold what `info` describes.
  virtual void begin(const VolumeInfo& info) = 0;
  /// Voxels of slices [region.start[2], end) of `frame`: native byte order, densely packed.
  virtual void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) = 0;
  /// Makes the result visible: a file gets its final name here.
  virtual void finish(JobContext& job) = 0;
  /// After begin: what whoever receives the result should know of how it is stored.
  [[nodiscard]] virtual std::vector<std::string> notes() const { return {}; }

  /// Room to compute a slab in place instead of handing it over with write(); null where the sink has none (files).
  [[nodiscard]] virtual std::byte* directTarget(const Region& region, std::int64_t frame) {
    (void)region;
    (void)frame;
    return nullptr;
  }
};

/// Collects the result in a new Volume.
class MemorySink final : public VolumeSink {
 public:
  void begin(const VolumeInfo& info) override;
  void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) override;
  void finish(JobContext& job) override;
  [[nodiscard]] std::byte* directTarget(const Region& region, std::int64_t frame) override;
  /// The finished volume; call once, after finish.
  [[nodiscard]] std::shared_ptr<Volume> take();

 private:
  std::shared_ptr<Volume> volume_;
  bool finished_ = false;
};

}  // namespace voxmark
