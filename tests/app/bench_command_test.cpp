// The other subcommands of bench, as a script would use them.

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include <gtest/gtest.h>

#include "tests/app/run_program.h"
#include "tests/core/profiling/recorded_pairs.h"
#include "tests/support/temporary_folder.h"

namespace voxmark::testing {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class Bench : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("VOXMARK_HISTORY_DIR", folder_.file("history").c_str(), 1);
    root_ = std::getenv("VOXMARK_SOURCE_DIR");
    scenarios_ = folder_.write("small.json", R"({"voxmarkScenarios": 1, "scenarios": [
      {"kind": "load", "axes": {"shape": "24x22x20", "type": "i16", "container": "nii"}},
      {"kind": "normalise", "axes": {"shape": "24x22x20", "type": "f32"}},
      {"kind": "render", "axes": {"shape": "24x22x20", "type": "i16"}},
      {"kind": "transfer", "axes": {"shape": "8x8x8", "type": "i16", "device": "cuda:9"}}]})");
  }
  void TearDown() override { ::unsetenv("VOXMARK_HISTORY_DIR"); }
  Outcome bench(const std::string& arguments) const { return runProgram("bench " + arguments); }
  [[nodiscard]] Json read(const std::string& name) const {
    std::ifstream file(folder_.file(name));
    return Json::parse(file);
  }

  TemporaryFolder folder_;
  std::string root_;
  std::string scenarios_;
};

TEST_F(Bench, ListNamesWhatRunCanRun) {
  const Outcome list = bench("list");
  EXPECT_EQ(list.code, 0);
  EXPECT_NE(list.out.find("load/nii_gz/i16/128x128x128/warm"), std::string::npos) << list.out;
  EXPECT_NE(list.out.find("crop-first"), std::string::npos);
  EXPECT_EQ(bench("list --scenarios " + scenarios_ + " normalise").out, "normalise/zscore/f32/24x22x20/cpu\n");
}

TEST_F(Bench, RunsAScenarioFileAndSaysWhatCannotRunHere) {
  const Outcome run = bench("run --preset quick --scenarios " + scenarios_ + " --output " + folder_.file("r.json"));
  ASSERT_EQ(run.code, 0) << run.out;
  EXPECT_NE(run.out.find("skipped"), std::string::npos) << run.out;
  std::map<std::string, int> rows;
  const Json file = read("r.json");
  for (const auto& row : file.at("benchmarks")) ++rows[row.at("kind")];
  EXPECT_EQ(rows, (std::map<std::string, int>{{"load", 5}, {"normalise", 5}, {"render", 5}, {"transfer", 1}}));
  const Json own = read("r.json").at("context").at("voxmark");
  EXPECT_EQ(own.at("preset"), "quick");
  EXPECT_FALSE(own.at("fileSystem").get<std::string>().empty());
}

TEST_F(Bench, CountsOfBlocksCanBeChosen) {
  ASSERT_EQ(bench("run load --scenarios " + scenarios_ + " --blocks 3 --repetitions 2 --warm-ups 0 --output " +
                  folder_.file("r.json"))
                .code,
            0);
  const Json rows = read("r.json").at("benchmarks");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].at("iterations"), 2);
}

TEST_F(Bench, ADeviceAskedForByNameMustBeThere) {
  EXPECT_EQ(bench("run --preset quick --device cuda:9").code, 77);
  EXPECT_EQ(bench("run --preset nonsense").code, 2);
  EXPECT_EQ(bench("run nothing-like-that").code, 2);
  EXPECT_EQ(bench("run --scenarios " + folder_.file("absent.json")).code, 2);
}

TEST_F(Bench, ARealFileIsNamedAndHashed) {
  const std::string sample = root_ + "/resources/sample/brain_t1.nii.gz";
  ASSERT_EQ(bench("run slice crop/first --preset quick --file " + sample + " --output " + folder_.file("r.json")).code,
            0);
  const Json own = read("r.json").at("context").at("voxmark");
  EXPECT_EQ(own.at("dataFile"), "brain_t1.nii.gz");
  EXPECT_EQ(own.at("dataHash").get<std::string>().size(), 16U);
}

TEST_F(Bench, CropFirstRunsTheFourWaysOnAFile) {
  const std::string sample = root_ + "/resources/sample/brain_t1.nii.gz";
  const Outcome run =
      bench("run --preset crop-first --blocks 2 --file " + sample + " --output " + folder_.file("r.json"));
  ASSERT_EQ(run.code, 0) << run.out;
  std::map<std::string, double> read;
  const Json file = this->read("r.json");
  for (const auto& row : file.at("benchmarks")) read[row.at("name")] = row.value("bytes_read", 0.0);
  EXPECT_EQ(read.size(), 4U) << run.out;
  for (const auto& [name, bytes] : read) {
    if (name.find("cuda") == std::string::npos) {
      EXPECT_GT(bytes, 0) << name;
    }
  }
}

