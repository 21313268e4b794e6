#include "core/document/readout.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>

#include "tests/ui/tools_test.h"

namespace voxmark::testing {
namespace {

class Readout : public ToolsTest {};

TEST_F(Readout, ThePlaceAndEveryVisibleLayerUnderThePointerAreShown) {
  open(bundled("nifti/oblique.nii.gz"), false);
  ASSERT_EQ(document().layers.size(), 2U);
  const QPoint at = middle(Plane::Axial) + QPoint(14, -9);
  driver_.moveTo(view(Plane::Axial), at);
  const Vec3 world = worldAt(Plane::Axial, at);
  const auto* values = child<QTreeWidget>("readoutValues");
  ASSERT_EQ(values->topLevelItemCount(), 2);
  EXPECT_TRUE(child<QLabel>("readoutPlace")->text().startsWith(QString::fromStdString(placeText(world))));
  // The bottom layer is the last row; its nearest voxel by hand.
  const Volume& volume = *document().layers[0].volume;
  const Vec3 place = worldToVoxel(volume.geometry(), world);
  const Index3 voxel{std::llround(place[0]), std::llround(place[1]), std::llround(place[2])};
  EXPECT_EQ(values->topLevelItem(1)->text(1), QString("%1 %2 %3").arg(voxel[0]).arg(voxel[1]).arg(voxel[2]));
  EXPECT_EQ(values->topLevelItem(1)->text(2).toDouble(), volume.valueAt(0, voxel, 0));
  window_->session().edit("Hide", [](Document& d) { d.layers[0].display.visible = false; });
  EXPECT_EQ(values->topLevelItemCount(), 1);
}

TEST_F(Readout, NamesTheLabelUnderThePointer) {
  window_->session().edit("Labels", [](Document& d) {
    auto table = std::make_shared<LabelTable>();
    for (int value = 0; value < 4096; ++value) table->labels[value].name = "Part " + std::to_string(value);
    d.layers[0].display.labels = true;
    d.layers[0].display.labelTable = table;
  });
  driver_.moveTo(view(Plane::Coronal), middle(Plane::Coronal) + QPoint(3, 3));
  const QString value = child<QTreeWidget>("readoutValues")->topLevelItem(0)->text(2);
  EXPECT_TRUE(value.contains("Part ")) << value.toStdString();
  EXPECT_TRUE(window_->status().placeText().endsWith(value)) << window_->status().placeText().toStdString();
}

TEST_F(Readout, GoingToAVoxelMovesTheCrosshairThere) {
  driver_.key("g");
  auto* popup = child<QDialog>("goTo");
  ASSERT_TRUE(waitFor([&] { return popup->isVisible(); }, 5000));
  driver_.focus(popup);
  driver_.type("40 50 20");
  driver_.key("Return");
  expectNear(worldToVoxel(active().volume->geometry(), document().views.crosshair), {40, 50, 20}, 1e-9);
  EXPECT_TRUE(popup->isVisible());
  child<QComboBox>("goToKind")->setCurrentIndex(2);
  driver_.key("ctrl+a");
  driver_.type("3.5 -4 6");
  driver_.key("Return");
  expectNear(document().views.crosshair, {-3.5, 4, 6}, 1e-12);
  driver_.key("ctrl+a");
  driver_.type("R 1.5 a 2 S 3");
  driver_.key("Return");
  expectNear(document().views.crosshair, {-1.5, -2, 3}, 1e-12);
  driver_.key("Escape");
  EXPECT_FALSE(popup->isVisible());
}

TEST_F(Readout, APlaceThatIsNoneIsRefusedInWords) {
  driver_.key("g");
  auto* popup = child<QDialog>("goTo");
  ASSERT_TRUE(waitFor([&] { return popup->isVisible(); }, 5000));
  driver_.focus(popup);
  const Vec3 before = document().views.crosshair;
  const auto complaint = [&](const QString& text) {
    driver_.key("ctrl+a");
    driver_.type(text);
    driver_.key("Return");
    EXPECT_EQ(document().views.crosshair, before);
    return child<QLabel>("goToMessage")->text();
  };
  EXPECT_TRUE(complaint("40 50").contains("expected three numbers"));
  EXPECT_TRUE(complaint("40 x 50").contains("found \"x 50\""));
  EXPECT_TRUE(complaint("4000 50 20").contains("outside"));
}

}  // namespace
}  // namespace voxmark::testing
