#pragma once

#include <cstdint>

namespace voxmark::testing {

/// What goes through operator new in a program that links counted_heap.cpp (what malloc alone gives is not seen).
struct HeapUsage {
  std::uint64_t inUse = 0;
  std::uint64_t highWater = 0;  ///< largest inUse since resetHeapHighWater
};
[[nodiscard]] HeapUsage heapUsage();
void resetHeapHighWater();

}  // namespace voxmark::testing
