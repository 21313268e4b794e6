#include "core/memory/reserved_storage.h"

#include <cstring>

#include <gtest/gtest.h>

#include "core/base/cpu_info.h"

namespace voxmark {
namespace {

TEST(ReservedStorage, MoreThanTheMachineHasCanBeReservedAndWrittenInPlaces) {
  const std::uint64_t bytes = 2 * cpuInfo().memoryBytes;
  ReservedStorage storage(bytes, false);
  EXPECT_EQ(storage.bytes(), bytes);
  storage.mutableData()[bytes - 1] = std::byte{7};
  EXPECT_EQ(storage.data()[bytes - 1], std::byte{7});
  EXPECT_EQ(storage.data()[bytes / 2], std::byte{0});
}

TEST(ReservedStorage, DiscardedPagesAreEmptyAndTheirNeighboursStay) {
  constexpr std::uint64_t kBytes = std::uint64_t{1} << 20;
  ReservedStorage storage(3 * kBytes, false);
  std::memset(storage.mutableData(), 9, 3 * kBytes);
  storage.discard(kBytes + 100, kBytes);
  EXPECT_EQ(storage.data()[kBytes + 99], std::byte{9});
  EXPECT_EQ(storage.data()[kBytes + kBytes / 2], std::byte{0});
  EXPECT_EQ(storage.data()[2 * kBytes + 100], std::byte{9});
}

}  // namespace
}  // namespace voxmark
