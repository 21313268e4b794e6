#include "gpu/device_buffer.h"

#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/trace/counters.h"

namespace voxmark::gpu {

DeviceBuffer::DeviceBuffer(std::uint64_t bytes, const Stream& stream) : bytes_(bytes), stream_(stream.get()) {
  if (bytes == 0) return;
  const cudaError_t status = cudaMallocAsync(&data_, bytes, stream_);
  if (status == cudaErrorMemoryAllocation) {
    static_cast<void>(cudaGetLastError());
    std::size_t available = 0;
    std::size_t total = 0;
    static_cast<void>(cudaMemGetInfo(&available, &total));
    throw Error(ErrorCode::Memory, fmt::format("the card has too little free memory (expected {} MB, found {} of {})",
                                               bytes >> 20, available >> 20, total >> 20));
  }
  check(status);
}

DeviceBuffer::~DeviceBuffer() {
  if (data_ != nullptr) static_cast<void>(cudaFreeAsync(data_, stream_));
}

DeviceBuffer::DeviceBuffer(DeviceBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)), stream_(other.stream_) {}

DeviceBuffer& DeviceBuffer::operator=(DeviceBuffer&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(bytes_, other.bytes_);
  std::swap(stream_, other.stream_);
  return *this;
}

void upload(std::span<const std::byte> from, const DeviceBuffer& to, std::uint64_t offset, const Stream& stream) {
  if (from.size() > to.bytes() || offset > to.bytes() - from.size())
    throw Error(ErrorCode::Usage, "an upload does not fit its device buffer");
  check(cudaMemcpyAsync(static_cast<std::byte*>(to.data()) + offset, from.data(), from.size(), cudaMemcpyHostToDevice,
                        stream.get()));
  ++trace::counters().uploads;
  trace::counters().bytesUploaded += from.size();
}

void download(const DeviceBuffer& from, std::span<std::byte> to, const Stream& stream) {
  if (to.size() > from.bytes()) throw Error(ErrorCode::Usage, "a download asks for more than its device buffer holds");
  check(cudaMemcpyAsync(to.data(), from.data(), to.size(), cudaMemcpyDeviceToHost, stream.get()));
  ++trace::counters().downloads;
  trace::counters().bytesDownloaded += to.size();
}

void copy(const DeviceBuffer& from, const DeviceBuffer& to, const Stream& stream) {
  if (from.bytes() > to.bytes()) throw Error(ErrorCode::Usage, "a copy does not fit its device buffer");
  check(cudaMemcpyAsync(to.data(), from.data(), from.bytes(), cudaMemcpyDeviceToDevice, stream.get()));
}

}  // namespace voxmark::gpu
