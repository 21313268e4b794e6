#include <gtest/gtest.h>

#include "core/profiling/result_file.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::errorOf;
using testing::TemporaryFolder;

TEST(ResultReading, TakesNaNAndInfinityForNotKnown) {
  const TemporaryFolder folder;
  const ResultFile file = readResultFile(folder.write("g.json", R"({"context": {"host_name": "NaN, -Infinity \" NaN"},
    "benchmarks": [{"name": "a/NaN", "real_time": 2.0, "cpu_time": NaN, "time_unit": "ms", "rate": Infinity, "x": 3},
                   {"name": "a/NaN", "real_time": 4.0, "cpu_time": -Infinity, "time_unit": "ms", "rate": -nan},
                   {"name": "b", "real_time": NaN, "cpu_time": 1, "time_unit": "ms"}]})"));
  EXPECT_EQ(file.environment.at("host_name"), "NaN, -Infinity \" NaN");
  ASSERT_EQ(file.results.size(), 2U);
  EXPECT_EQ(file.results[0].scenario.name, "a/NaN");
  EXPECT_EQ(file.results[0].medianMs(), 3);
  EXPECT_EQ(file.results[0].blocks[0].metrics.count("rate"), 0U);
  EXPECT_EQ(file.results[0].blocks[0].metrics.at("x"), 3);
  EXPECT_EQ(file.results[1].status, RunStatus::Failed);
  EXPECT_NE(file.results[1].message, "");
}

TEST(ResultReading, AggregatesStandInWhereThereAreNoRepetitions) {
  const TemporaryFolder folder;
  const auto file = readResultFile(folder.write("g.json", R"({"benchmarks": [
    {"name": "a_mean", "run_name": "a", "run_type": "aggregate", "aggregate_name": "mean", "real_time": 9,
     "cpu_time": 9, "time_unit": "us"},
    {"name": "a_median", "run_name": "a", "run_type": "aggregate", "aggregate_name": "median", "real_time": 8,
     "cpu_time": 8, "time_unit": "us"},
    {"name": "a_cv", "run_name": "a", "run_type": "aggregate", "aggregate_name": "cv", "real_time": 0.1,
     "cpu_time": 0.1, "time_unit": "us"},
    {"name": "b_mean", "run_name": "b", "run_type": "aggregate", "aggregate_name": "mean", "real_time": 5,
     "cpu_time": 5, "time_unit": "us"}]})"));
  ASSERT_EQ(file.results.size(), 2U);
  EXPECT_EQ(file.results[0].scenario.name, "a");
  ASSERT_EQ(file.results[0].blocks.size(), 1U);
  EXPECT_DOUBLE_EQ(file.results[0].medianMs(), 0.008);
  EXPECT_DOUBLE_EQ(file.results[1].medianMs(), 0.005);
}

TEST(ResultReading, ThroughputOfOthersComesFromTheirRates) {
  const TemporaryFolder folder;
  const auto file = readResultFile(folder.write("g.json", R"({"benchmarks": [{"name": "BM_memcpy/4096",
    "iterations": 100, "real_time": 1000, "cpu_time": 1000, "time_unit": "ns", "bytes_per_second": 4.096e9,
    "items_per_second": 1e6, "threads": 2}]})"));
  EXPECT_EQ(file.results[0].scenario.bytes, 4096U);
  EXPECT_EQ(file.results[0].scenario.volumes, 1U);
  EXPECT_EQ(file.results[0].scenario.threads, 2);
  EXPECT_EQ(file.results[0].scenario.kind, "BM_memcpy");
  EXPECT_NEAR(file.results[0].bytesPerSecond(), 4.096e9, 1);
}

TEST(ResultReading, SkippedRowsOfGoogleBenchmarkAreSkipped) {
  const TemporaryFolder folder;
  const auto file = readResultFile(folder.write("g.json", R"({"benchmarks": [
    {"name": "a", "skipped": true, "skip_message": "no card", "real_time": 0, "cpu_time": 0, "time_unit": "ns"},
    {"name": "b", "error_occurred": true, "error_message": "broken", "real_time": 0, "cpu_time": 0}]})"));
  EXPECT_EQ(file.results[0].status, RunStatus::Skipped);
  EXPECT_EQ(file.results[0].message, "no card");
  EXPECT_EQ(file.results[1].status, RunStatus::Failed);
  EXPECT_EQ(file.results[1].message, "broken");
}

TEST(ResultReading, WhatWasMeasuredComesBackWhole) {
  const TemporaryFolder folder;
  RunResult result;
  result.scenario = {"load/x", "load", "cuda:0", 4, 8000, 2, "", 7.5};
  Block block;
  block.realMs = {2, 4, 3};
  block.cpuMs = {2, 4, 3};
  block.counters.bytesRead = 10;  // 3.33 a repetition
  block.peakRss = 5000;
  block.poolHighWater = 600;
  block.deviceHighWater = 70;
  block.metrics["max_error"] = 0.25;
  block.stages = {{"read", 1.5, 0, 3}};
  result.blocks = {block};
  RunResult skipped;
  skipped.scenario.name = "transfer";
  skipped.status = RunStatus::Skipped;
  skipped.message = "there is no device";
  writeResults(folder.file("r.json"), {result, skipped}, "");
  const auto back = readResultFile(folder.file("r.json"));
  ASSERT_EQ(back.results.size(), 2U);
  const ScenarioInfo& info = back.results[0].scenario;
  EXPECT_EQ(info.kind, "load");
  EXPECT_EQ(info.device, "cuda:0");
  EXPECT_EQ(info.threads, 4);
  EXPECT_EQ(info.bytes, 8000U);
  EXPECT_EQ(info.volumes, 2U);
  EXPECT_EQ(info.tolerancePercent, 7.5);
  const Block& read = back.results[0].blocks.at(0);
  EXPECT_EQ(exactCounters(read), exactCounters(block));
  EXPECT_EQ(read.peakRss, 5000U);
  EXPECT_EQ(read.poolHighWater, 600U);
  EXPECT_EQ(read.deviceHighWater, 70U);
  EXPECT_EQ(read.metrics.at("max_error"), 0.25);
  ASSERT_EQ(read.stages.size(), 1U);
  EXPECT_EQ(read.stages[0].name, "read");
  EXPECT_DOUBLE_EQ(read.stages[0].ms, 0.5);
  EXPECT_EQ(back.results[1].status, RunStatus::Skipped);
  EXPECT_EQ(back.results[1].message, "there is no device");
  EXPECT_FALSE(back.environment.at("host_name").empty());
}

TEST(ResultReading, AFolderIsNoResultFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] { (void)readResultFile(folder.path().string()); }), ErrorCode::Format);
}

}  // namespace
}  // namespace voxmark::profiling
