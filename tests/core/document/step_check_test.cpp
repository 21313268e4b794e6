#include "core/document/step_check.h"

#include <gtest/gtest.h>

namespace voxmark {
namespace {

VolumeInfo input() {
  VolumeInfo info;
  info.geometry.size = {40, 30, 20};
  info.geometry.spacing = {1, 1, 2};
  info.pixelType = PixelType::I16;
  return info;
}

std::vector<PipelineStep> steps(const Pipeline& operations) {
  std::vector<PipelineStep> out;
  for (const Operation& operation : operations) out.push_back({operation, true, {}});
  return out;
}

TEST(StepCheck, SaysWhatEveryStepLeaves) {
  const auto checks = checkSteps(
      steps({Crop{{{1, 2, 3}, {10, 12, 14}}}, Normalize{}, FitShape{{16, 16, 16}, 0}, Cast{PixelType::F16}}), input());
  ASSERT_EQ(checks.size(), 4U);
  for (const StepCheck& one : checks) EXPECT_EQ(one.state, StepCheck::State::Fine);
  EXPECT_EQ(checks[0].output->geometry.size, (Index3{10, 12, 14}));
  EXPECT_EQ(checks[1].output->pixelType, PixelType::F32);
  EXPECT_EQ(checks[2].output->geometry.size, (Index3{16, 16, 16}));
  EXPECT_EQ(checks[3].output->pixelType, PixelType::F16);
}

TEST(StepCheck, TheReasonStandsAtTheStepThatDoesNotFit) {
  const auto checks = checkSteps(steps({Normalize{}, Crop{{{30, 0, 0}, {20, 10, 10}}}, Cast{PixelType::U8}}), input());
  EXPECT_EQ(checks[0].state, StepCheck::State::Fine);
  EXPECT_EQ(checks[1].state, StepCheck::State::Wrong);
  EXPECT_NE(checks[1].problem.find("40×30×20"), std::string::npos) << checks[1].problem;
  EXPECT_EQ(checks[2].state, StepCheck::State::Unknown);
}

TEST(StepCheck, WhatIsSwitchedOffIsLeftOut) {
  auto given = steps({Crop{{{30, 0, 0}, {20, 10, 10}}}, Cast{PixelType::U8}});
  given[0].enabled = false;
  const auto checks = checkSteps(given, input());
  EXPECT_EQ(checks[0].state, StepCheck::State::Disabled);
  EXPECT_EQ(checks[1].state, StepCheck::State::Fine);
}

TEST(StepCheck, WhatIsReferredToHasToBeLookedUpFirst) {
  Resample like;
  like.like = "other.nii";
  const auto given = steps({like, Cast{PixelType::F32}});
  EXPECT_TRUE(needsLookup(given[0].operation));
  EXPECT_EQ(checkSteps(given, input())[0].state, StepCheck::State::Unknown);
  like.grid = Geometry{{7, 8, 9}, {1, 1, 1}, {0, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const auto checks = checkSteps(given, input(), {like});
  EXPECT_EQ(checks[0].state, StepCheck::State::Fine);
  EXPECT_EQ(checks[1].output->geometry.size, (Index3{7, 8, 9}));
}

TEST(StepCheck, KnowsWhichStepsLeaveTheMeaningOfValues) {
  EXPECT_TRUE(keepsUnits({Crop{}, Resample{}, Clamp{}, Cast{}, Smooth{}, FitShape{}, Reorient{}, CropToMask{}}));
  EXPECT_FALSE(keepsUnits({Crop{}, Normalize{}}));
  EXPECT_FALSE(keepsUnits({ScaleShift{2, 0}}));
}

}  // namespace
}  // namespace voxmark
