#include <QMenu>
#include <QSettings>

#include "tests/ui/tools_test.h"

namespace voxmark::testing {
namespace {

/// Which habits a person has brought along.
class Mouse : public ToolsTest {
 protected:
  /// Left-drags in the axial view and says what changed.
  [[nodiscard]] std::string changedBy(Driver::Button button, const QString& modifier = {}) {
    const Document before = document();
    const QPoint from = middle(Plane::Axial) + QPoint(20, 20);
    driver_.drag(view(Plane::Axial), from, from + QPoint(30, -24), button, modifier);
    const Document& after = document();
    std::string out;
    if (after.views.crosshair != before.views.crosshair) out += "crosshair ";
    if (after.active()->display.window != before.active()->display.window) out += "window ";
    if (state(after).zoom != state(before).zoom) return out + "zoom ";
    if (state(after).pan != state(before).pan) out += "pan ";
    return out;
  }
  static SliceViewState state(const Document& document) {
    const auto found = document.views.slices.find("axial");
    return found == document.views.slices.end() ? SliceViewState{} : found->second;
  }
  /// As the Tools menu does it.
  void choose(const char* preset) {
    window_->actions().find(QString("mouse.") + preset)->trigger();
    ASSERT_EQ(QSettings().value("mouse/preset").toString(), preset);
  }
  [[nodiscard]] bool shiftMovesTheCrosshair() {
    driver_.moveTo(view(Plane::Axial), middle(Plane::Axial) + QPoint(-30, -30));
    const Vec3 before = document().views.crosshair;
    driver_.moveHolding(view(Plane::Axial), middle(Plane::Axial) + QPoint(35, -25), "shift");
    return document().views.crosshair != before;
  }
  void expectWheel() {
    const auto slice = view(Plane::Axial)->slices().slice();
    driver_.wheel(view(Plane::Axial), middle(Plane::Axial), 1);
    EXPECT_EQ(view(Plane::Axial)->slices().slice(), slice + 1);
    const double zoom = state(document()).zoom;
    driver_.wheel(view(Plane::Axial), middle(Plane::Axial), 1, "ctrl");
    EXPECT_NEAR(state(document()).zoom, 1.2 * zoom, 1e-9);
  }
};

TEST_F(Mouse, AsInVoxmarkTheLeftButtonMovesTheCrosshair) {
  EXPECT_EQ(changedBy(Driver::Left), "crosshair ");
  EXPECT_EQ(changedBy(Driver::Left, "shift"), "window ");
  EXPECT_EQ(changedBy(Driver::Middle), "pan ");
  EXPECT_EQ(changedBy(Driver::Right), "zoom ");
  EXPECT_FALSE(shiftMovesTheCrosshair());
  expectWheel();
}

TEST_F(Mouse, AsInSlicerShiftAndMovingPlaceTheCrosshair) {
  choose("slicer");
  EXPECT_EQ(changedBy(Driver::Left), "window ");
  EXPECT_EQ(changedBy(Driver::Middle), "pan ");
  EXPECT_EQ(changedBy(Driver::Right), "zoom ");
  EXPECT_TRUE(shiftMovesTheCrosshair());
  expectWheel();
}

TEST_F(Mouse, DISABLED_AsInRadiologyTheLeftButtonSetsWindowAndLevel) {
  choose("radiology");
  EXPECT_EQ(changedBy(Driver::Left), "window ");
  EXPECT_EQ(changedBy(Driver::Left, "shift"), "crosshair ");
  EXPECT_EQ(changedBy(Driver::Middle), "pan ");
  EXPECT_EQ(changedBy(Driver::Right), "zoom ");
  expectWheel();
}

TEST_F(Mouse, TheChosenToolIsOnTheLeftButtonInEveryPreset) {
  for (const char* preset : {"voxmark", "slicer", "radiology"}) {
    choose(preset);
    take("h", "pan");
    EXPECT_EQ(changedBy(Driver::Left), "pan ");
    take("z", "zoom");
    EXPECT_EQ(changedBy(Driver::Left), "zoom ");
    take("2", "window");
    EXPECT_EQ(changedBy(Driver::Left), "window ");
  }
}

TEST_F(Mouse, DownLowersTheLevelUnlessTheUserTurnsItRound) {
  const auto levelAfter = [&] {
    const QPoint from = middle(Plane::Axial);
    const double before = active().display.window.level;
    driver_.drag(view(Plane::Axial), from, from + QPoint(0, 30), Driver::Left, "shift");
    return active().display.window.level - before;
  };
  EXPECT_LT(levelAfter(), 0);
  window_->actions().find("mouse.invertLevel")->trigger();
  EXPECT_GT(levelAfter(), 0);
}

TEST_F(Mouse, TheMenuTicksThePresetInUseWhoeverSetIt) {
  QSettings().setValue("mouse/preset", "radiology");
  Q_EMIT window_->actions().menu("mouse")->aboutToShow();
  EXPECT_TRUE(window_->actions().find("mouse.radiology")->isChecked());
  EXPECT_FALSE(window_->actions().find("mouse.voxmark")->isChecked());
  QSettings().setValue("mouse/preset", "no such preset");
  Q_EMIT window_->actions().menu("mouse")->aboutToShow();
  EXPECT_TRUE(window_->actions().find("mouse.voxmark")->isChecked());
}

TEST_F(Mouse, LinkedViewsZoomTogetherAndPanAlongTheirCommonDirection) {
  ASSERT_TRUE(document().views.linkedZoom);
  ui::SliceView* coronal = view(Plane::Coronal);
  driver_.drag(coronal, middle(Plane::Coronal), middle(Plane::Coronal) + QPoint(30, -16), Driver::Middle);
  const auto slices = document().views.slices;
  EXPECT_EQ(slices.at("axial").pan[0], slices.at("coronal").pan[0]);
  EXPECT_EQ(slices.at("sagittal").pan[1], slices.at("coronal").pan[1]);
  EXPECT_EQ(slices.at("axial").pan[1], 0);
  driver_.wheel(coronal, middle(Plane::Coronal), 2, "ctrl");
  EXPECT_NEAR(document().views.slices.at("sagittal").zoom, 1.44, 1e-9);
  window_->session().edit("Zoom alone", [](Document& d) { d.views.linkedZoom = false; });
  driver_.wheel(coronal, middle(Plane::Coronal), 2, "ctrl");
  EXPECT_NEAR(document().views.slices.at("sagittal").zoom, 1.44, 1e-9);
}

}  // namespace
}  // namespace voxmark::testing
