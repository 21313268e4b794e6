#include "core/base/parallel_for.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();

TEST(ParallelFor, VisitsEveryItemOnceInTheSameChunksForAnyNumberOfThreads) {
  for (const int threads : {0, 1, 2, 5}) {
    std::vector<std::atomic<int>> visits(1003);
    std::vector<std::atomic<std::size_t>> begins(chunkCount(1003, 10));
    parallelFor(1003, 10, threads, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
      begins[chunk] = begin;
      for (std::size_t n = begin; n < end; ++n) ++visits[n];
    });
    for (const auto& count : visits) ASSERT_EQ(count, 1);
    for (std::size_t chunk = 0; chunk < begins.size(); ++chunk) ASSERT_EQ(begins[chunk], chunk * 10);
  }
}

TEST(ParallelFor, DoesNothingForNoItemsOrNoChunk) {
  int calls = 0;
  const auto count = [&](std::size_t, std::size_t, std::size_t) { ++calls; };
  parallelFor(0, 10, 2, count);
  parallelFor(10, 0, 2, count);
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(chunkCount(10, 0), 0U);
}

TEST(ParallelFor, AChunkLargerThanEverythingIsOneChunk) {
  for (const std::size_t size : {std::size_t{11}, kMost / 2, kMost - 5, kMost}) {
    std::vector<std::size_t> seen;
    parallelFor(10, size, 2, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
      seen.insert(seen.end(), {begin, end, chunk});
    });
    EXPECT_EQ(seen, (std::vector<std::size_t>{0, 10, 0})) << size;
    EXPECT_EQ(chunkCount(10, size), 1U);
  }
  EXPECT_EQ(chunkCount(kMost, 1), kMost);
  EXPECT_EQ(chunkCount(kMost, 2), kMost / 2 + 1);
}

TEST(ParallelFor, GivesAReductionTheSameBitsForAnyNumberOfThreads) {
  const auto sum = [](int threads) {
    std::vector<double> partial(chunkCount(100000, 777));
    parallelFor(100000, 777, threads, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
      for (std::size_t n = begin; n < end; ++n) partial[chunk] += std::sin(static_cast<double>(n)) * 1e6;
    });
    return std::accumulate(partial.begin(), partial.end(), 0.0);
  };
  const double one = sum(1);
  EXPECT_EQ(sum(2), one);
  EXPECT_EQ(sum(7), one);
}

TEST(ParallelFor, NeverRunsMoreBodiesAtOnceThanAskedFor) {
  std::atomic<int> now{0};
  std::atomic<int> most{0};
  parallelFor(200, 1, 2, [&](std::size_t, std::size_t, std::size_t) {
    const int running = ++now;
    int seen = most.load();
    while (running > seen && !most.compare_exchange_weak(seen, running)) {
    }
    std::this_thread::yield();
    --now;
  });
  EXPECT_LE(most, 2);
}

TEST(ParallelFor, RethrowsWhatABodyThrowsAndSkipsTheRest) {
  for (const int threads : {1, 4}) {
    std::atomic<std::size_t> ran{0};
    std::atomic<bool> thrown{false};
    try {
      parallelFor(100000, 1, threads, [&](std::size_t, std::size_t, std::size_t chunk) {
        ++ran;
        if (chunk == 3) {
          thrown = true;
          throw Error(ErrorCode::Truncated, "the file ends");
        }
        if (thrown) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // leaves time to stop the rest
      });
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Truncated);
      EXPECT_STREQ(error.what(), "the file ends");
    }
    EXPECT_LT(ran, 100000U);
    if (threads == 1) {
      EXPECT_EQ(ran, 4U);
    }
  }
}

TEST(ParallelFor, CancelledPassesThroughAsItself) {
  for (const int threads : {1, 3}) {
    EXPECT_THROW(parallelFor(50, 1, threads, [](std::size_t, std::size_t, std::size_t) { throw Cancelled(); }),
                 Cancelled);
  }
  // The next use is not affected.
  std::atomic<int> calls{0};
  parallelFor(50, 1, 3, [&](std::size_t, std::size_t, std::size_t) { ++calls; });
  EXPECT_EQ(calls, 50);
}

TEST(ParallelFor, MayBeNested) {
  std::vector<std::atomic<int>> visits(20 * 30);
  parallelFor(20, 1, 4, [&](std::size_t outer, std::size_t, std::size_t) {
    parallelFor(30, 4, 3, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t n = begin; n < end; ++n) ++visits[outer * 30 + n];
    });
  });
  for (const auto& count : visits) ASSERT_EQ(count, 1);
  EXPECT_THROW(parallelFor(4, 1, 2,
                           [](std::size_t, std::size_t, std::size_t) {
                             parallelFor(4, 1, 2, [](std::size_t, std::size_t, std::size_t) { throw Cancelled(); });
                           }),
               Cancelled);
}

TEST(ParallelFor, ServesSeveralCallersAtOnce) {
  std::vector<std::uint64_t> sums(4);
  std::vector<std::thread> callers;
  for (std::uint64_t& sum : sums) {
    callers.emplace_back([&sum] {
      std::atomic<std::uint64_t> total{0};
      parallelFor(10000, 7, 2, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t n = begin; n < end; ++n) total += n;
      });
      sum = total;
    });
  }
  for (std::thread& caller : callers) caller.join();
  for (const std::uint64_t sum : sums) EXPECT_EQ(sum, 49995000U);
}

TEST(DefaultThreads, AreTheHardwaresUntilSaid) {
  const int hardware = defaultThreads();
  EXPECT_GE(hardware, 1);
  setDefaultThreads(3);
  EXPECT_EQ(defaultThreads(), 3);
  setDefaultThreads(-1);
  EXPECT_EQ(defaultThreads(), hardware);
}

TEST(ParallelInOrder, BeginsWithTheLowestNumbersAndDoesEachOnce) {
  for (const int threads : {0, 1, 2, 7}) {
    for (const std::size_t count : {0U, 1U, 2U, 100U}) {
      std::vector<std::atomic<int>> done(count);
      std::atomic<std::size_t> begun{0};
      parallelInOrder(count, threads, [&](std::size_t n) {
        EXPECT_LE(n, begun.fetch_add(1) + 7);  // nobody is more than the other threads ahead
        ++done[n];
      });
      for (const auto& one : done) EXPECT_EQ(one.load(), 1);
    }
  }
}

TEST(ParallelInOrder, StopsAtAnException) {
  std::atomic<int> begun{0};
  EXPECT_THROW(parallelInOrder(1000, 2,
                               [&](std::size_t n) {
                                 ++begun;
                                 if (n == 3) throw std::runtime_error("three");
                               }),
               std::runtime_error);
  EXPECT_LT(begun.load(), 1000);
}

}  // namespace
}  // namespace voxmark
