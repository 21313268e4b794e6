#include "core/profiling/result_file.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include <gtest/gtest.h>

#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::contentsOf;
using testing::errorOf;
using testing::TemporaryFolder;
using Json = nlohmann::json;

Block blockOf(std::vector<double> realMs, std::vector<double> cpuMs) {
  Block block;
  block.realMs = std::move(realMs);
  block.cpuMs = std::move(cpuMs);
  return block;
}

RunResult measured() {
  RunResult result;
  result.scenario.name = "load/nii/i16/4x4x4/warm";
  result.scenario.threads = 3;
  result.scenario.bytes = 4096;
  result.scenario.volumes = 2;
  result.label = "page cache: \"warm\" \xF0\x9F\x98\x80";
  result.blocks = {blockOf({2, 4, 3}, {5, 6, 7}), blockOf({8}, {9})};
  result.blocks[0].counters.bytesRead = 300;
  result.blocks[0].counters.allocations = 6;
  result.blocks[0].peakRss = 123456789;
  result.blocks[0].poolHighWater = 65536;
  result.blocks[0].stages = {{"read", 1.5, 300, 3}};
  return result;
}

RunResult failed(RunStatus status, const std::string& message) {
  RunResult result;
  result.scenario.name = "normalise/zscore";
  result.status = status;
  result.message = message;
  return result;
}

Json jsonOf(const std::vector<RunResult>& results) {
  return Json::parse(toJson(results, "/nowhere/v.nii"));
}

TEST(ResultFile, TheContextHasGoogleBenchmarksFields) {
  const Json context = jsonOf({}).at("context");
  for (const char* text : {"date", "host_name", "executable", "library_build_type"}) {
    EXPECT_TRUE(context.at(text).is_string()) << text;
  }
  EXPECT_GE(context.at("num_cpus").get<int>(), 1);
  EXPECT_TRUE(context.at("mhz_per_cpu").is_number_integer());
  EXPECT_TRUE(context.at("cpu_scaling_enabled").is_boolean());
  EXPECT_TRUE(context.at("caches").is_array());
  EXPECT_TRUE(context.at("load_avg").is_array());
  const std::string type = context.at("library_build_type");
  EXPECT_TRUE(type == "release" || type == "debug") << type;
  EXPECT_EQ(context.at("voxmark").at("dataFile"), "v.nii");
}

TEST(ResultFile, ABlockIsARowOfGoogleBenchmark) {
  const Json rows = jsonOf({measured()}).at("benchmarks");
  ASSERT_EQ(rows.size(), 2U);
  for (std::size_t n = 0; n < 2; ++n) {
    const Json& row = rows[n];
    EXPECT_EQ(row.at("name"), "load/nii/i16/4x4x4/warm");
    EXPECT_EQ(row.at("run_name"), "load/nii/i16/4x4x4/warm");
    EXPECT_EQ(row.at("run_type"), "iteration");
    EXPECT_EQ(row.at("repetitions"), 2);
    EXPECT_EQ(row.at("repetition_index"), n);
    EXPECT_EQ(row.at("threads"), 3);
    EXPECT_EQ(row.at("time_unit"), "ms");
    EXPECT_EQ(row.at("label"), "page cache: \"warm\" \xF0\x9F\x98\x80");
    EXPECT_FALSE(row.contains("error_occurred"));
    for (const auto& [key, value] : row.items()) EXPECT_FALSE(value.is_null() || value.is_structured()) << key;
  }
  EXPECT_EQ(rows[0].at("iterations"), 3);
  EXPECT_EQ(rows[0].at("real_time"), 3);
  EXPECT_EQ(rows[0].at("cpu_time"), 6);
  EXPECT_EQ(rows[1].at("iterations"), 1);
  EXPECT_EQ(rows[1].at("real_time"), 8);
}

TEST(ResultFile, CountersAreFlatNumbersARepetition) {
  const Json row = jsonOf({measured()}).at("benchmarks").at(0);
  EXPECT_DOUBLE_EQ(row.at("bytes_per_second"), 4096 / 0.003);
  EXPECT_DOUBLE_EQ(row.at("items_per_second"), 2 / 0.003);
  EXPECT_EQ(row.at("bytes_read"), 100);
  EXPECT_EQ(row.at("allocations"), 2);
  EXPECT_EQ(row.at("pool_high_water"), 65536);
  EXPECT_EQ(row.at("peak_rss"), 123456789);
  EXPECT_DOUBLE_EQ(row.at("stage_read_ms"), 0.5);
  EXPECT_FALSE(jsonOf({measured()}).at("benchmarks").at(1).contains("peak_rss"));
}

TEST(ResultFile, NumbersThatAreNotFiniteAreLeftOut) {
  RunResult result = measured();
  result.blocks = {blockOf({0}, {0})};
  const Json rows = jsonOf({result}).at("benchmarks");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_FALSE(rows[0].contains("bytes_per_second"));
  EXPECT_FALSE(rows[0].contains("items_per_second"));
  for (const auto& [key, value] : rows[0].items()) EXPECT_FALSE(value.is_null()) << key;
}

