#include "core/profiling/make_scenario.h"

#include <filesystem>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/profiling/catalogue.h"
#include "core/profiling/page_cache.h"
#include "core/profiling/runner.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::TemporaryFolder;

const Preset kTiny{"tiny", 1, 2, 2};

struct Rooms {
  SourceRegistry sources;
  BackendRegistry backends;
  Rooms() {
    addNativeReaders(sources);
    backends.add(makeCpuBackend());
  }
  /// Results of the scenarios of entries as in a scenario file.
  std::vector<RunResult> run(const std::string& entries, const std::string& path = "s.json") const {
    const auto specs = parseCatalogue(path, R"({"voxmarkScenarios": 1, "scenarios": [)" + entries + "]}");
    ScenarioList list = makeScenarios(specs, {}, {sources, backends});
    JobContext job;
    return runScenarios(list, kTiny, job);
  }
};

void expectAllDone(const std::vector<RunResult>& results, std::size_t count) {
  EXPECT_EQ(results.size(), count);
  for (const RunResult& result : results) {
    EXPECT_EQ(result.status, RunStatus::Done) << result.scenario.name << ": " << result.message;
    if (result.blocks.size() != 2U) throw std::runtime_error(result.scenario.name + " has not run");
    EXPECT_GT(result.medianMs(), 0) << result.scenario.name;
    EXPECT_EQ(result.blocks[0].counters.bytesRead, result.blocks[1].counters.bytesRead) << result.scenario.name;
  }
}

TEST(MakeScenario, FilesAreLoadedInEveryContainer) {
  const auto results = Rooms().run(R"({"kind": "load", "axes": {"shape": "20x18x16", "type": ["i16", "f32"],
    "container": ["nii", "nii_gz", "nrrd", "mha", "npy", "npz", "safetensors"]}})");
  expectAllDone(results, 14);
  EXPECT_EQ(results[0].scenario.bytes, 20U * 18 * 16 * 2);
  EXPECT_EQ(results[0].scenario.volumes, 1U);
}

TEST(MakeScenario, ReadingTheBoxAloneReadsLess) {
  const auto results = Rooms().run(R"({"kind": "crop", "axes": {"way": ["full", "first"], "shape": "64x64x64",
    "type": "i16", "container": "nii", "box": "16x16x16"}},
    {"kind": "crop", "axes": {"shape": "64x64x64", "type": "i16", "container": "nii_gz", "box": "16x16x16", "to": "f16"}})");
  expectAllDone(results, 3);
  EXPECT_EQ(results[0].scenario.bytes, 16U * 16 * 16 * 2);
  const auto metric = [&](std::size_t n, const char* key) { return results[n].blocks[0].metrics.at(key); };
  EXPECT_EQ(metric(0, "box_bytes"), 16 * 16 * 16 * 2);
  EXPECT_GE(metric(0, "read_amplification"), 64);
  EXPECT_LT(metric(1, "read_amplification"), 64.0 / 2);
  EXPECT_GE(metric(1, "read_amplification"), 1);
}

TEST(MakeScenario, SlicesOfEachPlane) {
  const auto results = Rooms().run(R"({"kind": "slice", "axes": {"plane": ["axial", "coronal", "sagittal"],
    "shape": "20x18x16", "type": "i16", "container": ["nii", "nii_gz"]}})");
  expectAllDone(results, 6);
  EXPECT_EQ(results[0].scenario.bytes, 20U * 18 * 2);
  EXPECT_EQ(results[2].scenario.bytes, 20U * 16 * 2);
  EXPECT_EQ(results[4].scenario.bytes, 18U * 16 * 2);
}

