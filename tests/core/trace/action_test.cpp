#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "core/trace/trace.h"

namespace voxmark::trace {
namespace {

/// Calls of a stage as the report has them; 0 where it is not in it.
std::uint64_t calls(const ActionReport& report, const std::string& stage) {
  for (const StageTotal& total : report.stages) {
    if (total.name == stage) return total.calls;
  }
  return 0;
}

/// Hears finished actions for the time of a test.
class Listening {
 public:
  Listening() : id_(subscribe([this](const ActionReport& report) { heard.push_back(report); })) {}
  ~Listening() { unsubscribe(id_); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  std::vector<ActionReport> heard;

 private:
  int id_;
};

TEST(Action, ScopesCountTowardsTheInnermostOne) {
  EXPECT_EQ(currentAction(), 0U);
  const Action outer("outer");
  EXPECT_EQ(currentAction(), outer.id());
  { const Scope scope("stage"); }
  {
    const Action inner("inner");
    EXPECT_EQ(currentAction(), inner.id());
    EXPECT_GT(inner.id(), outer.id());
    { const Scope scope("stage"); }
    { const Scope scope("stage"); }
    EXPECT_EQ(calls(inner.report(), "stage"), 2U);
  }
  EXPECT_EQ(currentAction(), outer.id());
  { const Scope scope("later"); }
  EXPECT_EQ(calls(outer.report(), "stage"), 1U);
  EXPECT_EQ(calls(outer.report(), "later"), 1U);
}

TEST(Action, OnlyThreadsThatAdoptItCount) {
  const Action action("threads");
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([id = action.id()] {
      { const Scope scope("before"); }
      {
        const Adopt adopt(id);
        for (int call = 0; call < 500; ++call) const Scope scope("adopted", 2);
      }
      EXPECT_EQ(currentAction(), 0U);
      { const Scope scope("after"); }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const ActionReport report = action.report();
  ASSERT_EQ(report.stages.size(), 1U);
  EXPECT_EQ(report.stages[0].name, "adopted");
  EXPECT_EQ(report.stages[0].calls, 2000U);
  EXPECT_EQ(report.stages[0].bytes, 4000U);
}

TEST(Action, TellsListenersOnceWhenItEnds) {
  Listening listening;
  {
    Action action("Open brain.nii.gz");
    action.setBytes(4096);
    EXPECT_FALSE(action.report().finished);
    EXPECT_TRUE(listening.heard.empty());
  }
  ASSERT_EQ(listening.heard.size(), 1U);
  EXPECT_EQ(listening.heard[0].title, "Open brain.nii.gz");
  EXPECT_EQ(listening.heard[0].bytes, 4096U);
  EXPECT_TRUE(listening.heard[0].finished);
  EXPECT_GT(listening.heard[0].ms, 0);
}

TEST(Action, AListenerThatHasLeftHearsNothing) {
  int heard = 0;
  const int id = subscribe([&](const ActionReport&) { ++heard; });
  { const Action action("heard"); }
  unsubscribe(id);
  { const Action action("not heard"); }
  EXPECT_EQ(heard, 1);
}

TEST(Actions, TheLast256AreKeptOldestFirst) {
  for (int n = 0; n < 300; ++n) const Action action("number " + std::to_string(n));
  const auto kept = actions();
  ASSERT_EQ(kept.size(), 256U);
  EXPECT_EQ(kept.front().title, "number 44");
  EXPECT_EQ(kept.back().title, "number 299");
}

TEST(Actions, ARunningOneIsKeptHoweverManyEndMeanwhile) {
  Listening listening;
  {
    Action action("a long benchmark");
    for (int n = 0; n < 300; ++n) const Action block("block");
    { const Scope scope("last stage"); }
    action.setBytes(5);
    EXPECT_EQ(calls(action.report(), "last stage"), 1U);
    EXPECT_EQ(actions().front().title, "a long benchmark");
    EXPECT_EQ(actions().size(), 256U);
  }
  ASSERT_EQ(listening.heard.size(), 301U);
  EXPECT_EQ(listening.heard.back().title, "a long benchmark");
  EXPECT_EQ(listening.heard.back().bytes, 5U);
}

TEST(Summary, IsOneLineForTheStatusBar) {
  ActionReport report;
  report.ms = 31.4;
  report.bytes = 27000000;
  report.stages = {{"read", 4, 0, 1}, {"inflate", 22.2, 0, 1}, {"convert", 5.04, 0, 1}};
  EXPECT_EQ(summary(report), "27 MB in 31 ms: read 4.0, inflate 22, convert 5.0");
  report.bytes = 5300;
  report.ms = 0.25;
  report.stages.clear();
  EXPECT_EQ(summary(report), "5 kB in 0.2 ms");
  report.bytes = 0;
  EXPECT_EQ(summary(report), "0.2 ms");
}

}  // namespace
}  // namespace voxmark::trace
