#include "core/trace/trace.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

namespace voxmark::trace {
namespace {

void spin(std::int64_t ns) {
  const std::int64_t end = now() + ns;
  while (now() < end) {
  }
}

/// The newest event of that name.
Event lastEvent(std::string_view name) {
  const auto all = events();
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Event& event) { return event.name == name; });
  if (found == all.rend()) {
    ADD_FAILURE() << "no event " << name;
    return {};
  }
  return *found;
}

TEST(Scope, RecordsWhatRanWhenAndHowManyBytes) {
  const std::int64_t before = now();
  {
    Scope scope("test record", 100);
    scope.addBytes(23);
    spin(10000);
  }
  const Event event = lastEvent("test record");
  EXPECT_EQ(event.bytes, 123U);
  EXPECT_EQ(event.action, 0U);
  EXPECT_GE(event.startNs, before);
  EXPECT_GE(event.durationNs, 10000);
  EXPECT_LE(event.startNs + event.durationNs, now());
}

TEST(Scope, AChildLiesInsideItsParentAndIsTakenFromItsOwnTime) {
  Action action("nesting");
  {
    const Scope outer("test outer");
    spin(20000);
    for (int n = 0; n < 3; ++n) {
      const Scope inner("test inner", 5);
      spin(30000);
      const Scope innermost("test innermost");
      spin(10000);
    }
  }
  const Event outer = lastEvent("test outer");
  const Event inner = lastEvent("test inner");
  EXPECT_GE(inner.startNs, outer.startNs);
  EXPECT_LE(inner.startNs + inner.durationNs, outer.startNs + outer.durationNs);
  const auto stages = action.report().stages;
  ASSERT_EQ(stages.size(), 3U);  // in the order in which they ended first
  EXPECT_EQ(stages[0].name, "test innermost");
  EXPECT_EQ(stages[1].name, "test inner");
  EXPECT_EQ(stages[2].name, "test outer");
  EXPECT_EQ(stages[0].calls, 3U);
  EXPECT_EQ(stages[1].calls, 3U);
  EXPECT_EQ(stages[1].bytes, 15U);
  EXPECT_EQ(stages[2].calls, 1U);
  // Own times add up to the outermost duration: nothing is counted twice, nothing is lost.
  EXPECT_NEAR(stages[0].ms + stages[1].ms + stages[2].ms, static_cast<double>(outer.durationNs) / 1e6, 1e-9);
}

TEST(Scope, ThreadsDoNotNestInOneAnother) {
  Action action("two threads");
  {
    const Scope outer("test caller");
    std::thread([id = action.id()] {
      const Adopt adopt(id);
      const Scope scope("test worker");
      spin(200000);
    }).join();
  }
  const Event caller = lastEvent("test caller");
  const Event worker = lastEvent("test worker");
  EXPECT_NE(caller.lane, worker.lane);
  const auto stages = action.report().stages;
  ASSERT_EQ(stages.size(), 2U);
  EXPECT_NEAR(stages[0].ms, static_cast<double>(worker.durationNs) / 1e6, 1e-9);
  EXPECT_NEAR(stages[1].ms, static_cast<double>(caller.durationNs) / 1e6, 1e-9);
}

TEST(Lanes, HaveOneNumberAThreadAndTheNameThatItGave) {
  std::set<std::uint32_t> lanes;
  for (int n = 0; n < 3; ++n) {
    std::thread([n] {
      nameLane("lane of test " + std::to_string(n));
      const Scope scope("test lane");
    }).join();
    const Event event = lastEvent("test lane");
    lanes.insert(event.lane);
    EXPECT_EQ(laneName(event.lane), "lane of test " + std::to_string(n));
  }
  EXPECT_EQ(lanes.size(), 3U);
  EXPECT_EQ(laneName(1000000), "");
}

TEST(Events, TheLastOnesAreKept) {
  for (int n = 0; n < 65536 + 10; ++n) const Scope scope(n < 10 ? "test oldest" : "test newer");
  const auto kept = events();
  ASSERT_EQ(kept.size(), 65536U);
  for (const Event& event : kept) ASSERT_EQ(std::string_view(event.name), "test newer");
}

TEST(ChromeTrace, HoldsEveryEventInMicroseconds) {
  std::uint64_t id = 0;
  {
    const Action action("export");
    id = action.id();
    nameLane("\"quoted\" lane");
    const Scope scope("test chrome", 77);
    spin(5000);
  }
  const Event event = lastEvent("test chrome");
  const auto json = nlohmann::json::parse(chromeTrace());
  EXPECT_EQ(json.at("displayTimeUnit"), "ms");
  nlohmann::json found, lane;
  std::size_t complete = 0;
  for (const auto& row : json.at("traceEvents")) {
    complete += row.at("ph") == "X" ? 1 : 0;
    if (row.at("ph") == "X" && row.at("name") == "test chrome") found = row;
    if (row.at("ph") == "M" && row.at("tid") == event.lane) lane = row;
  }
  EXPECT_EQ(complete, events().size());
  ASSERT_FALSE(found.is_null());
  EXPECT_DOUBLE_EQ(found.at("ts").get<double>(), static_cast<double>(event.startNs) / 1e3);
  EXPECT_DOUBLE_EQ(found.at("dur").get<double>(), static_cast<double>(event.durationNs) / 1e3);
  EXPECT_EQ(found.at("args").at("bytes"), 77);
  EXPECT_EQ(found.at("args").at("action"), id);
  EXPECT_EQ(found.at("tid"), event.lane);
  EXPECT_EQ(lane.at("name"), "thread_name");
  EXPECT_EQ(lane.at("args").at("name"), "\"quoted\" lane");
}

}  // namespace
}  // namespace voxmark::trace
