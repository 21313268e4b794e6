#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace voxmark::profiling {

/// What the process held at one time.
struct LiveSample {
  std::int64_t ns = 0;                    ///< clock of the trace
  std::uint64_t resident = 0;             ///< bytes of the process
  std::uint64_t pool = 0;                 ///< bytes of the buffer pool in use
  std::optional<std::uint64_t> device{};  ///< bytes in use of the device; empty where nothing says it
};

/// Reads the process's memory 20 times a second, and a device's twice, on a thread of its own into a ring of the last
/// 16,384 samples (13 minutes). Destroying it ends the thread.
class LiveSampler {
 public:
  static constexpr int kIntervalMs = 50;
  static constexpr std::size_t kKept = 16384;
  /// `device` tells the bytes in use of a device, on the sampler's thread; may be empty.
  explicit LiveSampler(std::function<std::optional<std::uint64_t>()> device = {});
  ~LiveSampler();
  LiveSampler(const LiveSampler&) = delete;
  LiveSampler& operator=(const LiveSampler&) = delete;

  /// Samples since `cursor` (0 at first), oldest first; moves the cursor behind them.
  [[nodiscard]] std::vector<LiveSample> since(std::uint64_t& cursor) const;
  /// Part of the time (0 to 1) that sampling itself has taken of its thread.
  [[nodiscard]] double costShare() const;

 private:
  void work();
  void sample(bool withDevice);

  std::function<std::optional<std::uint64_t>()> device_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<LiveSample> ring_;
  std::uint64_t taken_ = 0;
  std::optional<std::uint64_t> lastDevice_;
  std::int64_t started_;
  std::int64_t busyNs_ = 0;
  bool stop_ = false;
  std::thread thread_;  ///< last: it uses the others
};

}  // namespace voxmark::profiling
