#include "gpu/pinned_storage.h"

#include "gpu/cuda_error.h"

namespace voxmark::gpu {
namespace {

class PinnedStorage final : public Storage {
 public:
  explicit PinnedStorage(std::uint64_t bytes) : bytes_(bytes) {
    if (bytes > 0) check(cudaMallocHost(&data_, bytes));
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
