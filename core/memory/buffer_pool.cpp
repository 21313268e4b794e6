#include "core/memory/buffer_pool.h"

#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <sys/mman.h>

#include "core/base/cpu_info.h"
#include "core/base/error.h"
#include "core/trace/counters.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kHugePage = std::uint64_t{2} << 20;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 62;

std::uint64_t roundUp(std::uint64_t bytes) {
  if (bytes > kMostBytes) return kMostBytes;  // rounding would wrap round to a small number
  const std::uint64_t step = bytes >= kHugePage ? kHugePage : 64;
  return std::max<std::uint64_t>(step, (bytes + step - 1) / step * step);
}

}  // namespace

struct BufferPool::State {
  mutable std::mutex mutex;
  std::multimap<std::uint64_t, void*> free;  // by size
  std::uint64_t keepBytes = 0;
  Usage usage;

  ~State() {
    for (auto& [bytes, pointer] : free) std::free(pointer);
  }

  void release(void* pointer, std::uint64_t bytes) {
    std::lock_guard lock(mutex);
    usage.inUse -= bytes;
    if (usage.kept + bytes > keepBytes) {
      std::free(pointer);
      return;
    }
    free.emplace(bytes, pointer);
    usage.kept += bytes;
  }
};

namespace {

class PooledBuffer final : public Storage {
 public:
  PooledBuffer(void* pointer, std::uint64_t capacity, std::uint64_t bytes,
               std::function<void(void*, std::uint64_t)> release)
      : pointer_(pointer), capacity_(capacity), bytes_(bytes), release_(std::move(release)) {}
  ~PooledBuffer() override { release_(pointer_, capacity_); }
  PooledBuffer(const PooledBuffer&) = delete;
  PooledBuffer& operator=(const PooledBuffer&) = delete;
  [[nodiscard]] StorageKind kind() const override { return StorageKind::Host; }
  [[nodiscard]] std::size_t bytes() const override { return bytes_; }
  [[nodiscard]] const std::byte* data() const override { return static_cast<const std::byte*>(pointer_); }
  [[nodiscard]] std::byte* mutableData() override { return static_cast<std::byte*>(pointer_); }
  [[nodiscard]] std::string description() const override { return "host"; }

 private:
  void* pointer_;
  std::uint64_t capacity_;
  std::uint64_t bytes_;
  std::function<void(void*, std::uint64_t)> release_;
};

}  // namespace

BufferPool::BufferPool(std::uint64_t keepBytes) : state_(std::make_shared<State>()) {
  state_->keepBytes = keepBytes;
}
BufferPool::~BufferPool() = default;

std::unique_ptr<Storage> BufferPool::acquire(std::uint64_t bytes) {
  const std::uint64_t wanted = roundUp(bytes);
  void* pointer = nullptr;
  std::uint64_t capacity = wanted;
  {
    std::lock_guard lock(state_->mutex);
    // A kept buffer serves when it is large enough and not more than a quarter too large.
    const auto found = state_->free.lower_bound(wanted);
    if (found != state_->free.end() && found->first <= wanted + wanted / 4 + 64) {
      capacity = found->first;
      pointer = found->second;
      state_->usage.kept -= capacity;
      state_->free.erase(found);
    }
  }
  if (pointer == nullptr) {
    if (wanted > kHugePage && wanted > availableMemory()) {
      trim();
      if (wanted > availableMemory()) {
        throw Error(ErrorCode::Memory, fmt::format("{:.1f} GiB of memory are needed, {:.1f} GiB are available",
                                                   static_cast<double>(wanted) / 1073741824.0,
                                                   static_cast<double>(availableMemory()) / 1073741824.0));
      }
    }
    pointer = std::aligned_alloc(wanted >= kHugePage ? kHugePage : 64, wanted);
    if (pointer == nullptr) throw Error(ErrorCode::Memory, fmt::format("{} bytes could not be allocated", wanted));
    if (wanted >= kHugePage) madvise(pointer, wanted, MADV_HUGEPAGE);
    trace::counters().allocations.fetch_add(1);
    trace::counters().bytesAllocated.fetch_add(wanted);
  }
  {
    std::lock_guard lock(state_->mutex);
    state_->usage.inUse += capacity;
    state_->usage.highWater = std::max(state_->usage.highWater, state_->usage.inUse);
  }
  return std::make_unique<PooledBuffer>(pointer, capacity, bytes,
                                        [state = state_](void* p, std::uint64_t n) { state->release(p, n); });
}

void BufferPool::trim() {
  std::lock_guard lock(state_->mutex);
  for (auto& [bytes, pointer] : state_->free) std::free(pointer);
  state_->free.clear();
  state_->usage.kept = 0;
}

BufferPool::Usage BufferPool::usage() const {
  std::lock_guard lock(state_->mutex);
  return state_->usage;
}

void BufferPool::resetHighWater() {
  std::lock_guard lock(state_->mutex);
  state_->usage.highWater = state_->usage.inUse;
}

BufferPool& BufferPool::global() {
  static BufferPool pool;
  return pool;
}

}  // namespace voxmark
