#include "core/io/volume_sink.h"

#include <cstring>

#include "core/base/error.h"
#include "core/io/steps.h"
#include "core/trace/counters.h"

namespace voxmark {

void MemorySink::begin(const VolumeInfo& info) {
  volume_ = std::make_shared<Volume>(info);
  finished_ = false;
}

void MemorySink::write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) {
  job.throwIfCancelled();
  std::byte* target = directTarget(region, frame);
  if (target == voxels.data()) return;
  inSteps(voxels.size(), 1, job,
          [&](std::size_t at, std::size_t bytes) { std::memcpy(target + at, voxels.data() + at, bytes); });
  trace::counters().bytesCopied.fetch_add(voxels.size());
}

void MemorySink::finish(JobContext& job) {
  job.throwIfCancelled();
  finished_ = true;
}

std::byte* MemorySink::directTarget(const Region& region, std::int64_t frame) {
  const VolumeInfo& info = volume_->info();
  const auto slice = static_cast<std::uint64_t>(info.geometry.size[0] * info.geometry.size[1]) * info.voxelBytes();
  return volume_->mutableFrameData(frame) + slice * static_cast<std::uint64_t>(region.start[2]);
}

std::shared_ptr<Volume> MemorySink::take() {
  if (!finished_) throw Error(ErrorCode::Usage, "the result was asked for before it was finished");
  return std::move(volume_);
}

}  // namespace voxmark