TEST_F(Bench, ABaselineThatCannotBeMetIsMeasuredTwiceAndOneThatIsMetIsNot) {
  // Whatever this machine's times are: a baseline a hundred times as fast is regressed, one as slow passes.
  ASSERT_EQ(bench("run load --scenarios " + scenarios_ + " --blocks 20 --output " + folder_.file("r.json")).code, 0);
  const auto scaled = [&](const char* name, double factor) {
    Json file = read("r.json");
    for (auto& row : file["benchmarks"]) row["real_time"] = row["real_time"].get<double>() * factor;
    return folder_.write(name, file.dump());
  };
  const std::string run =
      "run load --scenarios " + scenarios_ + " --blocks 10 --fail-on-regression --verbose --baseline ";
  const Outcome slower = bench(run + scaled("fast.json", 0.01));
  EXPECT_EQ(slower.code, 1) << slower.out;
  EXPECT_NE(slower.out.find("confirmed by a second session"), std::string::npos) << slower.out;
  const Outcome faster = bench(run + scaled("slow.json", 100));
  EXPECT_EQ(faster.code, 0) << faster.out;
  EXPECT_EQ(faster.out.find("again"), std::string::npos) << faster.out;
}

TEST_F(Bench, BuildsAreComparedInTurns) {
  const std::string program = std::getenv("VOXMARK_PROGRAM");
  const Outcome outcome = bench("ab load --scenarios " + scenarios_ + " --preset quick --tolerance 300 --builds " +
                                program + " " + program + " --output-current " + folder_.file("b.json"));
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_GE(read("b.json").at("benchmarks").size(), 5U);
  EXPECT_EQ(bench("ab load --scenarios " + scenarios_).code, 2);
  EXPECT_EQ(bench("ab load --scenarios " + scenarios_ + " --preset quick --builds false false").code, 4);
  EXPECT_EQ(bench("ab --scenarios " + scenarios_ + " --devices cpu cuda:9").code, 77);
}

TEST_F(Bench, HistoryGrowsByRunsAndShowsSteps) {
  const std::string run = "run load --scenarios " + scenarios_ + " --preset quick --keep --note try";
  ASSERT_EQ(bench(run).code, 0);
  ASSERT_EQ(bench(run).code, 0);
  const Json json = Json::parse(bench("history load --json").out);
  ASSERT_EQ(json.at("machines").size(), 1U);
  const Json scenario = json["machines"][0].at("scenarios").at(0);
  EXPECT_EQ(scenario.at("points").size(), 2U);
  EXPECT_EQ(scenario.at("points")[1].at("note"), "try");
  EXPECT_EQ(bench("history").code, 0);
}

TEST_F(Bench, TraceSaysWhereTheTimeWent) {
  const Outcome outcome = bench("trace load --scenarios " + scenarios_ + " --output " + folder_.file("t.json"));
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_NE(outcome.out.find("read"), std::string::npos) << outcome.out;
  std::set<std::string> kinds;
  const Json trace = read("t.json");
  for (const auto& event : trace.at("traceEvents")) kinds.insert(event.at("ph"));
  EXPECT_EQ(kinds, (std::set<std::string>{"C", "M", "X"}));
}

TEST_F(Bench, ReportsAreWrittenInEveryForm) {
  ASSERT_EQ(bench("run --preset quick --scenarios " + scenarios_ + " --output " + folder_.file("r.json")).code, 0);
  std::string command = "report " + folder_.file("r.json") + " " + folder_.file("r.json");
  for (const char* name : {"r.md", "r.csv", "r.html", "r.svg"}) command += " --output " + folder_.file(name);
  EXPECT_EQ(bench(command).code, 0);
  for (const char* name : {"r.md", "r.csv", "r.html", "r.svg"}) EXPECT_GT(fs::file_size(folder_.file(name)), 200U);
  EXPECT_NE(bench("report " + folder_.file("r.json")).out.find("| load/nii/i16/24x22x20/warm |"), std::string::npos);
  EXPECT_EQ(bench("report " + folder_.file("r.json") + " --output " + folder_.file("r.pdf")).code, 2);
}

TEST_F(Bench, TheExactCountersAreThoseOfTheStoredBaseline) {
  const Outcome outcome = bench("counters --no-cache --scenarios " + root_ + "/bench/counters/scenarios.json --check " +
                                root_ + "/bench/counters/baseline.json");
  EXPECT_EQ(outcome.code, 0) << outcome.out << "\nIf this is meant: bench/counters/README.md says how to renew it.";
}

TEST_F(Bench, ACounterThatChangedIsNamed) {
  const std::string counters = "counters load --scenarios " + scenarios_;
  ASSERT_EQ(bench(counters + " --output " + folder_.file("c.json")).code, 0);
  EXPECT_EQ(bench(counters + " --check " + folder_.file("c.json")).code, 0);
  Json changed = read("c.json");
  changed["scenarios"]["load/nii/i16/24x22x20/warm"]["bytes_read"] = 7;
  const Outcome outcome = bench(counters + " --check " + folder_.write("d.json", changed.dump()));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.out.find("bytes_read: 7 →"), std::string::npos) << outcome.out;
  EXPECT_EQ(bench("counters normalise --scenarios " + scenarios_ + " --check " + folder_.file("c.json")).code, 4);
}

}  // namespace
}  // namespace voxmark::testing
