#include "core/memory/buffer_pool.h"

#include <cstring>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/trace/counters.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

bool aligned(const Storage& storage, std::uintptr_t to) {
  return reinterpret_cast<std::uintptr_t>(storage.data()) % to == 0;
}

TEST(BufferPool, GivesWritableMemoryOfTheSizeAskedFor) {
  BufferPool pool;
  for (const std::uint64_t bytes : {std::uint64_t{1}, std::uint64_t{63}, std::uint64_t{4097}, 3 * kMiB + 1}) {
    const auto buffer = pool.acquire(bytes);
    EXPECT_EQ(buffer->bytes(), bytes);
    EXPECT_EQ(buffer->kind(), StorageKind::Host);
    EXPECT_EQ(buffer->mutableData(), buffer->data());
    std::memset(buffer->mutableData(), 0xAB, bytes);
    EXPECT_TRUE(aligned(*buffer, 64));
    EXPECT_GE(pool.usage().inUse, bytes);
  }
  EXPECT_NE(pool.acquire(0), nullptr);
}

TEST(BufferPool, LargeBuffersAreAlignedForHugePages) {
  BufferPool pool;
  EXPECT_TRUE(aligned(*pool.acquire(2 * kMiB), 2 * kMiB));
  EXPECT_TRUE(aligned(*pool.acquire(5 * kMiB), 2 * kMiB));
}

TEST(BufferPool, UsesAReleasedBufferAgainWithoutAllocating) {
  BufferPool pool;
  const auto before = trace::snapshot();
  auto first = pool.acquire(4 * kMiB);
  const std::byte* address = first->data();
  first.reset();
  EXPECT_EQ(pool.usage().inUse, 0U);
  EXPECT_EQ(pool.usage().kept, 4 * kMiB);
  const auto second = pool.acquire(4 * kMiB);
  EXPECT_EQ(second->data(), address);
  EXPECT_EQ(pool.usage().kept, 0U);
  const auto counted = trace::snapshot() - before;
  EXPECT_EQ(counted.allocations, 1U);
  EXPECT_EQ(counted.bytesAllocated, 4 * kMiB);
}

TEST(BufferPool, NeverHandsOneBufferToTwo) {
  BufferPool pool;
  const auto first = pool.acquire(4 * kMiB);
  const auto second = pool.acquire(4 * kMiB);
  EXPECT_NE(first->data(), second->data());
}

TEST(BufferPool, AMuchLargerBufferIsLeftForOthers) {
  BufferPool pool;
  pool.acquire(16 * kMiB).reset();
  const auto before = trace::snapshot();
  const auto small = pool.acquire(4 * kMiB);
  EXPECT_EQ((trace::snapshot() - before).allocations, 1U);
  EXPECT_EQ(pool.usage().kept, 16 * kMiB);
  const auto nearly = pool.acquire(14 * kMiB);  // less than a quarter too large
  EXPECT_EQ((trace::snapshot() - before).allocations, 1U);
  EXPECT_EQ(nearly->bytes(), 14 * kMiB);
  EXPECT_EQ(pool.usage().kept, 0U);
}

TEST(BufferPool, KeepsNoMoreThanItMay) {
  BufferPool pool(5 * kMiB);
  auto first = pool.acquire(4 * kMiB);
  auto second = pool.acquire(4 * kMiB);
  first.reset();
  second.reset();
  EXPECT_EQ(pool.usage().kept, 4 * kMiB);
  BufferPool none(0);
  none.acquire(kMiB).reset();
  EXPECT_EQ(none.usage().kept, 0U);
}

TEST(BufferPool, TrimmingGivesBackWhatNobodyUses) {
  BufferPool pool;
  const auto held = pool.acquire(2 * kMiB);
  pool.acquire(4 * kMiB).reset();
  pool.trim();
  EXPECT_EQ(pool.usage().kept, 0U);
  EXPECT_EQ(pool.usage().inUse, 2 * kMiB);
}

TEST(BufferPool, RemembersTheMostInUseSinceAsked) {
  BufferPool pool;
  auto first = pool.acquire(2 * kMiB);
  auto second = pool.acquire(4 * kMiB);
  second.reset();
  EXPECT_EQ(pool.usage().highWater, 6 * kMiB);
  pool.resetHighWater();
  EXPECT_EQ(pool.usage().highWater, 2 * kMiB);
  first.reset();
  EXPECT_EQ(pool.usage().highWater, 2 * kMiB);
}

TEST(BufferPool, ABufferMayOutliveThePool) {
  std::optional<BufferPool> pool(std::in_place);
  const auto buffer = pool->acquire(kMiB);
  pool.reset();
  std::memset(buffer->mutableData(), 1, kMiB);
  EXPECT_EQ(buffer->data()[kMiB - 1], std::byte{1});
}

TEST(BufferPool, WhatDoesNotFitIsAnErrorWithNumbers) {
  BufferPool pool;
  for (const std::uint64_t bytes : {std::uint64_t{1} << 50, std::uint64_t{1} << 62, std::uint64_t{1} << 63,
                                    std::numeric_limits<std::uint64_t>::max()}) {
    try {
      (void)pool.acquire(bytes);
      ADD_FAILURE() << bytes << " bytes were allocated";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Memory);
      EXPECT_NE(std::string(error.what()).find("GiB"), std::string::npos) << error.what();
    }
  }
  EXPECT_EQ(pool.usage().inUse, 0U);
  EXPECT_NE(pool.acquire(100), nullptr);
}

TEST(BufferPool, ServesThreadsAtOnce) {
  BufferPool pool(kMiB);
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&pool, n] {
      for (int step = 1; step < 300; ++step) {
        const auto buffer = pool.acquire(static_cast<std::uint64_t>(step) * 100);
        std::memset(buffer->mutableData(), n, buffer->bytes());
        for (std::size_t at = 0; at < buffer->bytes(); at += 97) ASSERT_EQ(buffer->data()[at], std::byte(n));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(pool.usage().inUse, 0U);
  EXPECT_LE(pool.usage().kept, kMiB);
}

}  // namespace
}  // namespace voxmark
