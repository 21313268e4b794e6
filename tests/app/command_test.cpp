// Runs the built program as a script would.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/app/run_program.h"

namespace {

namespace fs = std::filesystem;

using ::voxmark::testing::Outcome;
using ::voxmark::testing::runProgram;

class Commands : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("voxmark-app-test-" + std::to_string(getpid()));
    fs::create_directories(folder_);
    sample_ = std::string(std::getenv("VOXMARK_SOURCE_DIR")) + "/resources/sample/brain_t1.nii.gz";
  }
  void TearDown() override { fs::remove_all(folder_); }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
  std::string sample_;
};

TEST_F(Commands, InfoSaysWhatTheHeaderSays) {
  const Outcome outcome = runProgram("info --json " + sample_);
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json.at("size").size(), 3U);
  EXPECT_EQ(json.at("direction").size(), 9U);
  EXPECT_TRUE(json.at("warnings").is_array());
  EXPECT_EQ(json.at("orientation").get<std::string>().size(), 3U);
}

TEST_F(Commands, AFileIsNeverConvertedOntoItself) {
  fs::copy_file(sample_, at("s.nii.gz"));
  const auto before = fs::file_size(at("s.nii.gz"));
  fs::create_symlink(at("s.nii.gz"), at("link.nii.gz"));
  for (const char* out : {"s.nii.gz", "./s.nii.gz", "link.nii.gz"}) {
    const Outcome outcome = runProgram("convert " + at("s.nii.gz") + " " + at(out) + " --crop 1,1,1,9,9,9 --overwrite");
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    EXPECT_EQ(fs::file_size(at("s.nii.gz")), before);
  }
  const Outcome report = runProgram("convert " + sample_ + " " + at("o.nii") + " --report " + at("o.nii"));
  EXPECT_EQ(report.code, 2) << report.out;
}

TEST_F(Commands, AMistypedCommandIsNamed) {
  const Outcome outcome = runProgram("frobnicate");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.out.find("frobnicate"), std::string::npos) << outcome.out;
}

TEST_F(Commands, HalfPrecisionInNiftiWarnsOfOtherPrograms) {
  const Outcome outcome = runProgram("convert " + sample_ + " " + at("h.nii.gz") + " --crop 1,1,1,9,9,9 --type f16");
  EXPECT_EQ(outcome.code, 0) << outcome.out;
  EXPECT_NE(outcome.out.find("few programs"), std::string::npos) << outcome.out;
}

TEST_F(Commands, AScaleThatIsMultipliedOutIsSaid) {
  // 16-bit numbers with a slope of 0.5.
  const Outcome scaled = runProgram("convert " + sample_ + " " + at("i.nii") + " --crop 1,1,1,9,9,9 --type i16");
  ASSERT_EQ(scaled.code, 0) << scaled.out;
  {
    std::fstream file(at("i.nii"), std::ios::binary | std::ios::in | std::ios::out);
    const float slope = 0.5F;
    file.seekp(112);
    file.write(reinterpret_cast<const char*>(&slope), 4);
  }
  const Outcome kept = runProgram("convert " + at("i.nii") + " " + at("kept.nii.gz"));
  EXPECT_EQ(kept.code, 0) << kept.out;
  EXPECT_EQ(kept.out.find("warning"), std::string::npos) << kept.out;
  const Outcome spread = runProgram("convert " + at("i.nii") + " " + at("spread.npy"));
  EXPECT_EQ(spread.code, 0) << spread.out;
  EXPECT_NE(spread.out.find("stored multiplied out, as f32"), std::string::npos) << spread.out;
}

TEST_F(Commands, WhatTheDiskCannotHoldIsRefusedBeforeAnythingIsComputed) {
  for (const char* name : {"huge.nii", "huge.nii.gz", "huge.npy"}) {
    const Outcome outcome = runProgram("convert " + sample_ + " " + at(name) + " --shape 100000,100000,100000");
    EXPECT_EQ(outcome.code, 2) << outcome.out;
    EXPECT_NE(outcome.out.find("has no room on its disk (expected "), std::string::npos) << outcome.out;
    EXPECT_FALSE(fs::exists(at(name)));
  }
}

TEST_F(Commands, SettingsWithoutTheirStepAndReportsWithoutAPlaceAreRefusedAtOnce) {
  for (const char* stray : {"--interp nearest", "--fill 3", "--nonzero", "--mask m.nii",
                            "--spacing 2,2,2 --interp nearest --interp linear"}) {
    const Outcome outcome = runProgram("convert " + sample_ + " " + at("o.nii") + " " + stray);
    EXPECT_EQ(outcome.code, 2) << stray;
    EXPECT_NE(outcome.out.find("(expected "), std::string::npos) << outcome.out;
  }
  const Outcome report = runProgram("convert " + sample_ + " " + at("o.nii") + " --report " + at("none/r.json"));
  EXPECT_EQ(report.code, 2) << report.out;
  EXPECT_FALSE(fs::exists(at("o.nii")));
}

TEST_F(Commands, EachResamplingMayHaveAnInterpolationOfItsOwn) {
  const Outcome outcome = runProgram("convert " + sample_ + " " + at("o.nii") +
                                     " --crop 20,20,20,40,40,40 --shape 20,20,20 --interp nearest --shape 10,10,10"
                                     " --interp cubic --report " +
                                     at("r.json"));
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  std::ifstream written(at("r.json"));
  const auto report = nlohmann::json::parse(written);
  EXPECT_EQ(report["pipeline"]["steps"][1]["interpolation"], "nearest");
  EXPECT_EQ(report["pipeline"]["steps"][2]["interpolation"], "cubic");
}

