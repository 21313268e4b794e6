#include "core/profiling/environment.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::makeEnvironment;

TEST(Environment, NestedFieldsGetDotsAndListsSpaces) {
  const auto context = nlohmann::ordered_json::parse(
      R"({"host_name": "a", "num_cpus": 8, "cpu_scaling_enabled": false, "load_avg": [0.5, 1], "none": null,
          "voxmark": {"cpu": "X", "deep": {"er": 1}}})");
  const Environment expected{{"host_name", "a"},      {"num_cpus", "8"},    {"cpu_scaling_enabled", "false"},
                             {"load_avg", "0.5 1.0"}, {"voxmark.cpu", "X"}, {"voxmark.deep.er", "1"}};
  Environment found = flattenContext(context);
  EXPECT_EQ(found.at("load_avg").substr(0, 4), "0.5 ");
  found["load_avg"] = "0.5 1.0";
  EXPECT_EQ(found, expected);
  EXPECT_TRUE(flattenContext(nlohmann::ordered_json(5)).empty());
}

TEST(Environment, EqualOnesHaveNoDifferences) {
  EXPECT_TRUE(environmentDifferences(makeEnvironment(), makeEnvironment()).empty());
}

TEST(Environment, MachineBuildAndDataMustBeTheSame) {
  for (const char* key : {"host_name", "voxmark.cpu", "num_cpus", "library_build_type", "voxmark.dataHash",
                          "voxmark.gpu", "voxmark.governor"}) {
    Environment a = makeEnvironment();
    Environment b = a;
    a[key] = "one";
    b[key] = "other";
    const auto found = environmentDifferences(a, b);
    ASSERT_EQ(found.size(), 1U) << key;
    EXPECT_TRUE(found[0].mismatch) << key;
    EXPECT_EQ(found[0].key, key);
    EXPECT_FALSE(found[0].label.empty());
  }
}

TEST(Environment, VersionsAndDatesMayDiffer) {
  Environment a = makeEnvironment();
  Environment b = a;
  b["voxmark.commit"] = "def456";
  b["date"] = "tomorrow";
  const auto found = environmentDifferences(a, b);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].mismatch);
}

TEST(Environment, OnlyTheFieldsOfEveryFileMustBeThere) {
  Environment others = makeEnvironment();
  others.erase("voxmark.cpu");
  auto found = environmentDifferences(makeEnvironment(), others);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].mismatch);
  others.erase("host_name");
  found = environmentDifferences(makeEnvironment(), others);
  EXPECT_TRUE(found.front().mismatch);  // what matters most comes first
}

TEST(Environment, ABusyMachineIsNoted) {
  Environment a = makeEnvironment();
  a["load_avg"] = "6.5 3 1";
  const auto found = environmentDifferences(a, makeEnvironment());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].key, "load_avg");
  EXPECT_FALSE(found[0].mismatch);
}

}  // namespace
}  // namespace voxmark::profiling
