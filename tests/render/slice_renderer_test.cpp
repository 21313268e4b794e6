#include "ui/render/slice_renderer.h"

#include <cmath>

#include <gtest/gtest.h>
#include <vtkCommand.h>
#include <vtkRenderer.h>

#include "tests/render/phantom.h"

namespace voxmark::render {
namespace {

using Letters = std::array<std::string, 4>;

ViewsState viewsAt(const Index3& lps) {
  ViewsState views;
  views.crosshair = testing::phantomWorld(lps);
  return views;
}

void expectNear(const Vec3& a, const Vec3& b) {
  for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(a[n], b[n], 1e-9);
}

TEST(SliceRenderer, NamesTheEdgesByConvention) {
  SliceRenderer axial(Plane::Axial);
  SliceRenderer sagittal(Plane::Sagittal);
  SliceRenderer coronal(Plane::Coronal);
  EXPECT_EQ(axial.edgeLetters(), (Letters{"R", "L", "A", "P"}));
  EXPECT_EQ(sagittal.edgeLetters(), (Letters{"A", "P", "S", "I"}));
  EXPECT_EQ(coronal.edgeLetters(), (Letters{"R", "L", "S", "I"}));
  ViewsState neurological;
  neurological.radiological = false;
  for (SliceRenderer* renderer : {&axial, &sagittal, &coronal}) renderer->setViews(neurological);
  EXPECT_EQ(axial.edgeLetters(), (Letters{"L", "R", "A", "P"}));
  EXPECT_EQ(sagittal.edgeLetters(), (Letters{"A", "P", "S", "I"}));
  EXPECT_EQ(coronal.edgeLetters(), (Letters{"L", "R", "S", "I"}));
}

TEST(SliceRenderer, IsEmptyWithoutAVolume) {
  const SliceRenderer renderer(Plane::Axial);
  EXPECT_EQ(renderer.slice(), 0);
  EXPECT_EQ(renderer.sliceCount(), 0);
  EXPECT_FALSE(renderer.worldAt(10, 10).has_value());
}

TEST(SliceRenderer, IsDrawnAgainWhileItLacksVoxels) {
  VolumeInfo info;
  info.geometry.size = {8, 8, 8};
  auto volume = std::make_shared<Volume>(info);
  std::fill_n(volume->mutableFrameData(0), 512, std::byte{9});
  const auto filled = std::make_shared<FilledSlices>(info.geometry.size, 1);
  volume->setFilled(filled);
  SliceRenderer renderer(Plane::Axial);
  renderer.setLayers({{volume, {}}});
  renderer.renderer()->InvokeEvent(vtkCommand::StartEvent);
  EXPECT_TRUE(renderer.voxelsChanged());
  filled->addWhole(0);
  renderer.renderer()->InvokeEvent(vtkCommand::StartEvent);
  EXPECT_FALSE(renderer.voxelsChanged());
}

TEST(SliceRenderer, CountsSlicesTowardsLeftPosteriorSuperiorInAnyOrientation) {
  for (const VolumePtr& volume : testing::phantomInAllOrientations()) {
    const std::array<Plane, 3> planes{Plane::Sagittal, Plane::Coronal, Plane::Axial};
    for (std::size_t a = 0; a < 3; ++a) {
      SliceRenderer renderer(planes[a]);
      renderer.setLayers({{volume, {}}});
      renderer.setViews(viewsAt({5, 7, 9}));
      EXPECT_EQ(renderer.sliceCount(), testing::kPhantomSize[a]);
      EXPECT_EQ(renderer.slice(), 5 + 2 * static_cast<std::int64_t>(a));
      Index3 moved{5, 7, 9};
      moved[a] = 20;
      expectNear(renderer.crosshairAtSlice(20), testing::phantomWorld(moved));
      moved[a] = testing::kPhantomSize[a] - 1;
      expectNear(renderer.crosshairAtSlice(1000), testing::phantomWorld(moved));
    }
  }
}

/// Without a window the view counts as 512 × 512 pixels.
TEST(SliceRenderer, KnowsWhereAPixelLies) {
  SliceRenderer renderer(Plane::Axial);
  renderer.setLayers({{testing::phantom("PSL", 3), {}}});
  renderer.setViews(viewsAt(testing::kBrightVoxel));
  const Vec3 middle = renderer.worldAt(256, 256).value();
  expectNear(middle, {testing::kPhantomOrigin[0] + 19.5, testing::kPhantomOrigin[1] + 23.5 * 1.1,
                      testing::kPhantomOrigin[2] + 11 * 1.4});
  const Vec3 upperRight = renderer.worldAt(356, 306).value();
  expectNear(upperRight, {middle[0] + 100 * renderer.mmPerPixel(), middle[1] - 50 * renderer.mmPerPixel(), middle[2]});
  // The taller side fits with a margin.
  EXPECT_GT(512 * renderer.mmPerPixel(), 48 * 1.1);
  EXPECT_LT(512 * renderer.mmPerPixel(), 48 * 1.1 * 1.15);
}

TEST(SliceRenderer, ZoomKeepsThePointUnderTheCursor) {
  SliceRenderer renderer(Plane::Coronal);
  renderer.setLayers({{testing::phantom("LPS", 0), {}}});
  ViewsState views = viewsAt(testing::kBrightVoxel);
  views.slices["coronal"] = {1.5, {4, -7}};
  renderer.setViews(views);
  const Vec3 before = renderer.worldAt(100, 400).value();
  const double mm = renderer.mmPerPixel();
  views.slices["coronal"] = renderer.zoomedAt(100, 400, 2);
  EXPECT_DOUBLE_EQ(views.slices["coronal"].zoom, 3);
  renderer.setViews(views);
  expectNear(renderer.worldAt(100, 400).value(), before);
  EXPECT_NEAR(renderer.mmPerPixel(), mm / 2, 1e-12);
}

TEST(SliceRenderer, PanMovesThePictureRightAndUp) {
  SliceRenderer renderer(Plane::Axial);
  renderer.setLayers({{testing::phantom("LPS", 0), {}}});
  ViewsState views = viewsAt(testing::kBrightVoxel);
  renderer.setViews(views);
  const Vec3 before = renderer.worldAt(256, 256).value();
  views.slices["axial"] = {1, {5, 3}};
  renderer.setViews(views);
  const double mm = renderer.mmPerPixel();
  expectNear(renderer.worldAt(256 + 5 / mm, 256 + 3 / mm).value(), before);
}

}  // namespace
}  // namespace voxmark::render
