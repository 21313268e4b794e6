#include "core/trace/counters.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace voxmark::trace {
namespace {

TEST(Counters, AreExactAcrossThreads) {
  const CounterValues before = snapshot();
  std::vector<std::thread> threads;
  for (int n = 0; n < 8; ++n) {
    threads.emplace_back([] {
      for (std::uint64_t step = 1; step <= 10000; ++step) {
        counters().bytesRead.fetch_add(step);
        counters().allocations.fetch_add(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const CounterValues found = snapshot() - before;
  EXPECT_EQ(found.bytesRead, 8U * 50005000U);
  EXPECT_EQ(found.allocations, 80000U);
  EXPECT_EQ(found.bytesWritten, 0U);
}

TEST(Counters, EachKeepsItsOwnPlace) {
  const CounterValues before = snapshot();
  Counters& c = counters();
  c.bytesRead += 1;
  c.bytesWritten += 2;
  c.bytesInflated += 3;
  c.bytesCopied += 4;
  c.allocations += 5;
  c.bytesAllocated += 6;
  c.uploads += 7;
  c.bytesUploaded += 8;
  c.downloads += 9;
  c.bytesDownloaded += 10;
  const CounterValues found = snapshot() - before;
  const std::vector<std::uint64_t> values{
      found.bytesRead,      found.bytesWritten, found.bytesInflated, found.bytesCopied, found.allocations,
      found.bytesAllocated, found.uploads,      found.bytesUploaded, found.downloads,   found.bytesDownloaded};
  for (std::size_t n = 0; n < values.size(); ++n) EXPECT_EQ(values[n], n + 1);
}

}  // namespace
}  // namespace voxmark::trace
