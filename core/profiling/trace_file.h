#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace voxmark::profiling {

/// Memory at one moment, on the clock of trace events.
struct MemorySample {
  std::int64_t ns = 0;
  std::uint64_t residentBytes = 0;
  std::uint64_t poolBytes = 0;
};

/// Samples memory from a thread of its own, 20 times a second, while it lives; the last 65,536 samples are kept.
class TraceRecording {
 public:
  TraceRecording();
  ~TraceRecording();
  TraceRecording(const TraceRecording&) = delete;
  TraceRecording& operator=(const TraceRecording&) = delete;
  /// The stages since it began and the samples, in the Chrome trace-event format, which Perfetto opens: X events on a
  /// lane a thread, C counters, M names. Throws Error(Io).
  void write(const std::string& path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::int64_t begin_;
};

/// The kept stages that began at `begin` or later, and the samples, as that JSON.
[[nodiscard]] std::string traceJson(std::int64_t begin, const std::vector<MemorySample>& samples);

}  // namespace voxmark::profiling
