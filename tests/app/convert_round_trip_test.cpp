// Converts the bundled files through every container, as a script would, and asks the program itself what came out.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "tests/app/run_program.h"
#include "tests/support/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

using ::voxmark::testing::Outcome;
using ::voxmark::testing::runCommand;
using ::voxmark::testing::runProgram;
using ::voxmark::testing::TemporaryFolder;

/// What the program prints as JSON, without the warnings that go to standard error.
Json answer(const std::string& arguments) {
  const Outcome outcome = runProgram(arguments + " 2>/dev/null");
  EXPECT_EQ(outcome.code, 0) << arguments << "\n" << outcome.out;
  return Json::parse(outcome.out, nullptr, false);
}

std::string bundled(const std::string& name) {
  return std::string(std::getenv("VOXMARK_SOURCE_DIR")) + "/tests/data/" + name;
}

/// Whether the program says that it writes files of that extension.
bool writes(const std::string& extension) {
  static const std::string listed =
      runProgram("convert " + bundled("nifti/one_voxel.nii") + " /nowhere/v.xyz").out + ")";
  return listed.find(" " + extension + " ") != std::string::npos ||
         listed.find(" " + extension + ")") != std::string::npos;
}

struct Content {
  Json info, stats;
  explicit Content(const std::string& path)
      : info(answer("info --json " + path)), stats(answer("stats --json --frame all --percentiles 10,50,90 " + path)) {}
};

void expectNear(const Json& a, const Json& b, double tolerance, const char* what) {
  ASSERT_EQ(a.type() == Json::value_t::null, b.type() == Json::value_t::null) << what;
  if (a.is_null()) return;
  if (a.is_array()) {
    ASSERT_EQ(a.size(), b.size()) << what;
    for (std::size_t n = 0; n < a.size(); ++n) expectNear(a[n], b[n], tolerance, what);
    return;
  }
  EXPECT_NEAR(a.get<double>(), b.get<double>(), tolerance) << what;
}

/// The same grid and the same values, but for what single precision in a header or of a scaled value rounds off.
void expectSame(const Content& before, const Content& after) {
  for (const char* exact : {"size", "frames", "components", "orientation"}) {
    EXPECT_EQ(before.info.at(exact), after.info.at(exact)) << exact;
  }
  for (const char* place : {"spacing", "origin", "direction"}) {
    expectNear(before.info.at(place), after.info.at(place), 1e-4, place);
  }
  EXPECT_EQ(before.stats.at("count"), after.stats.at("count"));
  EXPECT_EQ(before.stats.at("nonfinite"), after.stats.at("nonfinite"));
  const double range = before.stats.at("max").get<double>() - before.stats.at("min").get<double>();
  for (const char* value : {"min", "max", "mean", "std"}) {
    expectNear(before.stats.at(value), after.stats.at(value), 1e-6 * range, value);
  }
  for (const auto& [percent, value] : before.stats.at("percentiles").items()) {
    expectNear(value, after.stats.at("percentiles").at(percent), 1e-6 * range, percent.c_str());
  }
}

class Converting : public testing::Test {
 protected:
  [[nodiscard]] std::string at(const std::string& name) const { return folder_.file(name); }

 private:
  TemporaryFolder folder_;
};

/// Containers of the command line's contract that can be read again; the first four must be there, others may come.
constexpr std::array kContainers{".nii.gz", ".nrrd", ".mha", ".nii", ".hdr",
                                 ".nhdr",   ".mhd",  ".npz", ".npy", ".safetensors"};

class ConvertRoundTrip : public Converting, public testing::WithParamInterface<const char*> {};

/// From one container to the next, each step compared voxel by voxel with the one before, and the last with the first.
TEST_P(ConvertRoundTrip, KeepsGridAndValuesThroughEveryContainer) {
  const std::string input = bundled(GetParam());
  std::string last = input;
  for (std::size_t n = 0; n < kContainers.size(); ++n) {
    if (n >= 4 && !writes(kContainers[n])) continue;
    const std::string next = at("v" + std::to_string(n) + kContainers[n]);
    const Outcome outcome = runProgram("convert " + last + " " + next + " --verify");
    ASSERT_EQ(outcome.code, 0) << last << " to " << kContainers[n] << ": " << outcome.out;
    EXPECT_NE(outcome.out.find("verified"), std::string::npos) << outcome.out;
    last = next;
  }
  expectSame(Content(input), Content(last));
}

