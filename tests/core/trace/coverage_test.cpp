#include "core/trace/coverage.h"

#include <gtest/gtest.h>

namespace voxmark::trace {
namespace {

constexpr std::int64_t kMs = 1000000;

Event event(const char* name, std::int64_t fromMs, std::int64_t toMs, std::uint32_t lane, std::uint32_t depth,
            std::uint64_t action = 1) {
  return {name, fromMs * kMs, (toMs - fromMs) * kMs, 0, action, lane, depth};
}

/// Two threads: "read" 0-10 holds "inflate" 2-8 on the first; "inflate" 5-12 and "convert" 20-26 on the second.
const std::vector<Event> kEvents{event("inflate", 2, 8, 1, 1), event("read", 0, 10, 1, 0),
                                 event("inflate", 5, 12, 2, 0), event("convert", 20, 26, 2, 0),
                                 event("render", 3, 30, 3, 0, 0)};

double of(const Coverage& coverage, const std::string& name) {
  for (const StageCoverage& stage : coverage.stages) {
    if (stage.name == name) return stage.ms;
  }
  return 0;
}

TEST(Coverage, CountsTheClockOnceWhereThreadsRunTheSameStage) {
  const Coverage found = coverage(kEvents, 0, 30 * kMs, 1);
  EXPECT_DOUBLE_EQ(found.ms, 30);
  EXPECT_DOUBLE_EQ(of(found, "inflate"), 10);  // 2 to 12
  EXPECT_DOUBLE_EQ(of(found, "read"), 4);      // 0 to 2 and 8 to 10
  EXPECT_DOUBLE_EQ(of(found, "convert"), 6);
  EXPECT_DOUBLE_EQ(found.idleMs, 12);  // 12 to 20 and 26 to 30
  ASSERT_EQ(found.stages.size(), 3U);
  EXPECT_EQ(found.stages.front().name, "inflate");
}

TEST(Coverage, KeepsToTheStretchAskedFor) {
  const Coverage found = coverage(kEvents, 4 * kMs, 7 * kMs, 1);
  EXPECT_DOUBLE_EQ(of(found, "inflate"), 3);
  EXPECT_DOUBLE_EQ(of(found, "read"), 0);
  EXPECT_DOUBLE_EQ(found.idleMs, 0);
}

TEST(Coverage, OfOneLaneLeavesTheOthersOut) {
  const Coverage found = coverage(kEvents, 0, 30 * kMs, {}, 2);
  EXPECT_DOUBLE_EQ(of(found, "inflate"), 7);
  EXPECT_DOUBLE_EQ(found.idleMs, 30 - 7 - 6);
}

TEST(Coverage, OfNothingIsIdle) {
  const Coverage found = coverage({}, 0, 5 * kMs);
  EXPECT_TRUE(found.stages.empty());
  EXPECT_DOUBLE_EQ(found.idleMs, 5);
}

TEST(EventsSince, GivesEachEventOnceAndInOrder) {
  std::uint64_t cursor = 0;
  (void)eventsSince(cursor);
  EXPECT_TRUE(eventsSince(cursor).empty());
  { const Scope one("since one"); }
  {
    const Scope two("since two");
    const Scope inner("since inner");
  }
  const std::vector<Event> seen = eventsSince(cursor);
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_STREQ(seen[0].name, "since one");
  EXPECT_STREQ(seen[1].name, "since inner");
  EXPECT_EQ(seen[1].depth, 1U);
  EXPECT_EQ(seen[2].depth, 0U);
  EXPECT_TRUE(eventsSince(cursor).empty());
  for (int n = 0; n < 65536 + 10; ++n) const Scope many("since many");
  EXPECT_EQ(eventsSince(cursor).size(), 65536U);  // the first ten are forgotten
}

}  // namespace
}  // namespace voxmark::trace
