#include "gpu/resident_input.h"

#include <algorithm>
#include <array>
#include <memory>

#include "core/trace/trace.h"
#include "gpu/pinned_storage.h"

namespace voxmark::gpu {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{32} << 20;

/// Marks a place in a stream that the host can wait for.
class Event {
 public:
  Event() { check(cudaEventCreateWithFlags(&event_, cudaEventDisableTiming)); }
  ~Event() { static_cast<void>(cudaEventDestroy(event_)); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  void record(const Stream& stream) { check(cudaEventRecord(event_, stream.get())); }
  void wait() { check(cudaEventSynchronize(event_)); }

 private:
  cudaEvent_t event_ = nullptr;
};

}  // namespace

const DeviceBuffer& ResidentInput::frame(std::int64_t frame, JobContext& job) {
  if (const auto found = frames_.find(frame); found != frames_.end()) return found->second;
  const std::uint64_t bytes = static_cast<std::uint64_t>(box_.voxels()) * source_.info().voxelBytes();
  makeRoom(bytes);
  DeviceBuffer buffer(bytes, stream_);
  fill(buffer, frame, job);
  return frames_.emplace(frame, std::move(buffer)).first->second;
}

void ResidentInput::makeRoom(std::uint64_t bytes) {
  std::size_t available = 0;
  std::size_t total = 0;
  check(cudaMemGetInfo(&available, &total));
  // The rest is for results and for other users of the card.
  if (bytes <= available / 10 * 6) return;
  frames_.clear();
  stream_.synchronize();
}

void ResidentInput::fill(const DeviceBuffer& target, std::int64_t frame, JobContext& job) {
  const VolumeInfo& info = source_.info();
  const Volume* resident = source_.resident();
  if (resident != nullptr && resident->onHost() && box_ == wholeOf(info.geometry.size)) {
    trace::Scope scope("upload", target.bytes());
    upload({resident->frameData(frame), static_cast<std::size_t>(target.bytes())}, target, 0, stream_);
    stream_.synchronize();
    return;
  }
  const std::uint64_t slice = static_cast<std::uint64_t>(box_.size[0] * box_.size[1]) * info.voxelBytes();
  const std::int64_t slices = std::clamp(static_cast<std::int64_t>(kSlabBytes / slice), std::int64_t{1}, box_.size[2]);
  std::array<std::unique_ptr<Storage>, 2> staging;
  for (auto& one : staging) one = allocatePinned(slice * static_cast<std::uint64_t>(slices));
  std::array<Event, 2> done;
  JobContext quiet(job.token(), {});
  std::size_t turn = 0;
  for (std::int64_t begin = 0; begin < box_.size[2]; begin += slices, turn ^= 1U) {
    job.throwIfCancelled();
    const std::int64_t end = std::min(box_.size[2], begin + slices);
    const auto bytes = static_cast<std::size_t>(slice) * static_cast<std::size_t>(end - begin);
    done[turn].wait();  // an event that was never recorded is done
    source_.read({slab(box_, begin, end), frame}, {staging[turn]->mutableData(), bytes}, {}, quiet);
    trace::Scope scope("upload", bytes);
    upload({staging[turn]->data(), bytes}, target, slice * static_cast<std::uint64_t>(begin), stream_);
    done[turn].record(stream_);
  }
  stream_.synchronize();
}

}  // namespace voxmark::gpu
