#include "tests/ui/tools_test.h"

#include <QInputDialog>
#include <QMenu>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <numbers>

#include "core/document/mark_size.h"

namespace voxmark::testing {
namespace {

class Tools : public ToolsTest {};

TEST_F(Tools, ADistanceIsDraggedAndMeasuredInMillimetres) {
  take("d", "distance");
  const QPoint a = middle(Plane::Axial) + QPoint(-60, 20);
  const QPoint b = middle(Plane::Axial) + QPoint(50, -35);
  const Vec3 worldA = worldAt(Plane::Axial, a);
  const Vec3 worldB = worldAt(Plane::Axial, b);
  drag(Plane::Axial, a, b);
  ASSERT_EQ(marks().size(), 1U);
  EXPECT_EQ(marks()[0].kind, MarkKind::Distance);
  expectNear(marks()[0].points[0], worldA, 1e-6);
  expectNear(marks()[0].points[1], worldB, 1e-6);
  EXPECT_NEAR(sizeOf(marks()[0]).length.value(), distance(worldA, worldB), 1e-6);
  EXPECT_EQ(document().selectedMark, marks()[0].id);
  driver_.key("ctrl+z");
  EXPECT_TRUE(marks().empty());
  driver_.key("ctrl+shift+z");
  EXPECT_EQ(marks().size(), 1U);
}

TEST_F(Tools, ADistanceIsClickedFromEndToEndAndShownWhileItGrows) {
  take("d", "distance");
  const QPoint a = middle(Plane::Coronal) + QPoint(-40, 10);
  const QPoint b = middle(Plane::Coronal) + QPoint(45, 30);
  driver_.moveTo(view(Plane::Coronal), b);
  letRun(50);
  const QImage before = view(Plane::Coronal)->grabFramebuffer();
  driver_.click(view(Plane::Coronal), a);
  driver_.moveTo(view(Plane::Coronal), b);
  letRun(50);
  EXPECT_TRUE(marks().empty());
  EXPECT_NE(view(Plane::Coronal)->grabFramebuffer(), before);
  driver_.click(view(Plane::Coronal), b);
  ASSERT_EQ(marks().size(), 1U);
  expectNear(marks()[0].points[1], worldAt(Plane::Coronal, b), 1e-6);
}

TEST_F(Tools, EscapeGivesUpAHalfDrawnMarkAndThenTheSelection) {
  take("d", "distance");
  const DisplayWindow window = active().display.window;
  driver_.click(view(Plane::Axial), middle(Plane::Axial));
  driver_.key("Escape");
  driver_.click(view(Plane::Axial), middle(Plane::Axial) + QPoint(60, 0));
  EXPECT_TRUE(marks().empty());  // a first point again
  driver_.key("Escape");
  drag(Plane::Axial, middle(Plane::Axial), middle(Plane::Axial) + QPoint(0, 50));
  ASSERT_TRUE(document().selectedMark);
  driver_.key("Escape");
  EXPECT_FALSE(document().selectedMark);
  EXPECT_EQ(marks().size(), 1U);
  EXPECT_EQ(active().display.window, window);
}

TEST_F(Tools, AMarkBegunInOneViewIsGivenUpForAnother) {
  take("d", "distance");
  driver_.click(view(Plane::Axial), middle(Plane::Axial));
  drag(Plane::Coronal, middle(Plane::Coronal), middle(Plane::Coronal) + QPoint(40, 0));
  driver_.click(view(Plane::Axial), middle(Plane::Axial) + QPoint(60, 40));
  ASSERT_EQ(marks().size(), 1U);
}

TEST_F(Tools, AnAngleTakesThreeClicks) {
  take("n", "angle");
  const QPoint vertex = middle(Plane::Axial);
  driver_.click(view(Plane::Axial), vertex + QPoint(80, 0));
  driver_.click(view(Plane::Axial), vertex);
  EXPECT_TRUE(marks().empty());
  driver_.click(view(Plane::Axial), vertex + QPoint(0, -80));
  ASSERT_EQ(marks().size(), 1U);
  EXPECT_NEAR(sizeOf(marks()[0]).angle.value(), 90, 1e-4);
}

TEST_F(Tools, APointAndALineProfileLieWhereTheyAreDrawn) {
  take("shift+p", "point");
  driver_.click(view(Plane::Sagittal), middle(Plane::Sagittal) + QPoint(15, 9));
  take("l", "profile");
  drag(Plane::Sagittal, middle(Plane::Sagittal) + QPoint(-50, 30), middle(Plane::Sagittal) + QPoint(50, 40));
  ASSERT_EQ(marks().size(), 2U);
  EXPECT_EQ(marks()[0].kind, MarkKind::Point);
  expectNear(marks()[0].points[0], worldAt(Plane::Sagittal, middle(Plane::Sagittal) + QPoint(15, 9)), 1e-6);
  EXPECT_EQ(marks()[1].kind, MarkKind::Profile);
  EXPECT_NE(marks()[0].name, marks()[1].name);
}

TEST_F(Tools, RegionsSpanWhatIsDraggedAndTheBoxIsAsDeepAsItsShorterSide) {
  const double mm = view(Plane::Axial)->slices().mmPerPixel();
  const QPoint from = middle(Plane::Axial) - QPoint(40, 30);
  const QPoint to = middle(Plane::Axial) + QPoint(40, 30);
  for (const auto& [key, name, kind] : {std::tuple{"u", "rectangle", MarkKind::Rectangle},
                                        {"o", "ellipse", MarkKind::Ellipse},
                                        {"b", "box", MarkKind::Box}}) {
    take(key, name);
    drag(Plane::Axial, from, to);
    ASSERT_FALSE(marks().empty());
    const Mark& mark = marks().back();
    EXPECT_EQ(mark.kind, kind);
    const MarkSize size = sizeOf(mark);
    EXPECT_NEAR(size.width.value(), 80 * mm, 1e-4);
    EXPECT_NEAR(size.height.value(), 60 * mm, 1e-4);
    EXPECT_NEAR(size.depth.value_or(0), kind == MarkKind::Box ? 60 * mm : 0, 1e-4);
    driver_.key("Delete");
    EXPECT_TRUE(marks().empty());
  }
}

TEST_F(Tools, ABoxIsEditedInAnotherView) {
  take("b", "box");
  drag(Plane::Axial, middle(Plane::Axial) - QPoint(50, 40), middle(Plane::Axial) + QPoint(50, 40));
  ASSERT_EQ(marks().size(), 1U);
  const MarkSize before = sizeOf(marks()[0]);
  take("1", "crosshair");
  // Its upper side in the coronal view.
  const Vec3 crosshair = document().views.crosshair;
  Vec3 top = crosshair;
  top[2] += *before.depth / 2;
  const QPoint grip = pointOf(Plane::Coronal, top);
  drag(Plane::Coronal, grip, grip - QPoint(0, 25));
  const double mm = view(Plane::Coronal)->slices().mmPerPixel();
  const MarkSize after = sizeOf(marks()[0]);
  EXPECT_NEAR(*after.depth, *before.depth + 25 * mm, 0.6 * mm);
  EXPECT_NEAR(*after.width, *before.width, 1e-6);
  EXPECT_NEAR(*after.height, *before.height, 1e-6);
  EXPECT_EQ(document().views.crosshair, crosshair);
  driver_.key("ctrl+z");
  EXPECT_NEAR(*sizeOf(marks()[0]).depth, *before.depth, 1e-9);
}

TEST_F(Tools, AMarkIsSelectedDraggedByItsLineAndByItsEndEachInOneStep) {
  take("d", "distance");
  const QPoint a = middle(Plane::Axial) + QPoint(-60, 0);
  const QPoint b = middle(Plane::Axial) + QPoint(60, 0);
  drag(Plane::Axial, a, b);
  take("1", "crosshair");
  driver_.key("Escape");
  ASSERT_FALSE(document().selectedMark);
  const Mark before = marks().at(0);
  const Vec3 crosshair = document().views.crosshair;
  const QPoint line = middle(Plane::Axial) + QPoint(30, 1);
  driver_.click(view(Plane::Axial), line);
  EXPECT_EQ(document().selectedMark, before.id);
  EXPECT_EQ(document().views.crosshair, crosshair);
  drag(Plane::Axial, line, line + QPoint(10, 24));
  const Vec3 moved = worldAt(Plane::Axial, b + QPoint(10, 24));
  expectNear(marks()[0].points[1], moved, 1e-6);
  drag(Plane::Axial, b + QPoint(10, 24), b + QPoint(-20, 60));
  expectNear(marks()[0].points[1], worldAt(Plane::Axial, b + QPoint(-20, 60)), 1.0);
  expectNear(marks()[0].points[0], worldAt(Plane::Axial, a + QPoint(10, 24)), 1e-6);
  driver_.key("ctrl+z");
  expectNear(marks()[0].points[1], moved, 1e-6);
  driver_.key("ctrl+z");
  EXPECT_EQ(marks()[0].points, before.points);
}

TEST_F(Tools, TheMenuOfAMarkRenamesHidesAndDeletes) {
  take("o", "ellipse");
  drag(Plane::Axial, middle(Plane::Axial) - QPoint(50, 30), middle(Plane::Axial) + QPoint(50, 30));
  ASSERT_EQ(marks().size(), 1U);
  const QPoint edge = middle(Plane::Axial) + QPoint(0, 30);
  const auto choose = [&](const char* key) {
    driver_.click(view(Plane::Axial), edge, Driver::Right);
    ASSERT_TRUE(waitFor([] { return dynamic_cast<QMenu*>(QApplication::activePopupWidget()) != nullptr; }, 5000));
    driver_.key(key);
    letRun(30);
  };
  choose("r");
  auto* ask = dialog<QInputDialog>();
  driver_.key("ctrl+a");
  driver_.type("Ventricle");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return ask == nullptr || marks()[0].name == "Ventricle"; }, 5000));
  EXPECT_EQ(marks()[0].name, "Ventricle");
  driver_.focus(window_.get());
  choose("h");
  EXPECT_FALSE(marks()[0].visible);
  driver_.key("ctrl+z");
  EXPECT_TRUE(marks()[0].visible);
  choose("d");
  EXPECT_TRUE(marks().empty());
}

