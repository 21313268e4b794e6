#include "ui/render/mark_shapes.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/document/mark_geometry.h"
#include "tests/render/phantom.h"
#include "ui/render/mark_scene.h"

namespace voxmark::render {
namespace {

/// A view of the phantom at its bright voxel; without a window it counts as 512 × 512 pixels.
struct View {
  explicit View(Plane plane, const VolumePtr& volume = testing::phantom("PSL", 3)) : slices(plane) {
    slices.setLayers({{volume, {}}});
    views.crosshair = testing::phantomWorld(testing::kBrightVoxel);
    slices.setViews(views);
  }
  /// A place `right` and `up` pixels from the middle of the view, on the slice.
  [[nodiscard]] Vec3 at(double right, double up) const { return slices.worldAt(256 + right, 256 + up).value(); }
  void turn(int steps) {
    views.crosshair = slices.crosshairAtSlice(slices.slice() + steps);
    slices.setViews(views);
  }
  SliceRenderer slices;
  ViewsState views;
};

Mark lineOf(const Vec3& a, const Vec3& b) {
  Mark mark;
  mark.id = 4;
  mark.kind = MarkKind::Distance;
  mark.points = {a, b};
  return mark;
}

TEST(MarkShapes, ADistanceIsDrawnFromEndToEndWithItsLength) {
  const View view(Plane::Axial);
  const auto shape = shapeOf(lineOf(view.at(-60, 0), view.at(60, 80)), view.slices);
  ASSERT_TRUE(shape);
  ASSERT_EQ(shape->lines.size(), 1U);
  EXPECT_NEAR(shape->lines[0][0][0], 196, 1e-6);
  EXPECT_NEAR(shape->lines[0][1][1], 336, 1e-6);
  EXPECT_FALSE(shape->dim);
  char expected[32];
  std::snprintf(expected, sizeof expected, "%.1f mm", std::hypot(120, 80) * view.slices.mmPerPixel());
  EXPECT_EQ(shape->text, expected);
  EXPECT_NEAR(distanceTo(*shape, {256, 296}), 0, 1e-6);  // its middle
  EXPECT_NEAR(distanceTo(*shape, {196, 246}), 10, 1e-6);
  ASSERT_NE(gripAt(*shape, {318, 338}, 5), nullptr);
  EXPECT_EQ(gripAt(*shape, {318, 338}, 5)->grip.point, 1);
  EXPECT_EQ(gripAt(*shape, {256, 296}, 5), nullptr);
}

TEST(MarkShapes, FlatMarksStayOnTheirSliceAndAreDimWhereOtherPlanesCutThem) {
  View axial(Plane::Axial);
  const Mark mark = placedMark(MarkKind::Rectangle, {axial.at(-50, -120), axial.at(50, 120)}, axial.slices.axes());
  ASSERT_TRUE(shapeOf(mark, axial.slices));
  EXPECT_EQ(shapeOf(mark, axial.slices)->grips.size(), 8U);
  axial.turn(1);
  EXPECT_FALSE(shapeOf(mark, axial.slices));
  const View coronal(Plane::Coronal);
  const auto cut = shapeOf(mark, coronal.slices);
  ASSERT_TRUE(cut);
  EXPECT_TRUE(cut->dim);
  // A level line as long as the rectangle is wide.
  EXPECT_NEAR(cut->lines[0][0][1], cut->lines[0][1][1], 1e-6);
  const double mm = std::abs(cut->lines[0][0][0] - cut->lines[0][1][0]) * coronal.slices.mmPerPixel();
  EXPECT_NEAR(mm, 100 * axial.slices.mmPerPixel(), 1e-6);
}

TEST(MarkShapes, ABoxShowsItsSectionInEveryViewThatCutsIt) {
  View axial(Plane::Axial);
  const Vec3 crosshair = axial.views.crosshair;
  const auto pixel = axial.slices.pixelOf(crosshair).value();
  const double mm = axial.slices.mmPerPixel();
  const Vec3 a = axial.slices.worldAt(pixel[0] - 40, pixel[1] - 30).value();
  const Vec3 b = axial.slices.worldAt(pixel[0] + 40, pixel[1] + 30).value();
  const Mark box = placedMark(MarkKind::Box, {a, b}, axial.slices.axes());
  for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
    const View view(plane);
    const auto shape = shapeOf(box, view.slices);
    ASSERT_TRUE(shape);
    EXPECT_FALSE(shape->dim);
    ASSERT_EQ(shape->lines[0].size(), 5U);
    Pixel low{1e9, 1e9};
    Pixel high{-1e9, -1e9};
    for (const Pixel& at : shape->lines[0]) {
      for (std::size_t n = 0; n < 2; ++n) {
        low[n] = std::min(low[n], at[n]);
        high[n] = std::max(high[n], at[n]);
      }
    }
    const double across = plane == Plane::Sagittal ? 60 * mm : 80 * mm;
    EXPECT_NEAR((high[0] - low[0]) * view.slices.mmPerPixel(), across, 1e-6);
    EXPECT_NEAR((high[1] - low[1]) * view.slices.mmPerPixel(), 60 * mm, 1e-6);
    EXPECT_TRUE(encloses(*shape, view.slices.pixelOf(crosshair).value()));
    EXPECT_FALSE(encloses(*shape, {low[0] - 2, low[1]}));
  }
  axial.turn(20);
  EXPECT_FALSE(shapeOf(box, axial.slices));
}

TEST(MarkShapes, ACropEndsAtTheEdgesOfItsVoxelsInEveryOrientation) {
  for (const VolumePtr& volume : testing::phantomInAllOrientations()) {
    const View view(Plane::Axial, volume);
    const Geometry& geometry = volume->geometry();
    const Vec3 voxel = worldToVoxel(geometry, view.views.crosshair);
    Region region;
    for (std::size_t n = 0; n < 3; ++n) region.start[n] = std::llround(voxel[n]) - 3;
    region.size = {8, 8, 8};
    const auto shape = shapeOf(CropBox{1, region}, geometry, view.slices);
    ASSERT_TRUE(shape);
    ASSERT_EQ(shape->grips.size(), 8U);
    for (const GripPlace& place : shape->grips) {
      const Vec3 at = worldToVoxel(geometry, place.world);
      for (std::size_t n = 0; n < 3; ++n) {
        const double edge = static_cast<double>(region.start[n]) + (place.grip.side[n] > 0 ? 7.5 : -0.5);
        if (place.grip.side[n] != 0) {
          EXPECT_NEAR(at[n], edge, 1e-9);
        }
      }
    }
  }
}

TEST(MarkShapes, OnlyVisibleMarksAndCropsOfVolumesThatAreThereMakeTheScene) {
  Document document = testing::documentOf(testing::phantom("LPS", 0));
  document.marks = {lineOf({0, 0, 0}, {1, 1, 1}), lineOf({0, 0, 0}, {2, 2, 2})};
  document.marks[0].visible = false;
  document.crop = CropBox{99, {{0, 0, 0}, {1, 1, 1}}};
  EXPECT_EQ(markSceneOf(document).marks.size(), 1U);
  EXPECT_FALSE(markSceneOf(document).crop);
  document.crop->layer = document.layers[0].id;
  EXPECT_TRUE(markSceneOf(document).crop);
}

TEST(MarkShapes, NothingIsDrawnWithoutAVolumeOrPoints) {
  const SliceRenderer empty(Plane::Axial);
  EXPECT_FALSE(shapeOf(lineOf({0, 0, 0}, {1, 0, 0}), empty));
  EXPECT_FALSE(shapeOf(Mark{}, View(Plane::Axial).slices));
}

}  // namespace
}  // namespace voxmark::render
