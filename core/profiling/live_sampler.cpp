#include "core/profiling/live_sampler.h"

#include <algorithm>
#include <chrono>

#include "core/base/cpu_info.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/trace.h"

namespace voxmark::profiling {
namespace {

constexpr int kDeviceEvery = 10;  ///< samples: asking a device may take it milliseconds

}  // namespace

LiveSampler::LiveSampler(std::function<std::optional<std::uint64_t>()> device)
    : device_(std::move(device)), ring_(kKept), started_(trace::now()), thread_([this] { work(); }) {}

LiveSampler::~LiveSampler() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LiveSampler::work() {
  for (int n = 0;; n = (n + 1) % kDeviceEvery) {
    sample(n == 0);
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, std::chrono::milliseconds(kIntervalMs), [this] { return stop_; })) return;
  }
}

void LiveSampler::sample(bool withDevice) {
  const std::int64_t begin = trace::now();
  LiveSample sample{begin, residentMemory(), BufferPool::global().usage().inUse};
  if (withDevice && device_) lastDevice_ = device_();
  sample.device = lastDevice_;
  std::lock_guard lock(mutex_);
  ring_[taken_++ % kKept] = sample;
  busyNs_ += trace::now() - begin;
}

std::vector<LiveSample> LiveSampler::since(std::uint64_t& cursor) const {
  std::lock_guard lock(mutex_);
  const std::uint64_t oldest = taken_ > kKept ? taken_ - kKept : 0;
  std::vector<LiveSample> out;
  for (std::uint64_t n = std::clamp(cursor, oldest, taken_); n < taken_; ++n) out.push_back(ring_[n % kKept]);
  cursor = taken_;
  return out;
}

double LiveSampler::costShare() const {
  std::lock_guard lock(mutex_);
  const std::int64_t passed = trace::now() - started_;
  return passed > 0 ? static_cast<double>(busyNs_) / static_cast<double>(passed) : 0;
}

}  // namespace voxmark::profiling
