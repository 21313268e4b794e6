#include "gpu/pinned_storage.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "gpu/cuda_error.h"

namespace voxmark::gpu {
namespace {

class PinnedStorage final : public Storage {
 public:
  explicit PinnedStorage(std::uint64_t bytes) : bytes_(bytes) {
    if (bytes == 0) return;
    const cudaError_t status = cudaMallocHost(&data_, bytes);
    if (status == cudaErrorMemoryAllocation) {  // the host's memory, not the card's, of which check() would speak
      static_cast<void>(cudaGetLastError());
      throw Error(ErrorCode::Memory, fmt::format("the system has no {} MB of memory that can be pinned", bytes >> 20));
    }
    check(status);
  }
  ~PinnedStorage() override {
    if (data_ != nullptr) static_cast<void>(cudaFreeHost(data_));
  }
  PinnedStorage(const PinnedStorage&) = delete;
  PinnedStorage& operator=(const PinnedStorage&) = delete;

  [[nodiscard]] StorageKind kind() const override { return StorageKind::Host; }
  [[nodiscard]] std::size_t bytes() const override { return bytes_; }
  [[nodiscard]] const std::byte* data() const override { return static_cast<const std::byte*>(data_); }
  [[nodiscard]] std::byte* mutableData() override { return static_cast<std::byte*>(data_); }
  [[nodiscard]] std::string description() const override { return "pinned host memory"; }

 private:
  void* data_ = nullptr;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<Storage> allocatePinned(std::uint64_t bytes) {
  return std::make_unique<PinnedStorage>(bytes);
}

}  // namespace voxmark::gpu
