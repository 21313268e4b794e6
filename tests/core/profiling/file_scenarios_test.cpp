#include "core/profiling/file_scenarios.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/profiling/runner.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::errorOf;
using testing::sampleVolume;
using testing::TemporaryFolder;
using testing::writeVolume;

constexpr std::uint64_t kVoxels = 5 * 4 * 3;  // of sampleVolume
const Preset kTiny{"tiny", 1, 2, 2};

struct Registries {
  SourceRegistry sources;
  BackendRegistry backends;
  Registries() {
    addNativeReaders(sources);
    backends.add(makeCpuBackend(1));
  }
};

std::vector<std::string> namesOf(const ScenarioList& list) {
  std::vector<std::string> names;
  for (const auto& scenario : list) names.push_back(scenario->info().name);
  return names;
}

/// What the kernel has counted of this process's reads.
std::uint64_t bytesThatTheKernelRead() {
  std::ifstream file("/proc/self/io");
  std::string key;
  std::uint64_t value = 0;
  file >> key >> value;
  return key == "rchar:" ? value : 0;
}

TEST(FileScenarios, SayWhatTheyHandle) {
  const TemporaryFolder folder;
  const Registries with;
  writeVolume(*sampleVolume(PixelType::I16, 1, 3), folder.file("v.nii.gz"));
  const ScenarioList list = makeFileScenarios(folder.file("v.nii.gz"), "cpu", {}, with.sources, with.backends);
  EXPECT_EQ(list.size(), 11U);  // no renderer here
  for (const auto& scenario : list) {
    const std::string& kind = scenario->info().kind;
    const bool whole = kind != "crop" && kind != "slice";  // of the first frame
    EXPECT_EQ(scenario->info().bytes == kVoxels * 2 * 3, whole) << kind;
    EXPECT_EQ(scenario->info().volumes, whole ? 3U : 1U) << kind;
    EXPECT_GE(scenario->info().threads, 1);
    EXPECT_NE(scenario->info().name.find("i16/5x4x3"), std::string::npos) << scenario->info().name;
  }
  EXPECT_NE(list[0]->info().name.find("nii_gz"), std::string::npos);
}

TEST(FileScenarios, AreChosenByShellPatterns) {
  const TemporaryFolder folder;
  const Registries with;
  const std::string path = folder.file("v.nii");
  writeVolume(*sampleVolume(PixelType::U8), path);
  const auto chosen = [&](const std::vector<std::string>& patterns) {
    return namesOf(makeFileScenarios(path, "cpu", patterns, with.sources, with.backends));
  };
  EXPECT_EQ(chosen({"load"}).size(), 1U);
  EXPECT_EQ(chosen({"load*"}).size(), 1U);
  EXPECT_EQ(chosen({"load/*/cold"}).size(), 1U);  // only where it is asked for
  EXPECT_EQ(chosen({"normalise/*"}).size(), 2U);
  EXPECT_EQ(chosen({"*minmax*", "load"}).size(), 2U);
  EXPECT_EQ(chosen({"nothing"}).size(), 0U);
}

TEST(FileScenarios, NeedAFileAndADevice) {
  const TemporaryFolder folder;
  const Registries with;
  const auto make = [&](const std::string& path, const std::string& device) {
    (void)makeFileScenarios(path, device, {}, with.sources, with.backends);
  };
  EXPECT_EQ(errorOf([&] { make(folder.file("absent.nii"), "cpu"); }), ErrorCode::NotFound);
  writeVolume(*sampleVolume(PixelType::U8), folder.file("v.nii"));
  EXPECT_EQ(errorOf([&] { make(folder.file("v.nii"), "cuda:3"); }), ErrorCode::Device);
}

TEST(LoadScenario, ReadsEveryVoxelOnceAndTheCounterSaysWhatTheKernelSays) {
  const TemporaryFolder folder;
  const Registries with;
  JobContext job;
  for (const char* name : {"v.nii", "v.nrrd", "v.mha", "v.nii.gz"}) {
    writeVolume(*sampleVolume(PixelType::F32, 1, 2), folder.file(name));
    const ScenarioList list = makeFileScenarios(folder.file(name), "cpu", {"load"}, with.sources, with.backends);
    ASSERT_EQ(list.size(), 1U);
    list[0]->prepare(job);
    const std::uint64_t ownReading = [] {  // of /proc/self/io itself
      const std::uint64_t first = bytesThatTheKernelRead();
      return bytesThatTheKernelRead() - first;
    }();
    const auto before = trace::snapshot();
    const std::uint64_t kernelBefore = bytesThatTheKernelRead();
    list[0]->run(job);
    const std::uint64_t kernel = bytesThatTheKernelRead() - kernelBefore;
    const auto counted = trace::snapshot() - before;
    list[0]->check();
    list[0]->release();
    if (kernelBefore != 0) {
      EXPECT_EQ(counted.bytesRead + ownReading, kernel) << name;
    }
    const std::uint64_t voxelBytes = kVoxels * 4 * 2;
    const std::string_view container(name + 2);
    if (container == "nii.gz") {
      EXPECT_GE(counted.bytesInflated, voxelBytes + 352);  // the header is inflated, too
    } else if (container == "nrrd") {
      EXPECT_EQ(counted.bytesInflated, voxelBytes);
    } else {
      EXPECT_GE(counted.bytesRead, voxelBytes) << name;
      EXPECT_EQ(counted.bytesInflated, 0U) << name;
    }
    EXPECT_EQ(counted.bytesWritten, 0U);
  }
}