TEST_F(Tools, MarksStayOnTheirSlice) {
  take("u", "rectangle");
  drag(Plane::Axial, middle(Plane::Axial) - QPoint(60, 60), middle(Plane::Axial) + QPoint(60, 60));
  ASSERT_EQ(marks().size(), 1U);
  driver_.key("x");  // no crosshair
  const auto pixels = [&] {
    letRun(60);
    const QImage picture = view(Plane::Axial)->grabFramebuffer();
    int coloured = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        const QColor colour = picture.pixelColor(x, y);
        coloured += colour.saturation() > 100 && colour.value() > 150 ? 1 : 0;
      }
    }
    return coloured;
  };
  EXPECT_GT(pixels(), 500);
  driver_.wheel(view(Plane::Axial), middle(Plane::Axial), 1);
  EXPECT_LT(pixels(), 20);
  driver_.wheel(view(Plane::Axial), middle(Plane::Axial), -1);
  EXPECT_GT(pixels(), 500);
}

TEST_F(Tools, RotatingTurnsThePlanesAboutTheCrosshairInOneStep) {
  take("t", "rotate");
  const QPoint centre = pointOf(Plane::Axial, document().views.crosshair);
  const auto axes = view(Plane::Axial)->slices().axes();
  driver_.drag(view(Plane::Axial), centre + QPoint(100, 0), centre + QPoint(71, -71));
  EXPECT_NEAR(angleOf(document().views.rotation), 45, 0.7);
  // The picture turns against the clock, so the planes turn with it: what is cut to the right now lay below.
  const Vec3 turned = rotate(document().views.rotation, axes[0]);
  const double down = -(turned[0] * axes[1][0] + turned[1] * axes[1][1] + turned[2] * axes[1][2]);
  EXPECT_NEAR(down, std::sin(std::numbers::pi / 4), 0.02);
  driver_.key("shift+t");
  EXPECT_TRUE(document().views.rotation.none());
  driver_.key("ctrl+z");
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().views.rotation.none());
  EXPECT_EQ(document().views.tool, "rotate");
}

