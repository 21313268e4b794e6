#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>

#include "core/io/volume_source.h"
#include "core/ops/plan.h"
#include "core/volume/storage.h"
#include "gpu/device_buffer.h"

namespace voxmark::gpu {

/// One box of every frame of a source in device memory, as stored: uploaded at the first use of a frame and kept for
/// the sweeps that follow, so long as the frames fit together.
class ResidentInput {
 public:
  ResidentInput(VolumeSource& source, const Region& box, const Stream& stream)
      : source_(source), box_(box), stream_(stream) {}
  ~ResidentInput();
  ResidentInput(const ResidentInput&) = delete;
  ResidentInput& operator=(const ResidentInput&) = delete;

  [[nodiscard]] const Region& box() const { return box_; }
  /// The box's voxels of frame `frame` of the source, densely packed. Valid until the next call. Throws Error(Memory)
  /// where a single frame does not fit, and Cancelled.
  [[nodiscard]] const DeviceBuffer& frame(std::int64_t frame, JobContext& job);

 private:
  void makeRoom(std::uint64_t bytes);
  void fillFromHost(const DeviceBuffer& target, const std::byte* voxels, JobContext& job);
  void fill(const DeviceBuffer& target, std::int64_t frame, JobContext& job);

  VolumeSource& source_;
  Region box_;
  const Stream& stream_;
  std::map<std::int64_t, DeviceBuffer> frames_;
  std::array<std::unique_ptr<Storage>, 2> staging_;  ///< pinning memory is slow: pinned once, used for every frame
};

}  // namespace voxmark::gpu