TEST(LoadScenario, NoticesAFileThatChangesMeanwhile) {
  const TemporaryFolder folder;
  const Registries with;
  const std::string path = folder.file("v.nii");
  writeVolume(*sampleVolume(PixelType::I16), path);
  ScenarioList list = makeFileScenarios(path, "cpu", {"load"}, with.sources, with.backends);
  JobContext job;
  list[0]->prepare(job);
  std::string bytes = testing::contentsOf(path);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  (void)folder.write("v.nii", bytes);
  list[0]->run(job);
  EXPECT_EQ(errorOf([&] { list[0]->check(); }), ErrorCode::Verification);
}

TEST(FileScenarios, RunOnATinyFileWithTheSameCountsInEveryBlock) {
  const TemporaryFolder folder;
  const Registries with;
  const std::string path = folder.file("v.nii");
  writeVolume(*sampleVolume(PixelType::I16, 1, 2), path);
  ScenarioList list = makeFileScenarios(path, "cpu", {}, with.sources, with.backends);
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results.size(), 11U);
  for (const RunResult& result : results) {
    ASSERT_EQ(result.status, RunStatus::Done) << result.scenario.name << ": " << result.message;
    ASSERT_EQ(result.blocks.size(), 2U);
    const auto& first = result.blocks[0].counters;
    const auto& second = result.blocks[1].counters;
    EXPECT_EQ(first.bytesRead, second.bytesRead) << result.scenario.name;
    EXPECT_EQ(first.bytesCopied, second.bytesCopied) << result.scenario.name;
    EXPECT_EQ(first.allocations, second.allocations) << result.scenario.name;
    const std::string& kind = result.scenario.kind;
    const bool reads = kind == "load" || kind == "crop" || kind == "slice";
    EXPECT_EQ(first.bytesRead > 0, reads) << result.scenario.name;  // others go from memory to memory
    EXPECT_EQ(first.bytesWritten > 0, kind == "save");
    EXPECT_EQ(first.uploads, 0U);
    EXPECT_GT(result.volumesPerSecond(), 0);
    if (kind == "load" || kind == "normalise") {
      EXPECT_DOUBLE_EQ(result.bytesPerSecond() / result.volumesPerSecond(), kVoxels * 2);
    }
  }
}

TEST(FileScenarios, AConstantVolumeCanBeNormalised) {
  const TemporaryFolder folder;
  const Registries with;
  VolumeInfo info;
  info.geometry.size = {4, 4, 4};
  info.pixelType = PixelType::U8;
  Volume constant(info);
  std::memset(constant.mutableFrameData(0), 9, 64);
  writeVolume(constant, folder.file("c.nii"));
  ScenarioList list = makeFileScenarios(folder.file("c.nii"), "cpu", {"normalise*"}, with.sources, with.backends);
  JobContext job;
  for (const RunResult& result : runScenarios(list, kTiny, job)) {
    EXPECT_EQ(result.status, RunStatus::Done) << result.message;
  }
}

TEST(FileScenarios, ADamagedFileFailsTheScenarioNotTheRun) {
  const TemporaryFolder folder;
  const Registries with;
  const std::string path = folder.file("v.nii.gz");
  writeVolume(*sampleVolume(PixelType::I16, 1, 2), path);
  std::string bytes = testing::contentsOf(path);
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 0x55);  // the checksum
  (void)folder.write("v.nii.gz", bytes);
  ScenarioList list = makeFileScenarios(path, "cpu", {}, with.sources, with.backends);
  JobContext job;
  const auto results = runScenarios(list, kTiny, job);
  ASSERT_EQ(results.size(), 11U);
  for (const RunResult& result : results) {
    EXPECT_EQ(result.status, RunStatus::Failed) << result.scenario.name;
    EXPECT_NE(result.message.find("v.nii.gz"), std::string::npos) << result.message;
  }
}

}  // namespace
}  // namespace voxmark::profiling
