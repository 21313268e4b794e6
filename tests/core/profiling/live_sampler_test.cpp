#include "core/profiling/live_sampler.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "core/memory/buffer_pool.h"

namespace voxmark::profiling {
namespace {

void waitForSamples(const LiveSampler& sampler, std::size_t count, std::vector<LiveSample>& into) {
  std::uint64_t cursor = into.size();
  for (int n = 0; n < 1000 && into.size() < count; ++n) {
    for (const LiveSample& one : sampler.since(cursor)) into.push_back(one);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ASSERT_GE(into.size(), count);
}

TEST(LiveSampler, SeesWhatThePoolHoldsAndGoesForwardInTime) {
  const auto held = BufferPool::global().acquire(std::uint64_t{8} << 20);
  LiveSampler sampler;
  std::vector<LiveSample> seen;
  waitForSamples(sampler, 3, seen);
  for (std::size_t n = 0; n < seen.size(); ++n) {
    EXPECT_GE(seen[n].pool, std::uint64_t{8} << 20);
    EXPECT_GT(seen[n].resident, 1000000U);
    EXPECT_FALSE(seen[n].device);
    // At most 20 a second: the thread sleeps between two, whatever a busy machine adds.
    if (n > 0) {
      EXPECT_GE(seen[n].ns - seen[n - 1].ns, 49000000);
    }
  }
  EXPECT_GT(sampler.costShare(), 0);
}

TEST(LiveSampler, AsksADeviceSeldomAndKeepsItsAnswer) {
  int asked = 0;
  LiveSampler sampler([&asked]() -> std::optional<std::uint64_t> { return ++asked * std::uint64_t{1000}; });
  std::vector<LiveSample> seen;
  waitForSamples(sampler, 4, seen);
  for (std::size_t n = 0; n < 4; ++n) EXPECT_EQ(seen[n].device, 1000U);
}

TEST(LiveSampler, GivesEachSampleOnce) {
  LiveSampler sampler;
  std::vector<LiveSample> seen;
  waitForSamples(sampler, 2, seen);
  std::uint64_t cursor = 0;
  const std::size_t all = sampler.since(cursor).size();
  EXPECT_GE(all, 2U);
  EXPECT_LE(sampler.since(cursor).size(), 1U);  // one more may have come
}

}  // namespace
}  // namespace voxmark::profiling
