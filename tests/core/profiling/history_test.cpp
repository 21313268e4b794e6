#include "core/profiling/history.h"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/core/io/io_test_support.h"
#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::makeEnvironment;
using testing::makeResult;
using testing::TemporaryFolder;

Environment at(const std::string& date) {
  Environment out = makeEnvironment();
  out["date"] = date;
  out["voxmark.version"] = "1.2";
  return out;
}

TEST(History, IsAddedToAndReadBack) {
  const TemporaryFolder folder;
  testing::Seeded random(1);
  const RunResult first = makeResult("load/x", {}, random);
  RunResult failed = makeResult("crop/x", {}, random);
  failed.blocks.clear();
  failed.status = RunStatus::Failed;
  const std::string path = appendHistory(folder.file("deep/er"), {first, failed}, at("Monday"), "first \"run\"");
  EXPECT_EQ(appendHistory(folder.file("deep/er"), {makeResult("load/x", {}, random)}, at("Tuesday")), path);
  const auto all = readHistories(folder.file("deep/er"));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].machine.rfind("reading-room-", 0), 0U) << all[0].machine;
  EXPECT_EQ(all[0].unreadable, 0U);
  const auto points = pointsOf(all[0], "load/x");
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].date, "Monday");
  EXPECT_EQ(points[0].commit, "abc123");
  EXPECT_EQ(points[0].version, "1.2");
  EXPECT_EQ(points[0].note, "first \"run\"");
  EXPECT_EQ(points[0].medianMs, first.medianMs());
  EXPECT_LT(points[0].lowMs, points[0].medianMs);
  EXPECT_GT(points[0].highMs, points[0].medianMs);
  EXPECT_EQ(points[0].blocks, 20U);
  EXPECT_EQ(points[0].peakRss, std::uint64_t{200} << 20);
  EXPECT_EQ(points[1].date, "Tuesday");
  EXPECT_EQ(namesOf(all[0]), (std::vector<std::string>{"load/x"}));
}

TEST(History, MachinesHaveFilesOfTheirOwn) {
  const TemporaryFolder folder;
  testing::Seeded random(1);
  const RunResult result = makeResult("load/x", {}, random);
  EXPECT_NE(appendHistory(folder.file("h"), {result}, makeEnvironment("a", "X")),
            appendHistory(folder.file("h"), {result}, makeEnvironment("a", "Y")));
  (void)appendHistory(folder.file("h"), {result}, makeEnvironment("../b c", "X"));
  EXPECT_EQ(readHistories(folder.file("h")).size(), 3U);
  EXPECT_EQ(folder.entries(), 1U);  // no name leads out of the folder
}

TEST(History, ALineThatWasCutOffCostsNoOther) {
  const TemporaryFolder folder;
  testing::Seeded random(1);
  const RunResult result = makeResult("load/x", {}, random);
  const std::string path = appendHistory(folder.file("h"), {result}, at("one"));
  std::ofstream(path, std::ios::app) << "{\"voxmarkHistory\": 1, \"date\": \"tw";
  (void)appendHistory(folder.file("h"), {result}, at("three"));
  std::ofstream(path, std::ios::app) << "[]\n{\"name\": 5, \"date\": \"x\", \"medianMs\": 1}\n"
                                        "{\"name\": \"n\", \"date\": \"x\", \"medianMs\": -1}\n\n";
  const auto all = readHistories(folder.file("h"));
  ASSERT_EQ(all[0].points.size(), 2U);
  EXPECT_EQ(all[0].points[1].date, "three");
  EXPECT_EQ(all[0].unreadable, 4U);
}

TEST(History, NoFolderIsNoHistory) {
  EXPECT_TRUE(readHistories("/no/such/folder").empty());
}

TEST(History, LivesWhereTheVariableSays) {
  ::setenv("VOXMARK_HISTORY_DIR", "/some/where", 1);
  EXPECT_EQ(historyFolder(), "/some/where");
  ::unsetenv("VOXMARK_HISTORY_DIR");
}

}  // namespace
}  // namespace voxmark::profiling
