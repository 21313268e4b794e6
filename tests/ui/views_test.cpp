#include <cmath>

#include "tests/ui/window_test.h"

namespace voxmark::testing {
namespace {

using render::Plane;

class Views : public WindowTest {
 protected:
  void SetUp() override { open(sample()); }
  [[nodiscard]] const Vec3& crosshair() const { return document().views.crosshair; }
  [[nodiscard]] Vec3 crosshairVoxel() const { return worldToVoxel(active().volume->geometry(), crosshair()); }
  [[nodiscard]] QPoint middle(Plane plane) const { return view(plane)->rect().center(); }
  [[nodiscard]] SliceViewState state(const char* plane) const {
    const auto found = document().views.slices.find(plane);
    return found == document().views.slices.end() ? SliceViewState{} : found->second;
  }
  [[nodiscard]] bool drawn(const ui::SliceView* of, int frames) const {
    return waitFor([&] { return of->frames() > frames; });
  }
};

TEST_F(Views, AClickMovesTheCrosshairThereAndTheOtherViewsFollow) {
  ui::SliceView* axial = view(Plane::Axial);
  const QPoint at = middle(Plane::Axial) + QPoint(40, -30);
  const QPointF pixel = axial->toRenderer(at);
  const auto expected = axial->slices().worldAt(pixel.x(), pixel.y());
  ASSERT_TRUE(expected);
  driver_.click(axial, at);
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(crosshair()[a], (*expected)[a], 1e-9);
  const Vec3 voxel = crosshairVoxel();
  // Every view shows the slice on which the crosshair lies: its world position there is the crosshair again.
  for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
    const Vec3 there = view(plane)->slices().crosshairAtSlice(view(plane)->slices().slice());
    const Vec3 back = worldToVoxel(active().volume->geometry(), there);
    for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(back[a], voxel[a], 0.51);
  }
}

TEST_F(Views, LeftOnTheScreenIsThePatientsRight) {
  ui::SliceView* axial = view(Plane::Axial);
  driver_.click(axial, middle(Plane::Axial) - QPoint(60, 0));
  const double atLeft = crosshair()[0];
  driver_.click(axial, middle(Plane::Axial) + QPoint(60, 0));
  EXPECT_GT(crosshair()[0], atLeft);  // LPS: x grows towards the patient's left
  EXPECT_EQ(axial->slices().edgeLetters()[0], "R");
}

TEST_F(Views, TheWheelTurnsOneSliceANotch) {
  for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
    const auto before = view(plane)->slices().slice();
    driver_.wheel(view(plane), middle(plane), 2);
    EXPECT_EQ(view(plane)->slices().slice(), before + 2);
    driver_.wheel(view(plane), middle(plane), -3);
    EXPECT_EQ(view(plane)->slices().slice(), before - 1);
  }
}

TEST_F(Views, ControlAndWheelZoomAboutThePointer) {
  ui::SliceView* axial = view(Plane::Axial);
  const QPoint at = middle(Plane::Axial) + QPoint(50, 20);
  const QPointF pixel = axial->toRenderer(at);
  const auto before = axial->slices().worldAt(pixel.x(), pixel.y());
  driver_.wheel(axial, at, 2, "ctrl");
  EXPECT_NEAR(state("axial").zoom, 1.44, 1e-9);
  const auto after = axial->slices().worldAt(pixel.x(), pixel.y());
  ASSERT_TRUE(before && after);
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR((*before)[a], (*after)[a], 1e-6);
}

TEST_F(Views, TheMiddleButtonDragsAndTheRightOneZooms) {
  ui::SliceView* coronal = view(Plane::Coronal);
  const double mm = coronal->slices().mmPerPixel();
  driver_.drag(coronal, middle(Plane::Coronal), middle(Plane::Coronal) + QPoint(30, -16), Driver::Middle);
  EXPECT_NEAR(state("coronal").pan[0], 30 * mm, 1e-6);
  EXPECT_NEAR(state("coronal").pan[1], 16 * mm, 1e-6);
  driver_.drag(coronal, middle(Plane::Coronal), middle(Plane::Coronal) - QPoint(0, 40), Driver::Right);
  EXPECT_NEAR(state("coronal").zoom, std::pow(1.01, 40), 1e-6);
  driver_.key("r");
  EXPECT_EQ(state("coronal").zoom, 1);
  EXPECT_EQ(state("coronal").pan[0], 0);
}

TEST_F(Views, ShiftAndDragSetWindowAndLevelInOneUndoableStep) {
  const DisplayWindow before = active().display.window;
  driver_.drag(view(Plane::Axial), middle(Plane::Axial), middle(Plane::Axial) + QPoint(50, 30), Driver::Left, "shift");
  EXPECT_GT(active().display.window.width, before.width);
  EXPECT_LT(active().display.window.level, before.level);  // down lowers the level
  driver_.key("ctrl+z");
  EXPECT_EQ(active().display.window, before);
  driver_.key("ctrl+shift+z");
  EXPECT_GT(active().display.window.width, before.width);
  driver_.key("Escape");
  EXPECT_NEAR(active().display.window.width, before.width, 1e-9);
}