INSTANTIATE_TEST_SUITE_P(Bundled, ConvertRoundTrip,
                         testing::Values("nifti/sheared.nii", "nifti/scaled.nii.gz", "nifti/frames_be.nii",
                                         "nifti/rgb.nii", "nifti/nonfinite.nii", "nrrd/gzip_be.nrrd",
                                         "metaimage/oblique.mha", "dicom/ct_4"),
                         [](const auto& about) {
                           std::string name = about.param;
                           for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                           return name;
                         });

TEST_F(Converting, KeepsTheTypeAskedForOrSaysThatTheContainerCannotHoldIt) {
  for (const std::string extension : {".nii.gz", ".nrrd", ".mha"}) {
    for (const std::string type : {"i8", "u32", "i64", "f16"}) {
      const std::string out = at(type + extension);
      const Outcome converted =
          runProgram("convert " + bundled("nifti/le_v1_u1.nii") + " " + out + " --verify --type " + type);
      if (converted.code != 0) {
        EXPECT_EQ(type, "f16") << converted.out;
        EXPECT_EQ(converted.code, 2);
        EXPECT_EQ(converted.out.rfind("voxmark: ", 0), 0U) << converted.out;
        EXPECT_FALSE(fs::exists(out));
        continue;
      }
      EXPECT_EQ(answer("info --json " + out).at("pixelType"), type) << extension;
    }
  }
}

TEST_F(Converting, KeepsHeaderExtensionsThroughStepsButInNiftiAlone) {
  const Json before = answer("info --json " + bundled("nifti/extension.nii")).at("metadata");
  ASSERT_EQ(before.at("extension 1"), "comment (code 6), 24 bytes");
  for (const std::string name : {"o.nii", "o.nii.gz", "o.hdr", "o.nrrd", "o.mha"}) {
    const Outcome outcome =
        runProgram("convert " + bundled("nifti/extension.nii") + " " + at(name) + " --crop 1,1,1,4,4,4 --type f32");
    ASSERT_EQ(outcome.code, 0) << outcome.out;
    const Json after = answer("info --json " + at(name)).at("metadata");
    const bool nifti = name != "o.nrrd" && name != "o.mha";
    EXPECT_EQ(after.contains("extension 1"), nifti) << name;
    if (nifti) {
      EXPECT_EQ(after.at("extension 1"), before.at("extension 1")) << name;
    }
    // The text itself, too; a packed file does not show it.
    const bool shown = runCommand("grep -q 'a comment' " + at(name)).code == 0;
    if (name != "o.nii.gz") {
      EXPECT_EQ(shown, nifti) << name;
    }
  }
}

TEST_F(Converting, WritesTheTypesOfMachineLearning) {
  const std::string input = bundled("nifti/scaled.nii.gz");
  for (const auto& [name, type] : {std::pair{"v.npy", "f16"}, {"v.npz", "f16"}, {"v.safetensors", "bf16"}}) {
    const Outcome converted = runProgram("convert " + input + " " + at(name) + " --verify --type " + type);
    EXPECT_EQ(converted.code, 0) << converted.out;
    EXPECT_EQ(answer("info --json " + at(name)).at("pixelType"), type);
  }
  for (const std::string name : {"w.npy", "w.npz"}) {
    const Outcome refused = runProgram("convert " + input + " " + at(name) + " --type bf16");
    EXPECT_EQ(refused.code, 2);
    EXPECT_EQ(refused.out.rfind("voxmark: ", 0), 0U) << refused.out;
    EXPECT_FALSE(fs::exists(at(name)));
  }
}

TEST_F(Converting, TheReportDoesNotReplaceTheGeometryBesideAnArray) {
  const std::string out = at("v.npy");
  EXPECT_EQ(runProgram("convert " + bundled("nifti/one_voxel.nii") + " " + out + " --report " + out + ".json").code, 2);
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(Converting, RefusesADamagedFileInOneLineAndLeavesNothingBehind) {
  for (const char* name : {"nifti_truncated.nii", "nifti_lying_size.nii", "gzip_cut.nii.gz", "gzip_checksum.nii.gz",
                           "nrrd_lying_sizes.nrrd", "mha_truncated.mha", "dicom_truncated.dcm", "empty.nii"}) {
    const Outcome outcome = runProgram("convert " + bundled(std::string("malformed/") + name) + " " + at("out.nii"));
    EXPECT_EQ(outcome.code, 2) << name << ": " << outcome.out;
    EXPECT_EQ(outcome.out.rfind("voxmark: ", 0), 0U) << outcome.out;
    EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 1) << outcome.out;
    EXPECT_TRUE(fs::is_empty(at(""))) << name;
  }
}

}  // namespace
