#pragma once

#include <atomic>
#include <cstdint>

namespace voxmark::trace {

/// Exact counts since the start of the process. They carry no noise: tests and gates compare them for equality.
struct Counters {
  std::atomic<std::uint64_t> bytesRead{0};       ///< from files, before decompression
  std::atomic<std::uint64_t> bytesWritten{0};    ///< to files, after compression
  std::atomic<std::uint64_t> bytesInflated{0};   ///< out of decompressors
  std::atomic<std::uint64_t> bytesCopied{0};     ///< voxels moved within host memory without being changed
  std::atomic<std::uint64_t> allocations{0};     ///< fresh pool buffers
  std::atomic<std::uint64_t> bytesAllocated{0};  ///< in fresh pool buffers
  std::atomic<std::uint64_t> uploads{0};         ///< host-to-device transfers
  std::atomic<std::uint64_t> bytesUploaded{0};
  std::atomic<std::uint64_t> downloads{0};  ///< device-to-host transfers
  std::atomic<std::uint64_t> bytesDownloaded{0};
};

[[nodiscard]] Counters& counters();

/// A plain copy, so that two can be subtracted.
struct CounterValues {
  std::uint64_t bytesRead = 0, bytesWritten = 0, bytesInflated = 0, bytesCopied = 0, allocations = 0,
                bytesAllocated = 0, uploads = 0, bytesUploaded = 0, downloads = 0, bytesDownloaded = 0;
};
[[nodiscard]] CounterValues snapshot();
[[nodiscard]] CounterValues operator-(const CounterValues& later, const CounterValues& earlier);
[[nodiscard]] CounterValues operator+(const CounterValues& a, const CounterValues& b);

}  // namespace voxmark::trace
