#include <QLabel>
#include <QMenu>
#include <QProcess>
#include <QTimer>
#include <QToolButton>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/ui/window_test.h"
#include "ui/panels/layout_button.h"
#include "ui/widgets/speed_hud.h"
#include "ui/widgets/speed_meter.h"

namespace voxmark::testing {
namespace {

using render::Plane;

class Layouts : public WindowTest {
 protected:
  void SetUp() override { open(sample()); }
  /// The views in sight: a s c for the planes, v for the volume, l for the lightbox.
  [[nodiscard]] std::string shown() const {
    std::string out;
    const ui::ViewsArea& views = window_->views();
    for (std::size_t n = 0; n < 3; ++n) {
      if (views.slices().at(n)->isVisible()) out += "asc"[n];
    }
    if (views.volume().isVisible()) out += 'v';
    if (views.lightbox().isVisible()) out += 'l';
    return out;
  }
  [[nodiscard]] const std::string& layout() const { return document().views.layout; }
  [[nodiscard]] ui::LightboxView& lightbox() const { return window_->views().lightbox(); }
  /// The lightbox, drawn.
  void showLightbox() {
    driver_.key("F7");
    ASSERT_TRUE(waitFor([&] { return lightbox().pictures() > 0 && lightbox().lightbox().cellCount() > 0; }));
  }
  /// The middle of a cell, in the widget.
  [[nodiscard]] QPoint middleOf(std::size_t cell) const {
    const auto& pane = lightbox().lightbox().cell(cell).pane;
    const double ratio = lightbox().devicePixelRatio();
    const QPointF at(pane[0] + pane[2] / 2.0, lightbox().pixelSize().height() - pane[1] - pane[3] / 2.0);
    return (at / ratio).toPoint();
  }
  [[nodiscard]] QPoint middle(Plane plane) const { return view(plane)->rect().center(); }
  [[nodiscard]] double sliceOf(const Vec3& world, std::size_t axis) const {
    return worldToVoxel(active().volume->geometry(), world)[axis];
  }
};

TEST_F(Layouts, KeysChooseThem) {
  EXPECT_EQ(shown(), "ascv");
  const std::pair<const char*, const char*> expected[] = {{"F5", "asc"}, {"F9", "ascv"}, {"F7", "l"}, {"a", "a"},
                                                          {"s", "s"},    {"c", "c"},     {"v", "v"},  {"F4", "ascv"}};
  for (const auto& [key, views] : expected) {
    driver_.key(key);
    EXPECT_TRUE(waitFor([&] { return shown() == views; }, 3000)) << key << ": " << shown();
  }
}

TEST_F(Layouts, ARowIsARowAndOneLargeViewIsLarge) {
  driver_.key("F5");
  letRun(60);
  for (const Plane plane : {Plane::Sagittal, Plane::Coronal}) {
    EXPECT_NEAR(view(plane)->width(), view(Plane::Axial)->width(), 2);
    EXPECT_EQ(view(plane)->mapTo(window_.get(), QPoint()).y(), view(Plane::Axial)->mapTo(window_.get(), QPoint()).y());
  }
  driver_.key("F9");
  letRun(60);
  EXPECT_GT(view(Plane::Axial)->width(), 2 * view(Plane::Coronal)->width());
  EXPECT_GT(view(Plane::Axial)->height(), 2 * view(Plane::Coronal)->height());
  EXPECT_EQ(view(Plane::Sagittal)->width(), view(Plane::Coronal)->width());
}

TEST_F(Layouts, TheButtonOfASmallViewMakesItTheLargeOne) {
  driver_.key("F9");
  letRun(60);
  const auto button = [&](const char* frame) { return child<QWidget>(frame)->findChild<QToolButton*>("makeLarge"); };
  EXPECT_FALSE(button("axialFrame")->isVisible()) << "it is large";
  driver_.click(button("coronalFrame"));
  EXPECT_TRUE(waitFor([&] { return view(Plane::Coronal)->width() > 2 * view(Plane::Axial)->width(); }, 3000));
  EXPECT_EQ(shown(), "ascv");
  EXPECT_EQ(layout(), "1+3:coronal");
  EXPECT_FALSE(button("coronalFrame")->isVisible());
  EXPECT_TRUE(window_->actions().find("view.largeCoronal")->isChecked());
  // A double click shows it alone, and brings the same arrangement back.
  driver_.click(view(Plane::Sagittal), middle(Plane::Sagittal), Driver::Left, 2);
  EXPECT_TRUE(waitFor([&] { return shown() == "s"; }, 3000));
  driver_.click(view(Plane::Sagittal), middle(Plane::Sagittal), Driver::Left, 2);
  EXPECT_TRUE(waitFor([&] { return layout() == "1+3:coronal"; }, 3000));
  EXPECT_EQ(documentFromJson(toJson(document())).views.layout, "1+3:coronal");
  driver_.key("ctrl+z");
  driver_.key("ctrl+z");
  driver_.key("ctrl+z");
  EXPECT_TRUE(waitFor([&] { return view(Plane::Axial)->width() > 2 * view(Plane::Coronal)->width(); }, 3000));
  driver_.key("F4");
  letRun(60);
  for (const char* frame : {"axialFrame", "sagittalFrame", "coronalFrame", "3dFrame"}) {
    EXPECT_FALSE(button(frame)->isVisible()) << frame;
  }
}

TEST_F(Layouts, KeysMakeEachViewTheLargeOne) {
  const QWidget* volume = &window_->views().volume();
  const std::pair<const char*, const QWidget*> expected[] = {{"F9", view(Plane::Axial)},
                                                             {"ctrl+F9", view(Plane::Sagittal)},
                                                             {"shift+F9", view(Plane::Coronal)},
                                                             {"ctrl+shift+F9", volume}};
  for (const auto& [key, large] : expected) {
    driver_.key(key);
    letRun(100);
    for (const QWidget* other :
         {static_cast<const QWidget*>(view(Plane::Axial)), static_cast<const QWidget*>(view(Plane::Coronal)), volume}) {
      if (other == large) continue;
      EXPECT_GT(large->height(), 2 * other->height()) << key;
    }
  }
}

TEST_F(Layouts, DoubleClickGoesBackToTheLayoutItCameFrom) {
  for (const char* key : {"F5", "F9"}) {
    driver_.key(key);
    const std::string before = layout();
    driver_.click(view(Plane::Coronal), middle(Plane::Coronal), Driver::Left, 2);
    EXPECT_TRUE(waitFor([&] { return shown() == "c"; }, 3000));
    driver_.click(view(Plane::Coronal), middle(Plane::Coronal), Driver::Left, 2);
    EXPECT_TRUE(waitFor([&] { return layout() == before; }, 3000)) << layout();
  }
}

TEST_F(Layouts, TheButtonOfAViewMaximisesItAndUndoBringsTheOthersBack) {
  driver_.key("F5");
  auto* button = child<QWidget>("sagittalFrame")->findChild<QToolButton*>("maximise");
  driver_.click(button);
  EXPECT_TRUE(waitFor([&] { return shown() == "s"; }, 3000));
  driver_.key("ctrl+z");
  EXPECT_TRUE(waitFor([&] { return shown() == "asc"; }, 3000));
  driver_.key("ctrl+shift+z");
  driver_.click(button);
  EXPECT_TRUE(waitFor([&] { return layout() == "row"; }, 3000));
}

TEST_F(Layouts, TheListInTheToolBarTicksTheOneThatIsShown) {
  auto* button = child<QToolButton>("layoutButton");
  QMenu* menu = button->menu();
  QAction* row = nullptr;
  std::string ticked;
  // An open menu keeps the click that opened it from returning, so what is done there is begun beforehand.
  QTimer::singleShot(500, menu, [&] {
    for (QAction* action : menu->actions()) {
      if (action->objectName() == "view.row") row = action;
      if (action->isChecked()) ticked += action->objectName().toStdString();
    }
    if (row != nullptr && menu->isVisible()) driver_.click(menu, menu->actionGeometry(row).center());
    menu->close();
  });
  driver_.click(button);
  ASSERT_TRUE(waitFor([&] { return row != nullptr; }, 3000));
  EXPECT_EQ(ticked, "view.quad");
  EXPECT_TRUE(waitFor([&] { return layout() == "row"; }, 3000));
  EXPECT_TRUE(row->isChecked());
}

TEST_F(Layouts, TheLightboxCoversTheVolumeAndTheWheelScrollsIt) {
  showLightbox();
  const LightboxSlices before = lightbox().lightbox().slices();
  EXPECT_EQ(before.step, 7);  // 140 slices in 20 cells
  EXPECT_EQ(before.first, 3);
  EXPECT_EQ(before.last(), 136);
  driver_.wheel(&lightbox(), middleOf(7), 2);
  EXPECT_EQ(lightbox().lightbox().slices().first, 5);
  driver_.wheel(&lightbox(), middleOf(7), -20);
  EXPECT_EQ(lightbox().lightbox().slices().first, 0);
  EXPECT_EQ(sliceOf(document().views.crosshair, 2), sliceOf(centreOf(active().volume->geometry()), 2));
  driver_.key("r");
  EXPECT_EQ(lightbox().lightbox().slices().first, 3);
}

TEST_F(Layouts, WithAStepOfItsOwnTheLightboxScrollsByRows) {
  window_->session().edit("Step", [](Document& d) { d.views.lightbox = {"coronal", 3, 4, 2}; });
  showLightbox();
  EXPECT_EQ(lightbox().lightbox().plane(), Plane::Coronal);
  const std::int64_t first = lightbox().lightbox().slices().first;
  driver_.click(&lightbox(), middleOf(0));
  driver_.key("Up");
  EXPECT_EQ(lightbox().lightbox().slices().first, first + 8);
  driver_.wheel(&lightbox(), middleOf(2), -1);
  EXPECT_EQ(lightbox().lightbox().slices().first, first);
}

TEST_F(Layouts, AClickInTheLightboxMovesTheCrosshairToThatSliceAndPlace) {
  showLightbox();
  const auto& cell = lightbox().lightbox().cell(12);
  const QPoint at = middleOf(12) + QPoint(15, -10);
  driver_.click(&lightbox(), at);
  const Vec3 voxel = worldToVoxel(active().volume->geometry(), document().views.crosshair);
  EXPECT_NEAR(voxel[2], 3 + 12 * 7, 1e-6);  // slices count towards superior, as k does in this file
  // 15 pixels right and 10 up of the cell's middle, which is the middle of the slice: towards left and anterior.
  const double mm = cell.slices().mmPerPixel();
  // In this file i grows towards the patient's right, j towards the front, 1 mm a voxel.
  EXPECT_NEAR(voxel[0], 61.5 - 15 * mm, 2 * mm);
  EXPECT_NEAR(voxel[1], 79.5 + 10 * mm, 2 * mm);
}

TEST_F(Layouts, ADoubleClickInTheLightboxShowsThatSliceAndComesBack) {
  showLightbox();
  const Vec3 before = worldToVoxel(active().volume->geometry(), document().views.crosshair);
  driver_.click(&lightbox(), middleOf(4) + QPoint(20, 5), Driver::Left, 2);
  ASSERT_TRUE(waitFor([&] { return shown() == "a"; }, 3000));
  EXPECT_EQ(view(Plane::Axial)->slices().slice(), 3 + 4 * 7);
  EXPECT_NEAR(sliceOf(document().views.crosshair, 0), before[0], 1e-4);
  EXPECT_NEAR(sliceOf(document().views.crosshair, 1), before[1], 1e-4);
  driver_.click(view(Plane::Axial), middle(Plane::Axial), Driver::Left, 2);
  EXPECT_TRUE(waitFor([&] { return shown() == "l"; }, 3000));
}

TEST_F(Layouts, WindowAndZoomAreThoseOfAllCells) {
  showLightbox();
  const DisplayWindow before = active().display.window;
  driver_.drag(&lightbox(), middleOf(6), middleOf(6) + QPoint(40, 20), Driver::Left, "shift");
  EXPECT_GT(active().display.window.width, before.width);
  EXPECT_LT(active().display.window.level, before.level);
  driver_.wheel(&lightbox(), middleOf(6), 3, "ctrl");
  letRun(100);
  const double mm = lightbox().lightbox().cell(0).slices().mmPerPixel();
  EXPECT_NEAR(document().views.slices.at("axial").zoom, 1.728, 1e-9);
  EXPECT_EQ(lightbox().lightbox().cell(19).slices().mmPerPixel(), mm);
}

TEST_F(Layouts, ZoomAndPanOfOneViewAreThoseOfAllUntilTheyAreParted) {
  ui::SliceView* axial = view(Plane::Axial);
  driver_.wheel(axial, middle(Plane::Axial), 2, "ctrl");
  driver_.drag(axial, middle(Plane::Axial), middle(Plane::Axial) + QPoint(24, 16), Driver::Middle);
  const auto zoom = [&](const char* plane) { return document().views.slices.at(plane).zoom; };
  for (const char* plane : {"axial", "sagittal", "coronal"}) EXPECT_NEAR(zoom(plane), 1.44, 1e-9);
  // The place in the middle of the axial view is in the middle of the others too, as far as they share its axes.
  const auto middleVoxel = [&](Plane plane) {
    const QSize size = view(plane)->pixelSize();
    const auto world = view(plane)->slices().worldAt(size.width() / 2.0, size.height() / 2.0);
    return worldToVoxel(active().volume->geometry(), *world);
  };
  EXPECT_NEAR(middleVoxel(Plane::Coronal)[0], middleVoxel(Plane::Axial)[0], 1e-4);
  EXPECT_NEAR(middleVoxel(Plane::Sagittal)[1], middleVoxel(Plane::Axial)[1], 1e-4);
  EXPECT_GT(std::abs(middleVoxel(Plane::Axial)[0] - 61.5), 1);
  driver_.key("shift+z");
  EXPECT_FALSE(document().views.linkedZoom);
  driver_.wheel(axial, middle(Plane::Axial), -1, "ctrl");
  EXPECT_NEAR(zoom("axial"), 1.2, 1e-9);
  EXPECT_NEAR(zoom("coronal"), 1.44, 1e-9);
}

/// Forty turns of the wheel that wait while the program is busy: all of them count, and few pictures are drawn.
TEST_F(Layouts, ABurstOfTheWheelIsDrawnOnceNotInAQueue) {
  ui::SliceView* axial = view(Plane::Axial);
  driver_.moveTo(axial, middle(Plane::Axial));
  ASSERT_TRUE(settle());
  const auto slice = axial->slices().slice();
  const int pictures = axial->pictures();
  constexpr int kTurns = 40;
  QProcess::execute("xdotool", {"click", "--repeat", QString::number(kTurns), "--delay", "1", "5"});  // blocks us
  ASSERT_TRUE(waitFor([&] { return axial->slices().slice() == slice - kTurns; }, 5000)) << axial->slices().slice();
  ASSERT_TRUE(settle());
  EXPECT_GE(axial->pictures() - pictures, 1);
  EXPECT_LE(axial->pictures() - pictures, kTurns / 8);
}

TEST_F(Layouts, TheLegendIsDrawnInTheSliceViews) {
  driver_.key("a");
  driver_.moveTo(window_.get(), QPoint(5, 5));
  letRun(150);
  const QImage without = view(Plane::Axial)->grabFramebuffer();
  driver_.key("shift+l");
  EXPECT_TRUE(document().views.legend);
  letRun(80);
  const QImage with = view(Plane::Axial)->grabFramebuffer();
  ASSERT_EQ(with.size(), without.size());
  // In a gray bar at the right edge the brightness grows from bottom to top.
  const int x = with.width() - 36;
  const int low = qGray(with.pixel(x, with.height() * 3 / 4));
  const int high = qGray(with.pixel(x, with.height() / 4));
  EXPECT_GT(high, low + 100);
  EXPECT_NE(with, without);
}

TEST_F(Layouts, TheSpeedIsShownAndComesToRest) {
  driver_.key("shift+f");
  ui::SliceView* axial = view(Plane::Axial);
  auto* hud = axial->findChild<ui::SpeedHud*>();
  ASSERT_NE(hud, nullptr);
  ASSERT_TRUE(hud->isVisible());
  driver_.wheel(axial, middle(Plane::Axial), 12);
  EXPECT_TRUE(waitFor([&] { return hud->text().contains("ms") && !hud->text().startsWith("0 "); }, 3000))
      << hud->text().toStdString();
  EXPECT_TRUE(waitFor([&] { return hud->text().startsWith("0 "); }, 4000)) << hud->text().toStdString();
  const int pictures = axial->pictures();
  letRun(600);
  EXPECT_EQ(axial->pictures(), pictures);  // the numbers ask for no pictures
  driver_.key("shift+f");
  EXPECT_FALSE(hud->isVisible());
}

TEST(SpeedMeter, CountsSlicesOfTheLastSecondAndAveragesTheirTime) {
  ui::SpeedMeter meter;
  EXPECT_FALSE(meter.msPerPicture(0));
  for (int n = 0; n < 30; ++n) meter.add(n * 100, n < 20 ? 8 : 4, n / 2);  // each slice twice, over three seconds
  EXPECT_EQ(meter.slicesPerSecond(2900), 5);
  EXPECT_DOUBLE_EQ(*meter.msPerPicture(2900), 4);
  EXPECT_EQ(meter.slicesPerSecond(9000), 0);
  EXPECT_DOUBLE_EQ(*meter.msPerPicture(9000), 4);
}

}  // namespace
}  // namespace voxmark::testing
