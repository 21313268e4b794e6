#include "core/jobs/job_context.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

using Clock = std::chrono::steady_clock;

/// A context that remembers what its listener heard.
struct Heard {
  std::vector<Progress> progress;
  std::shared_ptr<CancelToken> token = std::make_shared<CancelToken>();
  JobContext context{token, [this](const Progress& p) { progress.push_back(p); }};
};

TEST(JobContext, ByDefaultReportsNowhereAndIsNeverCancelled) {
  JobContext context;
  context.report(0.5, "Reading");
  EXPECT_FALSE(context.cancelled());
  EXPECT_NO_THROW(context.throwIfCancelled());
}

TEST(JobContext, CancellingItsTokenStopsIt) {
  Heard heard;
  EXPECT_NO_THROW(heard.context.throwIfCancelled());
  heard.token->cancel();
  EXPECT_TRUE(heard.context.cancelled());
  EXPECT_THROW(heard.context.throwIfCancelled(), Cancelled);
}

TEST(JobContext, SaysAtMostTwentyASecond) {
  Heard heard;
  const auto start = Clock::now();
  const auto end = start + std::chrono::milliseconds(230);
  int calls = 0;
  while (Clock::now() < end) {
    heard.context.report(0.001, "Reading");
    ++calls;
  }
  const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
  EXPECT_GE(heard.progress.size(), 1U);
  EXPECT_LE(heard.progress.size(), static_cast<std::size_t>(passed / 50 + 1));
  EXPECT_GT(calls, 1);
}

TEST(JobContext, AlwaysSaysANewPhase) {
  Heard heard;
  heard.context.report(0.1, "Reading");
  heard.context.report(0.2, "Normalising");
  heard.context.report(0.3, "Writing");
  ASSERT_EQ(heard.progress.size(), 3U);
  EXPECT_EQ(heard.progress[1].phase, "Normalising");
  EXPECT_EQ(heard.progress[2].fraction, 0.3);
}

TEST(JobContext, AlwaysSaysTheEndButOnlyOnce) {
  Heard heard;
  heard.context.report(0, "Reading");
  for (int n = 0; n < 1000; ++n) heard.context.report(1, "Reading");
  ASSERT_GE(heard.progress.size(), 2U);
  EXPECT_EQ(heard.progress[1].fraction, 1);
  EXPECT_LT(heard.progress.size(), 1000U);
}

TEST(JobContext, APartIsShownAsItsShare) {
  Heard heard;
  const auto first = heard.context.part(0, 0.5);
  const auto second = heard.context.part(0.5, 1);
  const auto inner = second->part(0.5, 1);
  first->report(0.5, "a");
  second->report(0.25, "b");
  inner->report(0.5, "c");
  inner->report(1, "d");
  ASSERT_EQ(heard.progress.size(), 4U);
  EXPECT_DOUBLE_EQ(heard.progress[0].fraction, 0.25);
  EXPECT_DOUBLE_EQ(heard.progress[1].fraction, 0.625);
  EXPECT_DOUBLE_EQ(heard.progress[2].fraction, 0.875);
  EXPECT_DOUBLE_EQ(heard.progress[3].fraction, 1);
}

TEST(JobContext, APartIsCancelledWithTheWhole) {
  Heard heard;
  const auto inner = heard.context.part(0, 0.5)->part(0, 0.5);
  heard.token->cancel();
  EXPECT_TRUE(inner->cancelled());
}

TEST(JobContext, ThreadsMayReportAtOnce) {
  std::atomic<int> heard{0};
  JobContext context(std::make_shared<CancelToken>(), [&](const Progress& progress) {
    EXPECT_EQ(progress.phase, "Reading");
    ++heard;
  });
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&] {
      for (int step = 0; step < 2000; ++step) context.report(step / 2000.0, "Reading");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(heard, 1);
  EXPECT_LT(heard, 8000);
}

}  // namespace
}  // namespace voxmark
