#pragma once

#include <vector>

#include "core/io/volume_sink.h"
#include "core/io/volume_source.h"

namespace voxmark {

/// Compares what it is given with what a source holds, slab by slab: the check after a file has been written. Throws
/// Error(Verification) at the first difference in size, geometry or value. Values may differ by the rounding of a scale
/// to single precision, which containers store.
class VerifySink final : public VolumeSink {
 public:
  explicit VerifySink(VolumeSource& written) : written_(written) {}
  void begin(const VolumeInfo& info) override;
  void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) override;
  void finish(JobContext& job) override;

 private:
  VolumeSource& written_;
  VolumeInfo expected_;
  std::int64_t slices_ = 0;
};

}  // namespace voxmark
