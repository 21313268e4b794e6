// What rounding must not decide: ties between voxels, overlays with headers in single precision, the last slice.
#include <cmath>
#include <limits>
#include <map>

#include <gtest/gtest.h>

#include "tests/render/phantom.h"
#include "ui/render/slice_image.h"
#include "ui/render/slice_layout.h"

namespace voxmark::render {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// The middle column and row lie on the border between two voxels: only the patient's own directions can decide.
TEST(SlicePrecision, OfAllOrientationsIsTheSameAlsoOnTheBordersBetweenVoxels) {
  std::map<std::string, Bytes> first;
  for (const VolumePtr& volume : testing::phantomInAllOrientations()) {
    for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
      for (const bool labels : {false, true}) {
        ViewsState views;
        views.crosshair = testing::phantomWorld(testing::kBrightVoxel);
        LayerDisplay display;
        display.window = {255, 127.5};
        display.interpolate = false;
        display.labels = labels;
        const SliceLayout layout = layoutOf(volume->geometry(), plane, views);
        const double mm = layout.extents[0] / static_cast<double>(volume->geometry().size[layout.axis[0]]);
        const PixelPlane pixels =
            pixelPlane(layout, {0, 0}, layout.planeThrough(views.crosshair), mm / 2, 83, 71, views.slab);
        const Bytes found = sliceImage(*volume, 0, gridIn(pixels, volume->geometry()), display);
        Bytes& expected = first[planeKey(plane) + (labels ? " labels" : "")];
        if (expected.empty()) expected = found;
        EXPECT_TRUE(found == expected) << orientationOf(volume->geometry()) << " " << planeKey(plane) << labels;
      }
    }
  }
}

TEST(SlicePrecision, RoundingInSinglePrecisionLeavesAnOverlayOnItsVoxels) {
  Geometry exact;
  exact.size = {200, 220, 180};
  const double c = std::cos(0.2), s = std::sin(0.2);
  ASSERT_TRUE(setAffine(exact, {0.7 * c, -0.7 * s, 0, 0.7 * s, 0.7 * c, 0, 0, 0, 1.3}, {-61.3, -70.1, 12.7}));
  Geometry rounded = exact;
  const auto single = [](double x) { return static_cast<double>(static_cast<float>(x)); };
  const Vec3 origin{single(-61.3), single(-70.1), single(12.7)};
  ASSERT_TRUE(setAffine(
      rounded, {single(0.7 * c), single(-0.7 * s), 0, single(0.7 * s), single(0.7 * c), 2e-7, 1e-7, 0, 1.3}, origin));
  const SliceLayout layout = layoutOf(exact, Plane::Axial, ViewsState{});
  const PixelPlane pixels = pixelPlane(layout, {0, 0}, layout.offsetOf(33), 0.21, 801, 799, {SlabMode::Maximum, 10});
  const SliceGrid grid = gridIn(pixels, rounded);
  EXPECT_EQ(grid.stepU[1], 0);
  EXPECT_EQ(grid.stepU[2], 0);
  EXPECT_EQ(grid.stepV[0], 0);
  EXPECT_EQ(grid.stepV[2], 0);
  EXPECT_EQ(grid.stepN[0], 0);
  EXPECT_EQ(grid.stepN[1], 0);
  EXPECT_EQ(grid.start[2], 33);
  // A turn that one sees stays one.
  ViewsState views;
  views.rotation = rotationAbout({1, 0, 0}, 0.01);
  const SliceLayout turnedLayout = layoutOf(exact, Plane::Axial, views);
  EXPECT_NE(gridIn(pixelPlane(turnedLayout, {0, 0}, 0, 0.21, 801, 799, {}), exact).stepV[2], 0);
}

TEST(SlicePrecision, FreeSlicesCoverTheEndsOfTheVolume) {
  ViewsState turned;
  turned.rotation = compose(rotationAbout({0, 0, 1}, 25), rotationAbout({1, 0.5, 0}, -35));
  Geometry geometry;
  geometry.size = {19, 23, 17};
  geometry.spacing = {0.9, 1.2, 2.1};
  for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
    const SliceLayout free = layoutOf(geometry, plane, turned);
    const double covered = static_cast<double>(free.count) * free.step;
    EXPECT_GE(covered, free.extents[2] - 1e-5);
    EXPECT_LT(covered, free.extents[2] + free.step);
  }
}

TEST(SlicePrecision, SlabsLeaveNanAsideWhateverTheirDirection) {
  VolumeInfo info;
  info.geometry.size = {20, 20, 20};
  info.pixelType = PixelType::F32;
  Volume volume(info);
  auto* to = reinterpret_cast<float*>(volume.mutableFrameData(0));
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  for (std::size_t n = 0; n < 8000; ++n) to[n] = n / 400 == 10 ? kNan : 100;
  for (const SlabMode mode : {SlabMode::Maximum, SlabMode::Minimum, SlabMode::Mean}) {
    for (const double degrees : {0.0, 3.0}) {
      ViewsState views;
      views.crosshair = {10, 10, 10};
      views.slab = {mode, 8};
      views.rotation = rotationAbout({1, 1, 0}, degrees);
      const SliceLayout layout = layoutOf(volume.geometry(), Plane::Axial, views);
      const PixelPlane pixels =
          pixelPlane(layout, {0, 0}, layout.planeThrough(views.crosshair), 0.5, 21, 21, views.slab);
      LayerDisplay display;
      display.window = {255, 127.5};
      const Bytes found = sliceImage(volume, 0, gridIn(pixels, volume.geometry()), display);
      for (std::size_t n = 0; n < found.size(); n += 4) {
        ASSERT_EQ(found[n], 100) << static_cast<int>(mode) << " " << degrees << " " << n / 4;
        ASSERT_EQ(found[n + 3], 255);
      }
    }
  }
}

}  // namespace
}  // namespace voxmark::render
