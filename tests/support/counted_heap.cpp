#include "tests/support/counted_heap.h"

#include <atomic>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

std::atomic<std::uint64_t> inUse{0};
std::atomic<std::uint64_t> highWater{0};

void* counted(void* block) {
  if (block == nullptr) throw std::bad_alloc();
  const std::uint64_t bytes = ::malloc_usable_size(block);
  const std::uint64_t now = inUse.fetch_add(bytes) + bytes;
  std::uint64_t before = highWater.load();
  while (before < now && !highWater.compare_exchange_weak(before, now)) {
  }
  return block;
}

void release(void* block) noexcept {
  if (block == nullptr) return;
  inUse.fetch_sub(::malloc_usable_size(block));
  std::free(block);
}

void* aligned(std::size_t bytes, std::align_val_t alignment) {
  const auto unit = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit));
}

}  // namespace

namespace voxmark::testing {

HeapUsage heapUsage() {
  return {inUse.load(), highWater.load()};
}

void resetHeapHighWater() {
  highWater = inUse.load();
}

}  // namespace voxmark::testing

// The forms for arrays, and those that do not throw, come down to these.
void* operator new(std::size_t bytes) {
  return counted(std::malloc(bytes == 0 ? 1 : bytes));
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return aligned(bytes, alignment);
}
void operator delete(void* block) noexcept {
  release(block);
}
void operator delete(void* block, std::size_t) noexcept {
  release(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
  release(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  release(block);
}
