#include "gpu/resident_input.h"

#include <algorithm>

#include "core/trace/trace.h"
#include "gpu/event.h"
#include "gpu/pinned_storage.h"

namespace voxmark::gpu {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{32} << 20;

}  // namespace

ResidentInput::~ResidentInput() {
  // A read that throws leaves a copy under way out of the staging memory, which is freed next.
  static_cast<void>(cudaStreamSynchronize(stream_.get()));
}

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

void ResidentInput::fillFromHost(const DeviceBuffer& target, const std::byte* voxels, JobContext& job) {
  // Piece by piece: a job must stop soon after it is asked to, and pageable memory goes up slowly.
  for (std::uint64_t offset = 0; offset < target.bytes(); offset += kSlabBytes) {
    job.throwIfCancelled();
    const std::uint64_t bytes = std::min(kSlabBytes, target.bytes() - offset);
    trace::Scope scope("upload", bytes);
    upload({voxels + offset, static_cast<std::size_t>(bytes)}, target, offset, stream_);
    stream_.synchronize();
  }
}

void ResidentInput::fill(const DeviceBuffer& target, std::int64_t frame, JobContext& job) {
  const VolumeInfo& info = source_.info();
  const Volume* resident = source_.resident();
  if (resident != nullptr && resident->onHost() && box_ == wholeOf(info.geometry.size)) {
    fillFromHost(target, resident->frameData(frame), job);
    return;
  }
  const std::uint64_t slice = static_cast<std::uint64_t>(box_.size[0] * box_.size[1]) * info.voxelBytes();
  const std::int64_t slices = std::clamp(static_cast<std::int64_t>(kSlabBytes / slice), std::int64_t{1}, box_.size[2]);
  for (auto& one : staging_) {
    if (one == nullptr) one = allocatePinned(slice * static_cast<std::uint64_t>(slices));
  }
  std::array<Event, 2> done;
  JobContext quiet(job.token(), {});
  std::size_t turn = 0;
  for (std::int64_t begin = 0; begin < box_.size[2]; begin += slices, turn ^= 1U) {
    job.throwIfCancelled();
    const std::int64_t end = std::min(box_.size[2], begin + slices);
    const auto bytes = static_cast<std::size_t>(slice) * static_cast<std::size_t>(end - begin);
    {
      trace::Scope scope("upload");  // waiting for the copy out of this half, if any
      done[turn].wait();
    }
    source_.read({slab(box_, begin, end), frame}, {staging_[turn]->mutableData(), bytes}, {}, quiet);
    trace::Scope scope("upload", bytes);
    upload({staging_[turn]->data(), bytes}, target, slice * static_cast<std::uint64_t>(begin), stream_);
    done[turn].record(stream_);
  }
  trace::Scope scope("upload");  // what the last copies take beyond the reading
  stream_.synchronize();
}

}  // namespace voxmark::gpu