TEST_F(Tools, TheCropBoxIsDraggedVoxelByVoxelAndBecomesAStep) {
  take("k", "crop");
  ASSERT_TRUE(document().crop);
  const Index3 size = active().volume->geometry().size;
  EXPECT_EQ(document().crop->region, wholeOf(size));
  EXPECT_TRUE(child<QWidget>("cropBar")->isVisible());
  letRun(50);
  // The left side in the axial view: the patient's right.
  const Geometry geometry = active().volume->geometry();
  const auto side = [&](const Region& region, double i) {
    const Vec3 crosshair = worldToVoxel(geometry, document().views.crosshair);
    return Vec3{i, static_cast<double>(region.start[1]) + static_cast<double>(region.size[1]) / 2 - 0.5, crosshair[2]};
  };
  const auto lowI = pointOf(Plane::Axial, voxelToWorld(geometry, side(document().crop->region, -0.5)));
  const auto target = pointOf(Plane::Axial, voxelToWorld(geometry, side(document().crop->region, 29.5)));
  drag(Plane::Axial, lowI, target);
  EXPECT_NEAR(static_cast<double>(document().crop->region.start[0]), 30, 1);
  EXPECT_EQ(document().crop->region.start[0] + document().crop->region.size[0], size[0]);
  const Region one = document().crop->region;
  EXPECT_EQ(child<QSpinBox>("cropStart0")->value(), one.start[0]);
  // Then the whole box, back to where there is room for it.
  const QPoint inside = middle(Plane::Axial) + QPoint(0, 40);
  drag(Plane::Axial, inside, inside + (lowI - target) / 3);
  EXPECT_NE(document().crop->region.start, one.start);
  EXPECT_EQ(document().crop->region.size, one.size);
  driver_.key("ctrl+z");
  EXPECT_EQ(document().crop->region, one);
  driver_.click(child<QWidget>("applyCrop"));
  EXPECT_FALSE(document().crop);
  EXPECT_EQ(document().views.tool, "crosshair");
  ASSERT_EQ(document().steps.size(), 1U);
  EXPECT_EQ(std::get<Crop>(document().steps[0].operation).region, one);
  driver_.key("ctrl+z");
  EXPECT_TRUE(document().crop);
}