TEST_F(Views, TheStatusBarShowsPlaceAndValueUnderThePointer) {
  ui::SliceView* sagittal = view(Plane::Sagittal);
  const QPoint at = middle(Plane::Sagittal) + QPoint(12, 7);
  driver_.moveTo(sagittal, at);
  const QPointF pixel = sagittal->toRenderer(at);
  const auto world = sagittal->slices().worldAt(pixel.x(), pixel.y());
  ASSERT_TRUE(world);
  const Vec3 place = worldToVoxel(active().volume->geometry(), *world);
  const Index3 voxel{std::llround(place[0]), std::llround(place[1]), std::llround(place[2])};
  const QString text = window_->status().placeText();
  EXPECT_TRUE(text.contains(QString(" | %1 %2 %3 | ").arg(voxel[0]).arg(voxel[1]).arg(voxel[2]))) << text.toStdString();
  EXPECT_TRUE(text.contains(QString("value %1").arg(active().volume->valueAt(0, voxel, 0)))) << text.toStdString();
}

TEST_F(Views, DoubleClickShowsOneViewAndBringsTheOthersBack) {
  const Vec3 before = crosshair();
  driver_.click(view(Plane::Axial), middle(Plane::Axial) + QPoint(30, 40), Driver::Left, 2);
  EXPECT_TRUE(waitFor([&] { return !view(Plane::Sagittal)->isVisible(); }));
  EXPECT_EQ(crosshair(), before);
  EXPECT_TRUE(view(Plane::Axial)->isVisible());
  EXPECT_FALSE(window_->views().volume().isVisible());
  driver_.click(view(Plane::Axial), middle(Plane::Axial), Driver::Left, 2);
  EXPECT_TRUE(waitFor([&] { return view(Plane::Sagittal)->isVisible(); }));
}

TEST_F(Views, KeysChooseTheViewAndTurnSlices) {
  driver_.click(view(Plane::Coronal), middle(Plane::Coronal));
  const auto before = view(Plane::Coronal)->slices().slice();
  driver_.key("Up");
  EXPECT_EQ(view(Plane::Coronal)->slices().slice(), before + 1);
  driver_.key("Down");
  EXPECT_EQ(view(Plane::Coronal)->slices().slice(), before);
  driver_.key("s");
  EXPECT_TRUE(view(Plane::Sagittal)->isVisible());
  EXPECT_FALSE(view(Plane::Axial)->isVisible());
  driver_.key("F4");
  EXPECT_TRUE(view(Plane::Axial)->isVisible());
  driver_.key("x");
  EXPECT_FALSE(document().views.crosshairVisible);
  driver_.key("space");
  EXPECT_FALSE(document().views.annotations);
}

TEST_F(Views, TheCrosshairIsDrawnWhereItIs) {
  driver_.key("space");
  driver_.moveTo(window_.get(), QPoint(5, 5));
  ui::SliceView* axial = view(Plane::Axial);
  const auto picture = [&] {
    letRun(80);
    return axial->grabFramebuffer();
  };
  const QImage with = picture();
  driver_.key("x");
  const QImage without = picture();
  ASSERT_EQ(with.size(), without.size());
  std::vector<int> columns(static_cast<std::size_t>(with.width()));
  for (int y = 0; y < with.height(); ++y) {
    for (int x = 0; x < with.width(); ++x)
      columns[static_cast<std::size_t>(x)] += with.pixel(x, y) != without.pixel(x, y);
  }
  // The crosshair is in the middle of the volume, so the column that changed most is in the middle of the view.
  const auto most = std::max_element(columns.begin(), columns.end());
  EXPECT_GT(*most, with.height() / 2);
  EXPECT_NEAR(static_cast<double>(most - columns.begin()), with.width() / 2.0, 3.0);
}

TEST_F(Views, AllFourViewsShowTheVolume) {
  const auto brightPart = [](const QImage& image) {
    int bright = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) bright += qGray(image.pixel(x, y)) > 60 ? 1 : 0;
    }
    return static_cast<double>(bright) / (image.width() * image.height());
  };
  for (ui::SliceView* slice : window_->views().slices()) EXPECT_GT(brightPart(slice->grabFramebuffer()), 0.1);
  EXPECT_GT(brightPart(window_->views().volume().grabFramebuffer()), 0.03);
}

TEST_F(Views, TheVolumeTurnsUnderTheLeftButton) {
  ui::VolumeView& volume = window_->views().volume();
  const QImage before = volume.grabFramebuffer();
  driver_.drag(&volume, volume.rect().center(), volume.rect().center() + QPoint(80, 0));
  ASSERT_TRUE(settle());
  letRun(400);
  EXPECT_NE(volume.grabFramebuffer(), before);
}

}  // namespace
}  // namespace voxmark::testing
