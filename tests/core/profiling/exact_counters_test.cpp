#include "core/profiling/exact_counters.h"

#include <gtest/gtest.h>

#include "core/profiling/catalogue.h"
#include "core/profiling/make_scenario.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::errorOf;
using testing::TemporaryFolder;

CounterTable count() {
  SourceRegistry sources;
  BackendRegistry backends;
  addNativeReaders(sources);
  backends.add(makeCpuBackend());
  ScenarioList list = makeScenarios(parseCatalogue("s", R"({"voxmarkScenarios": 1, "scenarios": [
    {"kind": "load", "axes": {"shape": "20x18x16", "type": "i16", "container": ["nii", "nii_gz"]}},
    {"kind": "normalise", "axes": {"shape": "20x18x16", "type": "i16", "device": ["cpu", "cuda:0"]}}]})"),
                                    {}, {sources, backends});
  JobContext job;
  return countScenarios(list, job);
}

TEST(ExactCounters, AreTheSameEachTime) {
  const CounterTable first = count();
  ASSERT_EQ(first.size(), 3U);  // there is no device
  EXPECT_GE(first.at("load/nii/i16/20x18x16/warm").at("bytes_read"), 352 + 20 * 18 * 16 * 2);
  EXPECT_EQ(first.at("normalise/zscore/i16/20x18x16/cpu").at("bytes_read"), 0);
  EXPECT_TRUE(counterDifferences(first, count()).empty());
}

TEST(ExactCounters, AreWrittenAndReadBack) {
  const TemporaryFolder folder;
  const CounterTable table{{"load/\"x\"", {{"bytes_read", 123456789012.0}, {"allocations", 0}}}};
  EXPECT_EQ(readCounters(folder.write("c.json", counterJson(table))), table);
  EXPECT_EQ(errorOf([&] { (void)readCounters(folder.file("absent")); }), ErrorCode::NotFound);
  for (const char* text : {"", "[]", "{}", R"({"voxmarkCounters": 2, "scenarios": {}})",
                           R"({"voxmarkCounters": 1, "scenarios": {"a": {"b": "c"}}})"}) {
    EXPECT_EQ(errorOf([&] { (void)readCounters(folder.write("bad.json", text)); }), ErrorCode::Format) << text;
  }
}

TEST(ExactCounters, EveryDifferenceIsNamed) {
  const CounterTable before{{"a", {{"bytes_read", 5}, {"allocations", 1}}}, {"gone", {{"bytes_read", 1}}}};
  const CounterTable after{{"a", {{"bytes_read", 6}}}, {"new", {}}};
  const auto found = counterDifferences(before, after);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].counter, "allocations");
  EXPECT_EQ(found[0].current, "");
  EXPECT_EQ(found[1].counter, "bytes_read");
  EXPECT_EQ(found[1].baseline, "5");
  EXPECT_EQ(found[1].current, "6");
  EXPECT_EQ(found[2].scenario, "gone");
  EXPECT_EQ(found[3].scenario, "new");
}

}  // namespace
}  // namespace voxmark::profiling