TEST(MakeScenario, OperationsMeetTheirDefinitions) {
  expectAllDone(Rooms().run(R"({"kind": "normalise", "axes": {"method": ["zscore", "minmax", "percentile:1,99",
    "window:400,300"], "shape": "24x22x20", "type": ["i16", "f32"]}},
    {"kind": "resample", "axes": {"interpolation": ["nearest", "linear", "cubic"], "shape": "24x22x20",
      "to": ["48x44x40", "12x11x10", "31x22x17"], "type": ["i16", "f32"]}},
    {"kind": "reorient", "axes": {"letters": ["RAS", "SPL", "ARI"], "shape": "24x22x20", "type": "i16"}},
    {"kind": "cast", "axes": {"type": "f32", "to": ["u8", "i16", "f16", "bf16", "f64"], "shape": "24x22x20"}},
    {"kind": "pipeline", "steps": [{"op": "crop", "region": [2, 3, 4, 10, 11, 12]}, {"op": "normalize",
      "method": "zscore"}, {"op": "cast", "type": "f16"}], "axes": {"name": "train", "shape": "24x22x20"}})"),
                8 + 18 + 3 + 5 + 1);
}

TEST(MakeScenario, PrecisionAndCastTellTheirError) {
  const auto results = Rooms().run(R"({"kind": "precision", "axes": {"to": ["f32", "f16", "bf16"],
    "shape": "24x22x20"}}, {"kind": "cast", "axes": {"type": "f32", "to": "i16", "shape": "24x22x20"}})");
  expectAllDone(results, 4);
  const auto error = [&](std::size_t n) { return results[n].blocks[0].metrics.at("max_error"); };
  EXPECT_GT(error(1), error(0));
  EXPECT_GT(error(2), error(1));
  EXPECT_LT(error(0), 1e-5);
  EXPECT_LT(error(2), 0.05);
  EXPECT_LE(error(3), 0.5);
  EXPECT_GT(error(3), 0.4);
  EXPECT_EQ(results[1].blocks[0].metrics.at("output_bytes"), 24 * 22 * 20 * 2);
}

TEST(MakeScenario, SavingIsReadBackAndCleanedUp) {
  const auto results = Rooms().run(R"({"kind": "save", "axes": {"shape": "20x18x16", "type": "i16",
    "container": ["nii", "nii_gz", "nrrd", "mha", "npz"]}},
    {"kind": "save", "axes": {"shape": "20x18x16", "type": "i16", "container": "nii_gz", "level": [0, 9]}})");
  expectAllDone(results, 7);
  EXPECT_EQ(results[0].blocks[0].metrics.at("file_bytes"), 352 + 20 * 18 * 16 * 2);
  EXPECT_LT(results[6].blocks[0].metrics.at("file_bytes"), results[5].blocks[0].metrics.at("file_bytes"));
  EXPECT_GE(results[0].blocks[0].counters.bytesWritten, 2U * 20 * 18 * 16 * 2);
}

TEST(MakeScenario, WithoutADeviceThereIsARowThatSaysSo) {
  const auto results = Rooms().run(R"({"kind": "transfer", "axes": {"shape": "8x8x8", "device": "cuda:0"}},
    {"kind": "load_to_device", "axes": {"shape": "8x8x8", "type": "i16", "device": "cuda:0"}},
    {"kind": "normalise", "axes": {"shape": "8x8x8", "type": "i16", "device": ["cuda:0", "cpu"]}},
    {"kind": "render", "axes": {"shape": "8x8x8"}})");
  ASSERT_EQ(results.size(), 5U);
  for (const std::size_t n : {0U, 1U, 2U, 4U}) {
    EXPECT_EQ(results[n].status, RunStatus::Skipped) << results[n].scenario.name;
    EXPECT_NE(results[n].message, "");
  }
  EXPECT_EQ(results[3].status, RunStatus::Done);
}

TEST(MakeScenario, DeviceScenariosRunOnTheProcessorToo) {
  expectAllDone(Rooms().run(R"({"kind": "transfer", "axes": {"shape": "8x8x8", "memory": ["pageable", "pinned"]}},
    {"kind": "load_to_device", "axes": {"shape": "8x8x8", "type": "i16"}})"),
                3);
}

TEST(MakeScenario, AColdReadIsProvenOrCalledWarm) {
  const auto results =
      Rooms().run(R"({"kind": "load", "axes": {"shape": "64x64x64", "type": "i16", "cache": "cold"}})");
  expectAllDone(results, 1);
  EXPECT_NE(results[0].scenario.name.find("/cold"), std::string::npos);
  const std::string& label = results[0].label;
  EXPECT_TRUE(label.rfind("cold: no page", 0) == 0 || label.rfind("warm: ", 0) == 0) << label;
}

