#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>
#include <vtkCamera.h>
#include <vtkRenderer.h>

#include "tests/render/phantom.h"
#include "ui/render/transfer_presets.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::render {
namespace {

TEST(DisplayVolume, KeepsSmallVolumesAndTheirRange) {
  const VolumePtr volume = testing::phantom("PLS", 2);
  JobContext job;
  const DisplayVolumePtr display = makeDisplayVolume(*volume, 0, 64, job);
  EXPECT_EQ(display->reduction, 1);
  EXPECT_EQ(display->low, 0);
  EXPECT_EQ(display->high, 250);
  EXPECT_EQ(display->voxels->geometry(), volume->geometry());
  for (const Index3& voxel : {Index3{0, 0, 0}, Index3{24, 20, 18}, Index3{15, 12, 11}, Index3{36, 12, 11}}) {
    EXPECT_NEAR(display->voxels->valueAt(0, voxel), volume->valueAt(0, voxel), 0.003);
  }
  EXPECT_TRUE(std::is_sorted(display->percentiles.begin(), display->percentiles.end()));
  ASSERT_EQ(display->percentiles.size(), 7U);
}

TEST(DisplayVolume, AveragesBlocksAndLeavesOutNan) {
  VolumeInfo info;
  info.geometry.size = {4, 2, 2};
  info.geometry.spacing = {1, 2, 3};
  info.pixelType = PixelType::F32;
  info.scale = ValueScale(2, -1);
  Volume volume(info);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> stored{1, 2, 10, 10, 3, 4, 10, nan, 5, 6, 10, 10, 7, 8, nan, 10};
  std::memcpy(volume.mutableFrameData(0), stored.data(), stored.size() * sizeof(float));
  JobContext job;
  const DisplayVolumePtr display = makeDisplayVolume(volume, 0, 2, job);
  EXPECT_EQ(display->reduction, 2);
  EXPECT_EQ(display->voxels->geometry().size, (Index3{2, 1, 1}));
  EXPECT_EQ(display->voxels->geometry().spacing, (Vec3{2, 4, 6}));
  EXPECT_EQ(display->voxels->geometry().origin, (Vec3{0.5, 1, 1.5}));
  EXPECT_NEAR(display->voxels->valueAt(0, {0, 0, 0}), 2 * 4.5 - 1, 1e-3);
  EXPECT_NEAR(display->voxels->valueAt(0, {1, 0, 0}), 2 * 10 - 1, 1e-3);
}

TEST(DisplayVolume, StopsWhenCancelled) {
  const auto token = std::make_shared<CancelToken>();
  token->cancel();
  JobContext job(token, {});
  EXPECT_THROW((void)makeDisplayVolume(*testing::phantom("LPS", 0), 0, 64, job), Cancelled);
}

TEST(VolumeRenderer, SaysWhatItHasHadToDo) {
  JobContext job;
  const VolumePtr phantom = testing::phantom("LPS", 0);
  VolumeRenderer renderer;
  EXPECT_EQ(renderer.badge(), "");
  renderer.setVolume(makeDisplayVolume(*phantom, 0, 64, job));
  EXPECT_EQ(renderer.badge(), "CPU ray casting");
  renderer.setVolume(makeDisplayVolume(*phantom, 0, 24, job));
  EXPECT_EQ(renderer.badge(), "CPU ray casting · downsampled ×2");
  renderer.setVolume(nullptr);
  EXPECT_EQ(renderer.badge(), "");
}

TEST(VolumeRenderer, LooksFromTheFrontUprightAndMovesWithTheHand) {
  JobContext job;
  VolumeRenderer renderer;
  const VolumePtr phantom = testing::phantom("SPL", 6);
  renderer.setVolume(makeDisplayVolume(*phantom, 0, 64, job));
  vtkCamera* camera = renderer.renderer()->GetActiveCamera();
  const double* forward = camera->GetDirectionOfProjection();
  EXPECT_GT(forward[1], 0.8);  // towards posterior
  EXPECT_GT(camera->GetViewUp()[2], 0.8);
  const Vec3 centre = centreOf(phantom->geometry());
  for (int a = 0; a < 3; ++a) EXPECT_NEAR(camera->GetFocalPoint()[a], centre[static_cast<std::size_t>(a)], 1e-6);
  const double distance = camera->GetDistance();
  renderer.zoom(2);
  EXPECT_NEAR(camera->GetDistance(), distance / 2, 1e-9);
  renderer.pan(0, 50);
  EXPECT_LT(camera->GetFocalPoint()[2], centre[2]);  // the picture goes up, the camera down
  renderer.rotate(90, 0);
  EXPECT_LT(std::abs(camera->GetDirectionOfProjection()[1]), 0.6);
}

TEST(TransferPresets, GrowInValueAndTellCtFromMr) {
  JobContext job;
  const DisplayVolumePtr phantom = makeDisplayVolume(*testing::phantom("LPS", 0), 0, 64, job);
  DisplayVolume ct = *phantom;
  ct.low = -1024;
  ct.high = 3071;
  for (const std::string& name : volumePresets()) {
    LayerDisplay display;
    display.volumePreset = name;
    const TransferFunction function = transferFor(*phantom, display);
    ASSERT_GE(function.opacities.size(), 2U) << name;
    EXPECT_EQ(function.opacities.front().alpha, 0) << name;
    EXPECT_EQ(function.maximum, name == "MIP");
    for (std::size_t n = 1; n < function.opacities.size(); ++n) {
      EXPECT_GT(function.opacities[n].value, function.opacities[n - 1].value) << name;
    }
    for (std::size_t n = 1; n < function.colours.size(); ++n) {
      EXPECT_GT(function.colours[n].value, function.colours[n - 1].value) << name;
    }
  }
  LayerDisplay automatic;
  EXPECT_LT(transferFor(ct, automatic).opacities.front().value, -100);
  EXPECT_GT(transferFor(*phantom, automatic).opacities.front().value, 0);
}

}  // namespace
}  // namespace voxmark::render
