#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/ops/plan.h"

namespace voxmark {
namespace {

VolumeInfo brain() {
  VolumeInfo info;
  info.geometry.size = {10, 20, 30};
  info.geometry.spacing = {1, 2, 3};
  info.geometry.origin = {5, 6, 7};
  info.pixelType = PixelType::I16;
  return info;
}

TEST(Operations, CropMovesTheOriginAndKeepsTheType) {
  const VolumeInfo out = outputInfo(Crop{{{1, 2, 3}, {4, 5, 6}}}, brain());
  EXPECT_EQ(out.geometry.size, (Index3{4, 5, 6}));
  EXPECT_EQ(out.geometry.origin, (Vec3{6, 10, 16}));
  EXPECT_EQ(out.pixelType, PixelType::I16);
}

TEST(Operations, CropOutsideIsRefused) {
  EXPECT_THROW((void)outputInfo(Crop{{{8, 0, 0}, {4, 5, 6}}}, brain()), Error);
  EXPECT_THROW((void)outputInfo(Crop{{{0, 0, 0}, {0, 5, 6}}}, brain()), Error);
}

TEST(Operations, ReorientKeepsTheWorldPositionOfEveryVoxel) {
  const VolumeInfo in = brain();
  for (const char* letters : {"LPS", "RAS", "SAR", "PIR", "ILA"}) {
    const Plan steps = plan({Reorient{letters}}, in);
    EXPECT_EQ(orientationOf(steps.output.geometry), letters);
    const Index3 voxel{1, 2, 3};
    const Region from = inputRegion(steps.passes[0], {voxel, {1, 1, 1}});
    const auto continuous = [](const Index3& v) {
      return Vec3{static_cast<double>(v[0]), static_cast<double>(v[1]), static_cast<double>(v[2])};
    };
    const Vec3 a = voxelToWorld(steps.output.geometry, continuous(voxel));
    const Vec3 b = voxelToWorld(in.geometry, continuous(from.start));
    for (std::size_t axis = 0; axis < 3; ++axis) EXPECT_NEAR(a[axis], b[axis], 1e-9) << letters;
  }
}

TEST(Operations, JsonRoundTrip) {
  const Pipeline pipeline{Crop{{{1, 2, 3}, {4, 5, 6}}},
                          Reorient{"RAS"},
                          Normalize{NormalizeMethod::Percentile, 1, 99, true},
                          Normalize{NormalizeMethod::Window, 400, 40, false},
                          Clamp{-1, 1},
                          ScaleShift{2, 3},
                          Cast{PixelType::BF16}};
  EXPECT_EQ(pipelineFromJson(nlohmann::json::parse(toJson(pipeline).dump())), pipeline);
}

TEST(Operations, JsonErrorsNameTheField) {
  try {
    (void)operationFromJson({{"op", "crop"}, {"region", "all"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("region"), std::string::npos);
  }
  EXPECT_THROW((void)pipelineFromJson({{"steps", 3}}), Error);
}

TEST(Operations, CommandLineNotation) {
  EXPECT_EQ(parseCrop("1,2,3,4,5,6").region, (Region{{1, 2, 3}, {4, 5, 6}}));
  EXPECT_THROW((void)parseCrop("1,2,3,4,5"), Error);
  EXPECT_THROW((void)parseCrop("1,2,3,4,5,6.5"), Error);
  EXPECT_EQ(parseNormalize("percentile:1,99"), (Normalize{NormalizeMethod::Percentile, 1, 99, false}));
  EXPECT_THROW((void)parseNormalize("percentile"), Error);
  EXPECT_THROW((void)parseNormalize("zscore:1,2"), Error);
  EXPECT_THROW((void)parseCast("i17"), Error);
}

TEST(Plan, NeighbouringCropsBecomeOneBox) {
  const Plan steps = plan({Crop{{{1, 1, 1}, {8, 8, 8}}}, Crop{{{2, 2, 2}, {3, 3, 3}}}}, brain());
  EXPECT_EQ(steps.passes[0].inputRegion, (Region{{3, 3, 3}, {3, 3, 3}}));
}

TEST(Plan, ErrorsNameTheStep) {
  try {
    (void)plan({Normalize{}, Crop{{{0, 0, 0}, {99, 1, 1}}}}, brain());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).rfind("step 2 (crop)", 0), 0U) << error.what();
  }
}

}  // namespace
}  // namespace voxmark
