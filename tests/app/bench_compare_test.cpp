// bench compare as a script would use it, on pairs of files made by seed.

#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/app/run_program.h"
#include "tests/core/profiling/recorded_pairs.h"
#include "tests/support/temporary_folder.h"

namespace voxmark::testing {
namespace {

using Json = nlohmann::ordered_json;
using profiling::RunResult;

class BenchCompare : public ::testing::Test {
 protected:
  /// Two scenarios of 20 blocks; the second one `shift` slower.
  std::string made(const std::string& name, double variation, double shift, std::uint64_t seed,
                   const std::function<void(Json&)>& change = {}) {
    Seeded random(seed);
    Making still;
    still.variation = variation;
    Making moved = still;
    moved.shift = shift;
    Json file = Json::parse(
        profiling::toJson({makeResult("load/nii", still, random), makeResult("crop/nii", moved, random)}, ""));
    file["context"]["load_avg"] = {0.0, 0.0, 0.0};
    if (change) change(file);
    return folder_.write(name, file.dump());
  }
  int compare(const std::string& a, const std::string& b, const std::string& options = "") {
    outcome_ = runProgram("bench compare --baseline " + a + " --current " + b + " " + options);
    return outcome_.code;
  }

  TemporaryFolder folder_;
  Outcome outcome_;
};

const std::string kAll = "--strict --fail-on-regression --fail-on-inconclusive";

TEST_F(BenchCompare, SaysNothingWhereNothingChanged) {
  EXPECT_EQ(compare(made("a.json", 0.02, 0, 1), made("b.json", 0.02, 0, 2), kAll), 0) << outcome_.out;
  EXPECT_NE(outcome_.out.find("2 pass"), std::string::npos) << outcome_.out;
}

TEST_F(BenchCompare, EndsWithOneWhereAskedToFailOnARegression) {
  const std::string a = made("a.json", 0.02, 0, 1);
  const std::string b = made("b.json", 0.02, 0.1, 2);
  EXPECT_EQ(compare(a, b), 0) << outcome_.out;
  EXPECT_NE(outcome_.out.find("regressed"), std::string::npos) << outcome_.out;
  EXPECT_EQ(compare(a, b, "--fail-on-regression"), 1);
  EXPECT_EQ(compare(a, b, "--fail-on-regression --tolerance 30"), 0) << outcome_.out;
  EXPECT_EQ(compare(a, b, "--fail-on-regression --tolerance-for crop/*=30"), 0) << outcome_.out;
  EXPECT_EQ(compare(b, a, kAll), 0) << outcome_.out;
  EXPECT_NE(outcome_.out.find("faster"), std::string::npos) << outcome_.out;
}

TEST_F(BenchCompare, EndsWithThreeWhereAskedToFailOnDoubt) {
  const std::string a = made("a.json", 0.4, 0, 1);
  const std::string b = made("b.json", 0.4, 0.05, 2);
  EXPECT_EQ(compare(a, b, "--fail-on-regression"), 0) << outcome_.out;
  EXPECT_EQ(compare(a, b, "--fail-on-regression --fail-on-inconclusive"), 3) << outcome_.out;
}

TEST_F(BenchCompare, EndsWithFourWhereAScenarioIsMissingOrFailed) {
  const std::string a = made("a.json", 0.02, 0, 1);
  const std::string gone = made("gone.json", 0.02, 0.5, 2, [](Json& file) {
    Json rows = Json::array();
    for (const Json& row : file["benchmarks"]) {
      if (row["name"] != "load/nii") rows.push_back(row);
    }
    file["benchmarks"] = rows;
  });
  EXPECT_EQ(compare(a, gone), 4) << outcome_.out;
  EXPECT_EQ(compare(a, gone, "--fail-on-regression"), 4);
  EXPECT_EQ(compare(gone, a), 0) << outcome_.out;
  const std::string failed = made("failed.json", 0.02, 0, 2, [](Json& file) {
    file["benchmarks"].push_back({{"name", "load/nii"}, {"error_occurred", true}, {"error_message", "it ends"}});
  });
  EXPECT_EQ(compare(a, failed), 4) << outcome_.out;
  EXPECT_NE(outcome_.out.find("it ends"), std::string::npos) << outcome_.out;
}

TEST_F(BenchCompare, EndsWithFiveForAnotherMachineWhereStrict) {
  const std::string a = made("a.json", 0.02, 0, 1);
  const std::string other = made("b.json", 0.02, 0.5, 2, [](Json& file) {
    file["context"]["host_name"] = "another";
    file["benchmarks"].erase(file["benchmarks"].begin(), file["benchmarks"].begin() + 20);
  });
  EXPECT_EQ(compare(a, other), 4) << outcome_.out;
  EXPECT_NE(outcome_.out.find("other environment: machine"), std::string::npos) << outcome_.out;
  EXPECT_EQ(compare(a, other, kAll), 5) << outcome_.out;
}

TEST_F(BenchCompare, OtherUnitsAreTheSameTimes) {
  const std::string a = made("a.json", 0.02, 0, 1);
  const std::string b = made("b.json", 0.02, 0, 2, [](Json& file) {
    for (Json& row : file["benchmarks"]) {
      for (const char* key : {"real_time", "cpu_time"}) row[key] = row[key].get<double>() * 1e6;
      row["time_unit"] = "ns";
    }
  });
  EXPECT_EQ(compare(a, b, kAll), 0) << outcome_.out;
}

TEST_F(BenchCompare, GivesJson) {
  EXPECT_EQ(compare(made("a.json", 0.02, 0, 1), made("b.json", 0.02, 0.1, 2), "--json --fail-on-regression"), 1);
  const Json json = Json::parse(outcome_.out);
  EXPECT_EQ(json.at("exitCode"), 1);
  EXPECT_EQ(json.at("scenarios")[0].at("verdict"), "pass");
  EXPECT_EQ(json.at("scenarios")[1].at("verdict"), "regressed");
  EXPECT_GT(json.at("scenarios")[1].at("time").at("low").get<double>(), 1.02);
}

TEST_F(BenchCompare, VerboseShowsMemoryAndCounters) {
  EXPECT_EQ(compare(made("a.json", 0.02, 0, 1), made("b.json", 0.02, 0, 2), "--verbose"), 0);
  EXPECT_NE(outcome_.out.find("peak_rss: 200.0 → 200.0 MiB"), std::string::npos) << outcome_.out;
  EXPECT_NE(outcome_.out.find("bytes_read: 1048928"), std::string::npos) << outcome_.out;
}

TEST_F(BenchCompare, EndsWithTwoForWhatCannotBeMeant) {
  const std::string a = made("a.json", 0.02, 0, 1);
  const std::string none = folder_.write("none.json", R"({"benchmarks": []})");
  const std::string broken = folder_.write("broken.json", R"({"benchmarks": [)");
  EXPECT_EQ(compare(a, folder_.file("absent.json")), 2);
  EXPECT_EQ(compare(folder_.file("absent.json"), a, kAll), 2);
  EXPECT_EQ(compare(none, a), 2);
  EXPECT_EQ(compare(a, broken), 2);
  EXPECT_EQ(compare(a, folder_.path().string()), 2);
  EXPECT_EQ(compare(a, a, "--tolerance 0"), 2);
  EXPECT_EQ(compare(a, a, "--tolerance -3"), 2);
  EXPECT_EQ(compare(a, a, "--tolerance nan"), 2);
  EXPECT_EQ(compare(a, a, "--tolerance five"), 2);
  EXPECT_EQ(compare(a, a, "--tolerance-for load"), 2);
  EXPECT_EQ(compare(a, a, "--tolerance-for load=fast"), 2);
  EXPECT_EQ(compare(a, a, "--nonsense"), 2);
  EXPECT_EQ(runProgram("bench compare --baseline " + a).code, 2);
  compare(a, broken);
  EXPECT_EQ(outcome_.out.rfind("voxmark: ", 0), 0U) << outcome_.out;
  EXPECT_EQ(std::count(outcome_.out.begin(), outcome_.out.end(), '\n'), 1) << outcome_.out;
}

}  // namespace
}  // namespace voxmark::testing
