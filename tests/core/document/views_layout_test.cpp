#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/document/layout_name.h"
#include "core/document/lightbox_slices.h"
#include "core/document/plane_angles.h"

namespace voxmark {
namespace {

TEST(Layout, AMaximisedViewGoesBackToWhereItCameFrom) {
  ViewsState views;
  for (const char* from : {"quad", "row", "1+3", "lightbox"}) {
    views.arrange(from);
    views.maximise("coronal");
    EXPECT_EQ(views.layout, "coronal");
    views.maximise("coronal");
    EXPECT_EQ(views.layout, from);
  }
}

TEST(Layout, GoingFromOneMaximisedViewToAnotherKeepsTheWayBack) {
  ViewsState views;
  views.arrange("row");
  views.maximise("axial");
  views.arrange("sagittal");
  views.maximise("sagittal");
  EXPECT_EQ(views.layout, "row");
}

TEST(Layout, OneLargeViewAmongSmallOnesIsNamedInTheLayout) {
  for (const char* view : {"axial", "sagittal", "coronal", "3d"}) {
    const std::string layout = layoutWithLarge(view);
    const auto& names = layoutNames();
    EXPECT_NE(std::find(names.begin(), names.end(), layout), names.end()) << layout;
    EXPECT_EQ(largeView(layout), view);
    ViewsState views;
    views.arrange(layout);
    views.maximise("sagittal");
    views.maximise("sagittal");
    EXPECT_EQ(views.layout, layout);
  }
  EXPECT_EQ(largeView("quad"), std::nullopt);
  EXPECT_EQ(layoutWithLarge("axial"), "1+3");  // as sessions have always said it
}

TEST(Lightbox, WithoutAStepTheCellsReachFromEndToEnd) {
  // 180 slices in 20 cells: every ninth; 9·19 = 171 of the 179 steps, the rest shared by both ends.
  const LightboxSlices some = lightboxSlices({"axial", 4, 5, 0}, 0, 180);
  EXPECT_EQ(some.step, 9);
  EXPECT_EQ(some.shown, 20);
  EXPECT_EQ(some.first, 4);
  EXPECT_EQ(some.last(), 175);
  const LightboxSlices few = lightboxSlices({"axial", 4, 5, 0}, 0, 7);
  EXPECT_EQ(few.step, 1);
  EXPECT_EQ(few.shown, 7);
  EXPECT_EQ(few.first, 0);
  EXPECT_EQ(lightboxSlices({"axial", 4, 5, 0}, 0, 0).shown, 0);
}

TEST(Lightbox, WithAStepItBeginsAboutTheMiddleAndScrollsToBothEnds) {
  const Lightbox box{"axial", 2, 3, 2};
  const LightboxSlices middle = lightboxSlices(box, 0, 100);
  EXPECT_EQ(middle.first, 44);  // 44 … 54
  EXPECT_EQ(middle.highest, 89);
  EXPECT_EQ(lightboxSlices(box, middle.scrollTo(60), 100).first, 60);
  EXPECT_EQ(lightboxSlices(box, middle.scrollTo(-5), 100).first, 0);
  EXPECT_EQ(lightboxSlices(box, middle.scrollTo(1000), 100).last(), 99);
}

TEST(Lightbox, NeverLeavesTheVolumeWhateverIsAskedFor) {
  for (const int rows : {-3, 0, 1, 7, 1000}) {
    for (const int step : {-1, 0, 1, 13, 100000}) {
      for (const std::int64_t scroll : {INT64_MIN, INT64_C(-5), INT64_C(0), INT64_C(9), INT64_MAX}) {
        for (const std::int64_t count : {1, 2, 19, 512}) {
          const LightboxSlices s = lightboxSlices({"axial", rows, 5, step}, scroll, count);
          EXPECT_GE(s.shown, 1);
          EXPECT_GE(s.first, 0);
          EXPECT_LT(s.last(), count);
        }
      }
    }
  }
}

const std::array<Vec3, 3> kPatient{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};

TEST(PlaneAngles, AreOneTurnAfterTheOther) {
  // 90° about x, then 90° about z: y goes to z and stays there; z goes to -y and then to x.
  const Rotation q = rotationOf({90, 0, 90}, kPatient);
  const Vec3 y = rotate(q, {0, 1, 0});
  const Vec3 z = rotate(q, {0, 0, 1});
  EXPECT_NEAR(y[2], 1, 1e-12);
  EXPECT_NEAR(z[0], 1, 1e-12);
  EXPECT_TRUE(rotationOf({0, 0, 0}, kPatient).none());
}

TEST(PlaneAngles, ComeBackAsTheyWereGiven) {
  const double c = std::cos(0.4);
  const double s = std::sin(0.4);
  const std::array<Vec3, 3> oblique{Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}};
  for (const auto& axes : {kPatient, oblique}) {
    for (const double a : {-170.0, -20.0, 0.0, 75.0}) {
      for (const double b : {-89.0, 0.0, 33.0}) {
        for (const double third : {-120.0, 0.0, 60.0}) {
          const auto back = anglesOf(rotationOf({a, b, third}, axes), axes);
          EXPECT_NEAR(back[0], a, 1e-9);
          EXPECT_NEAR(back[1], b, 1e-9);
          EXPECT_NEAR(back[2], third, 1e-9);
        }
      }
    }
  }
}

TEST(PlaneAngles, AtAQuarterTurnStillGiveTheSameRotation) {
  for (const double second : {90.0, -90.0}) {
    const Rotation q = rotationOf({20, second, 50}, kPatient);
    const Rotation again = rotationOf(anglesOf(q, kPatient), kPatient);
    for (const Vec3& axis : kPatient) {
      for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(rotate(q, axis)[n], rotate(again, axis)[n], 1e-6);
    }
  }
}

TEST(PlaneAngles, AreAboutTheAxesThatThePlanesFollow) {
  Document document;
  Layer layer;
  VolumeInfo info;
  const double c = std::cos(0.3);
  const double s = std::sin(0.3);
  info.geometry.size = {2, 2, 2};
  // i runs to the right (and somewhat back), j towards the head, k to the front: LPS columns.
  info.geometry.direction = {-c, 0, s, -s, 0, -c, 0, 1, 0};
  layer.volume = std::make_shared<const Volume>(info);
  document.layers.push_back(layer);
  const auto axes = alignedAxes(document);
  const std::array<Vec3, 3> expected{Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}};
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(axes[a][n], expected[a][n], 1e-12);
  }
  document.views.alignment = Alignment::Patient;
  EXPECT_EQ(alignedAxes(document), kPatient);
}

}  // namespace
}  // namespace voxmark