TEST(MakeScenario, RealFilesGiveTheirShapeTypeAndContainer) {
  const TemporaryFolder folder;
  const Rooms rooms;
  testing::writeVolume(*testing::sampleVolume(PixelType::U16, 1, 2), folder.file("real.nii.gz"));
  const std::string file = R"(, "file": ")" + folder.file("real.nii.gz") + R"("})";
  const auto results = rooms.run(R"({"kind": "load")" + file + R"(, {"kind": "crop")" + file +
                                 R"(, {"kind": "resample")" + file + R"(, {"kind": "reorient")" + file);
  expectAllDone(results, 4);
  EXPECT_EQ(results[0].scenario.name, "load/nii_gz/u16/5x4x3/warm");
  EXPECT_EQ(results[0].scenario.volumes, 2U);
  EXPECT_EQ(results[1].scenario.name, "crop/first/nii_gz/u16/5x4x3/2x2x1");
  EXPECT_EQ(results[2].scenario.name, "resample/linear/u16/5x4x3/2x2x1/cpu");
}

TEST(MakeScenario, OtherProgramsAreTimedAsAWholeOrByWhatTheySay) {
  const auto results = Rooms().run(R"({"kind": "command", "axes": {"name": "whole"},
    "command": ["sh", "-c", "test -d {scratch} && test {threads} -ge 1"]},
    {"kind": "command", "axes": {"name": "own", "shape": "8x8x8", "type": "i16"}, "measure": "json",
     "command": ["sh", "-c", "cat {nii} > /dev/null && gzip -t {nii_gz} && test -f {volumes}/gz/input.nii.gz && echo hi && echo '{\"ms\": 4, \"processor\": 3, \"check\": \"a\"}' && echo '{\"ms\": 6, \"processor\": 5, \"check\": \"a\"}'"]})");
  expectAllDone(results, 2);
  EXPECT_EQ(results[1].medianMs(), 5);
  EXPECT_EQ(results[1].blocks[0].cpuMedianMs(), 4);
  EXPECT_EQ(results[1].label, "timed by itself");
  EXPECT_EQ(results[1].scenario.bytes, 1024U);
  EXPECT_GT(*results[0].blocks[0].peakRss, 0U);
}

TEST(MakeScenario, OtherProgramsThatFailAreFailedRows) {
  const auto results = Rooms().run(R"({"kind": "command", "axes": {"name": "a"}, "command": ["false"]},
    {"kind": "command", "axes": {"name": "b"}, "command": ["no-such-program-anywhere"]},
    {"kind": "command", "axes": {"name": "c"}, "command": ["true"], "measure": "json"},
    {"kind": "command", "axes": {"name": "d"}, "command": ["echo", "{colour}"]},
    {"kind": "command", "axes": {"name": "e"}, "command": ["sh", "-c", "echo '{\"ms\": 1, \"check\": '$$'}'"],
     "measure": "json"})");
  ASSERT_EQ(results.size(), 5U);
  for (const RunResult& result : results) {
    EXPECT_EQ(result.status, RunStatus::Failed) << result.scenario.name;
    EXPECT_NE(result.message, "") << result.scenario.name;
  }
  EXPECT_NE(results[3].message.find("{colour}"), std::string::npos) << results[3].message;
  EXPECT_NE(results[4].message.find("results differ"), std::string::npos) << results[4].message;
}

TEST(PageCache, KnowsWhatWasJustReadAndForgetsItWhenAsked) {
  const TemporaryFolder folder;
  const std::string path = folder.write("f", std::string(1 << 20, 'x'));
  EXPECT_EQ(residentShare(path), 1);
  const auto left = dropFromPageCache(path);
  if (left) {
    EXPECT_GE(*left, 0);
    EXPECT_LE(*left, 1);
    EXPECT_EQ(residentShare(path), left);
  }
  EXPECT_FALSE(residentShare(folder.file("absent")).has_value());
  EXPECT_FALSE(dropFromPageCache(folder.file("absent")).has_value());
}

}  // namespace
}  // namespace voxmark::profiling
