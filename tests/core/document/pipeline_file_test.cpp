#include "core/document/pipeline_file.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

class PipelineFile : public ::testing::Test {
 protected:
  PipelineFile() { std::filesystem::create_directories(folder_); }
  ~PipelineFile() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& text) const { std::ofstream(at("steps.json")) << text; }
  [[nodiscard]] std::string refusal() const {
    try {
      (void)readPipeline(at("steps.json"));
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("voxmark-steps-" + std::to_string(::getpid()));
};

std::vector<PipelineStep> someSteps() {
  Resample resample;
  resample.spacing = Vec3{1, 1.25, 3};
  return {{Crop{{{1, 2, 3}, {4, 5, 6}}}, true, "the head"},
          {resample, true, {}},
          {Normalize{NormalizeMethod::Percentile, 0.5, 99.5, true}, false, {}},
          {Cast{PixelType::BF16}, true, "for the network"}};
}

TEST_F(PipelineFile, GivesBackStepsWithNamesAndSwitches) {
  savePipeline(someSteps(), at("steps.json"));
  EXPECT_EQ(readPipeline(at("steps.json")), someSteps());
}

TEST_F(PipelineFile, IsAPipelineWithoutWhatIsSwitchedOff) {
  savePipeline(someSteps(), at("steps.json"));
  std::ifstream file(at("steps.json"));
  const Pipeline pipeline = pipelineFromJson(nlohmann::json::parse(file));
  ASSERT_EQ(pipeline.size(), 3U);
  EXPECT_EQ(pipeline[2], Operation(Cast{PixelType::BF16}));
}

/// The files that steps name, in their order.
std::vector<std::string> filesOf(const std::vector<PipelineStep>& steps) {
  return {std::get<CropToMask>(steps[0].operation).file, std::get<Normalize>(steps[1].operation).mask,
          std::get<Resample>(steps[2].operation).like, std::get<HistogramMatch>(steps[3].operation).file};
}

TEST_F(PipelineFile, FilesThatStepsNameAreFoundFromItsFolderAndMoveWithIt) {
  Resample like;
  like.like = at("grid.nii");
  const std::vector<PipelineStep> steps{{CropToMask{at("mask.nii"), {}, {}}, true, {}},
                                        {Normalize{NormalizeMethod::ZScore, 0, 0, false, at("mask.nii")}, true, {}},
                                        {like, true, {}},
                                        {HistogramMatch{at("reference.nii"), {}, false}, true, {}}};
  savePipeline(steps, at("steps.json"));
  EXPECT_EQ(filesOf(readPipeline(at("steps.json"))), filesOf(steps));
  std::filesystem::create_directories(at("copy"));
  for (const char* name : {"copy/mask.nii", "copy/grid.nii"}) std::ofstream(at(name)) << "voxels";
  std::filesystem::rename(at("steps.json"), at("copy/steps.json"));
  EXPECT_EQ(
      filesOf(readPipeline(at("copy/steps.json"))),
      (std::vector<std::string>{at("copy/mask.nii"), at("copy/mask.nii"), at("copy/grid.nii"), at("reference.nii")}))
      << "what was not copied is where it was";
}

TEST_F(PipelineFile, RelativePathsAreMeantFromItsFolder) {
  std::filesystem::create_directories(at("masks"));
  std::ofstream(at("masks/brain.nii")) << "voxels";
  write(R"({"voxmarkPipeline": 1, "steps": [{"op": "cropToMask", "file": "masks/brain.nii"}]})");
  EXPECT_EQ(std::get<CropToMask>(readPipeline(at("steps.json"))[0].operation).file, at("masks/brain.nii"));
}

TEST_F(PipelineFile, SaysWhatIsWrongWithTheFile) {
  EXPECT_NE(refusal().find("no such file"), std::string::npos) << refusal();
  write("{ this is no JSON");
  EXPECT_NE(refusal().find("steps.json"), std::string::npos) << refusal();
  write(R"({"voxmarkPipeline": 1, "steps": [{"op": "fold"}]})");
  EXPECT_NE(refusal().find("fold"), std::string::npos) << refusal();
  write(R"({"voxmarkPipeline": 1, "steps": [{"op": "clamp", "range": [1, 2], "enabled": "no"}]})");
  EXPECT_NE(refusal().find("enabled"), std::string::npos) << refusal();
  write(R"({"voxmarkPipeline": 1, "steps": [17]})");
  EXPECT_FALSE(refusal().empty());
  write(R"([1, 2, 3])");
  EXPECT_FALSE(refusal().empty());
}

}  // namespace
}  // namespace voxmark