TEST_F(Tools, ACropIsSetInNumbersAndCancelled) {
  take("k", "crop");
  auto* start = child<QSpinBox>("cropStart2");
  driver_.click(start);
  driver_.key("ctrl+a");
  driver_.type("12");
  driver_.key("Return");
  EXPECT_EQ(document().crop->region.start[2], 12);
  EXPECT_EQ(document().crop->region.size[2], active().volume->geometry().size[2] - 12);
  driver_.click(child<QWidget>("cancelCrop"));
  EXPECT_FALSE(document().crop);
  EXPECT_FALSE(child<QWidget>("cropBar")->isVisible());
  EXPECT_TRUE(document().steps.empty());
}

TEST_F(Tools, ASecondCropCountsItsVoxelsInWhatTheFirstLeaves) {
  window_->session().edit("Add crop", [](Document& d) {
    d.steps.push_back({Crop{{{10, 20, 5}, {60, 60, 40}}}, true, {}});
  });
  take("k", "crop");
  window_->session().edit("Crop box", [](Document& d) { d.crop->region = {{15, 20, 9}, {20, 70, 10}}; });
  letRun(30);
  driver_.click(child<QWidget>("applyCrop"));
  ASSERT_EQ(document().steps.size(), 2U);
  EXPECT_EQ(std::get<Crop>(document().steps[1].operation).region, (Region{{5, 0, 4}, {20, 60, 10}}));
}

TEST_F(Tools, TheToolBarShowsTheToolInUse) {
  auto* button = child<QToolButton>("toolButton");
  bool opened = false;
  QTimer::singleShot(300, button, [&] {  // the open menu has an event loop of its own
    opened = button->menu()->isVisible();
    button->menu()->close();
  });
  driver_.click(button);
  EXPECT_TRUE(waitFor([&] { return opened; }, 5000));
  take("d", "distance");
  EXPECT_EQ(button->text(), "Distance");
}

}  // namespace
}  // namespace voxmark::testing