TEST(ResultFile, AScenarioThatDidNotRunIsARowWithItsError) {
  const Json rows =
      jsonOf({failed(RunStatus::Failed, "it ends"), failed(RunStatus::Skipped, "no device")}).at("benchmarks");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("error_occurred"), true);
  EXPECT_EQ(rows[0].at("error_message"), "failed: it ends");
  EXPECT_EQ(rows[1].at("error_message"), "skipped: no device");
  EXPECT_EQ(rows[0].at("name"), "normalise/zscore");
}

TEST(ResultFile, TextThatIsNoUtf8StillMakesJson) {
  const Json rows = jsonOf({failed(RunStatus::Failed, "bad \xFF byte")}).at("benchmarks");
  EXPECT_NE(rows[0].at("error_message").get<std::string>().find("bad"), std::string::npos);
}

TEST(ResultFile, ReadsBackWhatItWrote) {
  const TemporaryFolder folder;
  const std::string path = folder.file("r.json");
  writeResults(path, {measured(), failed(RunStatus::Failed, "it ends")}, "v.nii");
  EXPECT_EQ(folder.entries(), 1U);
  const auto back = readResults(path);
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[0].scenario.name, measured().scenario.name);
  EXPECT_EQ(back[0].scenario.threads, 3);
  EXPECT_EQ(back[0].status, RunStatus::Done);
  ASSERT_EQ(back[0].blocks.size(), 2U);
  EXPECT_EQ(back[0].blocks[0].medianMs(), 3);
  EXPECT_EQ(back[0].blocks[0].cpuMedianMs(), 6);
  EXPECT_EQ(back[0].blocks[1].medianMs(), 8);
  EXPECT_EQ(back[0].medianMs(), 5.5);
  EXPECT_EQ(back[1].status, RunStatus::Failed);
  EXPECT_TRUE(back[1].blocks.empty());
  EXPECT_NE(back[1].message.find("it ends"), std::string::npos);
}

TEST(ResultFile, ReadsGoogleBenchmarksOwnFiles) {
  const TemporaryFolder folder;
  // Repetitions of two benchmarks interleaved, in other units, with aggregates.
  const auto row = [](const char* name, const char* type, double time, const char* unit) {
    return Json{{"name", name}, {"run_name", name},  {"run_type", type}, {"iterations", 10},
                {"threads", 1}, {"real_time", time}, {"cpu_time", time}, {"time_unit", unit}};
  };
  Json file{{"context", Json::object()}};
  file["benchmarks"] = {row("a", "iteration", 2e6, "ns"), row("b", "iteration", 500, "us"),
                        row("a", "iteration", 4e6, "ns"), row("b", "iteration", 0.25, "s"),
                        row("a_mean", "aggregate", 3e6, "ns")};
  const auto back = readResults(folder.write("g.json", file.dump()));
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[0].scenario.name, "a");
  ASSERT_EQ(back[0].blocks.size(), 2U);
  EXPECT_DOUBLE_EQ(back[0].blocks[0].medianMs(), 2);
  EXPECT_DOUBLE_EQ(back[0].blocks[1].medianMs(), 4);
  ASSERT_EQ(back[1].blocks.size(), 2U);
  EXPECT_DOUBLE_EQ(back[1].blocks[0].medianMs(), 0.5);
  EXPECT_DOUBLE_EQ(back[1].blocks[1].medianMs(), 250);
}

TEST(ResultFile, WhatIsNoResultIsAnError) {
  const TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] { (void)readResults(folder.file("absent.json")); }), ErrorCode::NotFound);
  for (const char* text :
       {"", "{", "[]", "{}", "{\"benchmarks\": 5}", "{\"benchmarks\": [{}]}", "{\"benchmarks\": [{\"name\": \"a\"}]}",
        "{\"benchmarks\": [{\"name\": 7, \"real_time\": 1, \"cpu_time\": 1}]}",
        "{\"benchmarks\": [{\"name\": \"a\", \"real_time\": \"fast\", \"cpu_time\": 1}]}",
        "{\"benchmarks\": [{\"name\": \"a\", \"real_time\": 1, \"cpu_time\": 1, "
        "\"time_unit\": \"fortnight\"}]}"}) {
    EXPECT_EQ(errorOf([&] { (void)readResults(folder.write("bad.json", text)); }), ErrorCode::Format) << text;
  }
}

TEST(ResultFile, ReplacesAnOlderFileWhole) {
  const TemporaryFolder folder;
  const std::string path = folder.write("r.json", "older");
  writeResults(path, {measured()}, "v.nii");
  EXPECT_EQ(readResults(path).size(), 1U);
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(ResultFile, NothingIsLeftWhereItCannotBeWritten) {
  const TemporaryFolder folder;
  EXPECT_THROW(writeResults(folder.file("no/such/r.json"), {measured()}, "v.nii"), Error);
  std::filesystem::create_directories(folder.file("taken/inside"));
  EXPECT_THROW(writeResults(folder.file("taken"), {measured()}, "v.nii"), Error);
  EXPECT_EQ(folder.entries(), 1U);  // the folder alone, no part file beside it
}

}  // namespace
}  // namespace voxmark::profiling