TEST_F(Commands, ADifferenceOnAnotherGridLeavesOutWhatIsNotThere) {
  const Outcome cut = runProgram("convert " + sample_ + " " + at("part.nii") + " --crop 20,20,20,40,40,40");
  ASSERT_EQ(cut.code, 0) << cut.out;
  const Outcome outcome = runProgram("diff " + sample_ + " " + at("part.nii") + " --resample --json");
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  const auto found = nlohmann::json::parse(outcome.out);
  EXPECT_LT(found["maxAbs"].get<double>(), 0.01);
  EXPECT_GE(found["count"].get<int>(), 38 * 38 * 38);
  EXPECT_LE(found["count"].get<int>(), 40 * 40 * 40);
}

TEST_F(Commands, ConvertVerifiesAndReports) {
  for (const char* name : {"o.nii", "o.nii.gz", "o.nrrd", "o.mha"}) {
    const Outcome outcome =
        runProgram("convert " + sample_ + " " + at(name) +
                   " --crop 10,10,10,40,30,20 --normalize zscore --type f32 --verify --report " + at("r.json"));
    ASSERT_EQ(outcome.code, 0) << outcome.out;
    std::ifstream file(at("r.json"));
    const auto report = nlohmann::json::parse(file);
    EXPECT_TRUE(report.at("verified").get<bool>());
    EXPECT_EQ(report.at("pipeline").at("steps").size(), 3U);
    const auto stats = nlohmann::json::parse(runProgram("stats --json " + at(name)).out);
    EXPECT_EQ(stats.at("count").get<int>(), 40 * 30 * 20);
    EXPECT_NEAR(stats.at("mean").get<double>(), 0, 1e-5);
    EXPECT_NEAR(stats.at("std").get<double>(), 1, 1e-5);
  }
}

TEST_F(Commands, StepsRunInTheOrderGiven) {
  ASSERT_EQ(runProgram("convert " + sample_ + " " + at("a.nii") + " --shift 10 --scale 2 --type f32").code, 0);
  ASSERT_EQ(runProgram("convert " + sample_ + " " + at("b.nii") + " --scale 2 --shift 10 --type f32").code, 0);
  const auto a = nlohmann::json::parse(runProgram("stats --json " + at("a.nii")).out);
  const auto b = nlohmann::json::parse(runProgram("stats --json " + at("b.nii")).out);
  EXPECT_NEAR(a.at("min").get<double>() - b.at("min").get<double>(), 10, 1e-6);
}

TEST_F(Commands, AnExistingFileStaysUnlessToldOtherwise) {
  std::ofstream(at("o.nii")) << "mine";
  EXPECT_EQ(runProgram("convert " + sample_ + " " + at("o.nii")).code, 2);
  EXPECT_EQ(fs::file_size(at("o.nii")), 4U);
  EXPECT_EQ(runProgram("convert " + sample_ + " " + at("o.nii") + " --overwrite").code, 0);
}

TEST_F(Commands, ExitCodes) {
  EXPECT_EQ(runProgram("--help").code, 0);
  EXPECT_EQ(runProgram("devices").code, 0);
  EXPECT_EQ(runProgram("bench list").code, 0);
  EXPECT_EQ(runProgram("info " + at("absent.nii")).code, 2);
  EXPECT_EQ(runProgram("info --nonsense").code, 2);
  EXPECT_EQ(runProgram("convert " + sample_ + " " + at("o.xyz")).code, 2);
  EXPECT_EQ(runProgram("convert " + sample_ + " " + at("o.nii") + " --crop 0,0,0,9999,1,1").code, 2);
  EXPECT_EQ(runProgram("convert " + sample_ + " " + at("o.nii") + " --device cuda:7").code, 77);
  EXPECT_FALSE(fs::exists(at("o.nii")));
  EXPECT_EQ(runProgram("render " + sample_ + " --output " + at("o.png")).code, 2);  // no display
  EXPECT_EQ(runProgram(sample_).code, 2);                                           // no display
  const Outcome outcome = runProgram("info " + at("absent.nii"));
  EXPECT_EQ(outcome.out.rfind("voxmark: ", 0), 0U) << outcome.out;
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 1);
}

TEST_F(Commands, AWholeReadKeepsAnIndexUnlessToldNotTo) {
  ::setenv("VOXMARK_CACHE_DIR", at("cache").c_str(), 1);
  for (const char* arguments : {"--no-cache stats ", "stats --no-cache "}) {
    EXPECT_EQ(runProgram(arguments + sample_).code, 0);
    EXPECT_FALSE(fs::exists(at("cache")));
  }
  EXPECT_EQ(runProgram("stats " + sample_).code, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(at("cache") + "/gzip-index"), {}), 1);
  ::unsetenv("VOXMARK_CACHE_DIR");
}

TEST_F(Commands, BenchWritesGoogleBenchmarkRows) {
  const Outcome outcome = runProgram("bench run --preset quick --file " + sample_ + " --output " + at("b.json"));
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  std::ifstream file(at("b.json"));
  const auto json = nlohmann::json::parse(file);
  EXPECT_EQ(json.at("context").at("json_schema_version"), 1);
  ASSERT_EQ(json.at("benchmarks").size(), 60U);  // twelve scenarios of five blocks
  for (const auto& row : json.at("benchmarks")) {
    EXPECT_GT(row.at("real_time").get<double>(), 0);
    EXPECT_EQ(row.at("time_unit"), "ms");
    EXPECT_EQ(row.at("run_type"), "iteration");
  }
}

}  // namespace
