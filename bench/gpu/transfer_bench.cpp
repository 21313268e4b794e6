#include <algorithm>
#include <span>
#include <vector>

#include "bench/gpu/bench_device.h"
#include "core/base/error.h"
#include "gpu/device_buffer.h"
#include "gpu/event.h"
#include "gpu/pinned_storage.h"

namespace voxmark::bench {
namespace {

using gpu::DeviceBuffer;
using gpu::DeviceClock;
using gpu::Stream;

std::span<const std::byte> voxels() {
  const VolumePtr volume = testVolume();
  return {volume->frameData(0), static_cast<std::size_t>(volume->info().frameBytes())};
}

/// The host's memory on one side of a transfer: what new gives, or pinned.
class HostSide {
 public:
  HostSide(std::size_t bytes, bool pinned) {
    if (pinned) {
      pinned_ = gpu::allocatePinned(bytes);
      bytes_ = {pinned_->mutableData(), bytes};
    } else {
      pageable_.resize(bytes);
      bytes_ = pageable_;
    }
  }
  [[nodiscard]] std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::unique_ptr<Storage> pinned_;
  std::vector<std::byte> pageable_;
  std::span<std::byte> bytes_;
};

void requireSame(std::span<const std::byte> found) {
  const std::span<const std::byte> expected = voxels();
  if (!std::equal(expected.begin(), expected.end(), found.begin(), found.end())) {
    throw Error(ErrorCode::Verification, "wrong result: the bytes that came back are not those that were sent");
  }
}

/// The device's own time for what `work` puts on the stream.
double timed(const Stream& stream, const std::function<void()>& work) {
  DeviceClock clock;
  clock.begin.record(stream);
  work();
  clock.end.record(stream);
  return clock.seconds();
}

void transfer(benchmark::State& state, bool pinned, bool up) {
  const std::size_t bytes = voxels().size();
  const Stream stream;
  const DeviceBuffer there(bytes, stream);
  const HostSide from(bytes, pinned);
  const HostSide to(bytes, pinned);
  std::copy(voxels().begin(), voxels().end(), from.bytes().begin());
  gpu::upload(from.bytes(), there, 0, stream);
  gpu::download(there, to.bytes(), stream);
  stream.synchronize();
  requireSame(to.bytes());
  timeRuns(state, bytes, [&] {
    return timed(stream, [&] {
      if (up) {
        gpu::upload(from.bytes(), there, 0, stream);
      } else {
        gpu::download(there, to.bytes(), stream);
      }
    });
  });
}

void copyOnDevice(benchmark::State& state) {
  const std::size_t bytes = voxels().size();
  const Stream stream;
  const DeviceBuffer from(bytes, stream);
  const DeviceBuffer to(bytes, stream);
  const HostSide back(bytes, false);
  gpu::upload(voxels(), from, 0, stream);
  gpu::copy(from, to, stream);
  gpu::download(to, back.bytes(), stream);
  stream.synchronize();
  requireSame(back.bytes());
  timeRuns(state, 2 * bytes, [&] { return timed(stream, [&] { gpu::copy(from, to, stream); }); });
}

}  // namespace

void addTransferBenches() {
  addBench("device_memcpy", copyOnDevice);
  addBench("upload/pinned", [](benchmark::State& state) { transfer(state, true, true); });
  addBench("upload/pageable", [](benchmark::State& state) { transfer(state, false, true); });
  addBench("download/pinned", [](benchmark::State& state) { transfer(state, true, false); });
  addBench("download/pageable", [](benchmark::State& state) { transfer(state, false, false); });
}

}  // namespace voxmark::bench
