#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "gpu/stream.h"

namespace voxmark::gpu {

/// Memory of the current device, taken from its pool and given back in the order of `stream`, which must outlive it.
class DeviceBuffer {
 public:
  DeviceBuffer() = default;
  /// Throws Error(Memory) with the numbers where it does not fit.
  DeviceBuffer(std::uint64_t bytes, const Stream& stream);
  ~DeviceBuffer();
  DeviceBuffer(DeviceBuffer&& other) noexcept;
  DeviceBuffer& operator=(DeviceBuffer&& other) noexcept;
  DeviceBuffer(const DeviceBuffer&) = delete;
  DeviceBuffer& operator=(const DeviceBuffer&) = delete;

  [[nodiscard]] void* data() const { return data_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  void* data_ = nullptr;
  std::uint64_t bytes_ = 0;
  cudaStream_t stream_ = nullptr;
};

/// Copies in the order of the stream, counted as a transfer. The host memory must stay as it is until the stream has
/// been waited for: memory that is not pinned makes the calls wait on most systems, but not on all.
void upload(std::span<const std::byte> from, const DeviceBuffer& to, std::uint64_t offset, const Stream& stream);
void download(const DeviceBuffer& from, std::span<std::byte> to, const Stream& stream);
/// Copies inside the device, as many bytes as `from` holds.
void copy(const DeviceBuffer& from, const DeviceBuffer& to, const Stream& stream);

}  // namespace voxmark::gpu
