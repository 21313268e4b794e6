// Google Benchmark's own compare.py reads our files, and we read what its programs write.

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/profiling/comparison.h"
#include "tests/app/run_program.h"
#include "tests/core/profiling/recorded_pairs.h"
#include "tests/support/temporary_folder.h"

namespace voxmark::testing {
namespace {

const std::string kScript = "/usr/share/benchmark/compare.py";

/// A file with two scenarios of 20 blocks, the second one slower by `shift`, and one that could not run.
std::string resultFile(const TemporaryFolder& folder, const std::string& name, double shift, std::uint64_t seed) {
  Seeded random(seed);
  Making still;
  Making moved;
  moved.shift = shift;
  profiling::RunResult skipped;
  skipped.scenario.name = "transfer/pinned/f32/64x64x64/cuda:0";
  skipped.status = profiling::RunStatus::Skipped;
  skipped.message = "there is no device";
  profiling::writeResults(folder.file(name),
                          {makeResult("load/nii/i16/64x64x64/warm", still, random),
                           makeResult("crop/first/nii/i16/64x64x64/16x16x16", moved, random), skipped},
                          "");
  return folder.file(name);
}

TEST(ComparePy, ReadsOurFilesAndFindsTheSlowerScenario) {
  ASSERT_TRUE(std::filesystem::exists(kScript)) << "packages.txt names libbenchmark-tools";
  const TemporaryFolder folder;
  const std::string report = folder.file("report.json");
  const Outcome outcome =
      runCommand("/usr/bin/python3 " + kScript + " --no-color --dump_to_json " + report + " benchmarks " +
                 resultFile(folder, "a.json", 0, 1) + " " + resultFile(folder, "b.json", 0.3, 2));
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_NE(outcome.out.find("load/nii/i16/64x64x64/warm"), std::string::npos) << outcome.out;
  std::ifstream file(report);
  const auto json = nlohmann::json::parse(file);
  int slower = 0;
  for (const auto& row : json) {
    if (row.value("name", "") != "crop/first/nii/i16/64x64x64/16x16x16" || !row.contains("measurements")) continue;
    double sum = 0;
    for (const auto& one : row.at("measurements")) sum += one.at("time").get<double>();
    ASSERT_GT(row.at("measurements").size(), 0U);
    slower += sum / static_cast<double>(row.at("measurements").size()) > 0.2;
  }
  EXPECT_EQ(slower, 1) << outcome.out;
}

TEST(ComparePy, OurCompareReadsGoogleBenchmarksFiles) {
  // The benches of the sources write them; here one as its documentation shows it, with aggregates and both units.
  const TemporaryFolder folder;
  const auto write = [&](const char* name, double factor) {
    nlohmann::json rows = nlohmann::json::array();
    for (int n = 0; n < 12; ++n) {
      for (const auto& [benchmark, time, unit] :
           {std::tuple{"BM_SetInsert/1024/10", 33157.0, "ns"}, {"BM_memcpy/64k", 2.5, "us"}}) {
        rows.push_back({{"name", benchmark},
                        {"family_index", 0},
                        {"run_name", benchmark},
                        {"run_type", "iteration"},
                        {"repetitions", 12},
                        {"repetition_index", n},
                        {"threads", 1},
                        {"iterations", 21},
                        {"real_time", time * factor * (1 + 0.001 * n)},
                        {"cpu_time", time},
                        {"time_unit", unit}});
      }
    }
    rows.push_back({{"name", "BM_memcpy/64k_mean"},
                    {"run_name", "BM_memcpy/64k"},
                    {"run_type", "aggregate"},
                    {"aggregate_name", "mean"},
                    {"aggregate_unit", "time"},
                    {"real_time", 1e9},
                    {"cpu_time", 1e9},
                    {"time_unit", "us"}});
    const nlohmann::json context{{"date", "2015/03/17-18:40:25"},
                                 {"num_cpus", 40},
                                 {"mhz_per_cpu", 2801},
                                 {"cpu_scaling_enabled", false},
                                 {"build_type", "debug"}};
    return folder.write(name, nlohmann::json{{"context", context}, {"benchmarks", rows}}.dump());
  };
  const std::string a = write("a.json", 1);
  const std::string b = write("b.json", 1.2);
  EXPECT_EQ(runProgram("bench compare --fail-on-regression --strict --baseline " + a + " --current " + a).code, 0);
  const Outcome slower = runProgram("bench compare --fail-on-regression --baseline " + a + " --current " + b);
  EXPECT_EQ(slower.code, 1) << slower.out;
  EXPECT_NE(slower.out.find("2 regressed"), std::string::npos) << slower.out;
}

}  // namespace
}  // namespace voxmark::testing
