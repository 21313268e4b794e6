#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSlider>

#include "core/document/load_layer.h"
#include "tests/ui/window_test.h"
#include "ui/models/layer_edits.h"
#include "ui/models/layer_list_model.h"
#include "ui/panels/layer_list.h"
#include "ui/widgets/layer_delegate.h"

namespace voxmark::testing {
namespace {

class Layers : public WindowTest {
 protected:
  void SetUp() override {
    open(sample());
    open(bundled("nifti/las.nii"), false);
    open(bundled("nifti/oblique.nii.gz"), false);
    ASSERT_EQ(names(), (QStringList{"brain_t1.nii.gz", "las.nii", "oblique.nii.gz"}));
  }
  [[nodiscard]] QStringList names() const {
    QStringList out;
    for (const Layer& layer : document().layers) out << QString::fromStdString(layer.name);
    return out;
  }
  [[nodiscard]] QString activeName() const { return QString::fromStdString(active().name); }
  [[nodiscard]] ui::LayerList* list() const { return child<ui::LayerList>("layerList"); }
  [[nodiscard]] QRect row(int n) const { return list()->visualRect(list()->model()->index(n, 0)); }
  [[nodiscard]] QWidget* viewport() const { return list()->viewport(); }
  void clickRow(int n) { driver_.click(viewport(), row(n).center()); }
  /// Opens the menu of a row and chooses the entry that begins with `text`.
  void choose(int n, const QString& text) {
    driver_.click(viewport(), row(n).center(), Driver::Right);
    auto* menu = openMenu();
    for (QAction* action : menu->actions()) {
      if (!action->text().startsWith(text)) continue;
      driver_.click(menu, menu->actionGeometry(action).center());
      return;
    }
    FAIL() << "no entry " << text.toStdString();
  }
  [[nodiscard]] QMenu* openMenu() {
    QMenu* found = nullptr;
    (void)waitFor([&] { return (found = dynamic_cast<QMenu*>(QApplication::activePopupWidget())) != nullptr; });
    if (found == nullptr) throw std::runtime_error("no menu opens");
    letRun(50);
    return found;
  }
};

TEST_F(Layers, AreListedTopFirstAndAClickChoosesOne) {
  EXPECT_EQ(row(0).height() > 0 ? list()->model()->index(0, 0).data().toString() : QString(), "oblique.nii.gz");
  clickRow(2);
  EXPECT_EQ(activeName(), "brain_t1.nii.gz");
  EXPECT_FALSE(window_->session().history().canRedo());
  EXPECT_EQ(list()->currentIndex().row(), 2);
}

TEST_F(Layers, TheEyeHidesALayerWithoutChoosingAnother) {
  clickRow(2);
  driver_.click(viewport(), ui::LayerDelegate::eyeIn(row(0)).center());
  EXPECT_FALSE(document().layers[2].display.visible);
  driver_.click(viewport(), ui::LayerDelegate::eyeIn(row(0)).center());
  EXPECT_TRUE(document().layers[2].display.visible);
  undo();
  EXPECT_FALSE(document().layers[2].display.visible);
  undo();
  EXPECT_TRUE(document().layers[2].display.visible);
}

TEST_F(Layers, ARowIsDraggedToAnotherPlaceInOneUndoableStep) {
  clickRow(0);
  driver_.drag(viewport(), row(0).center(), QPoint(row(2).center().x(), row(2).bottom() - 1));
  ASSERT_TRUE(waitFor([&] { return names().front() == "oblique.nii.gz"; }, 3000));
  EXPECT_EQ(names(), (QStringList{"oblique.nii.gz", "brain_t1.nii.gz", "las.nii"}));
  EXPECT_EQ(activeName(), "oblique.nii.gz");
  EXPECT_EQ(list()->currentIndex().row(), 2);  // the selection goes along
  driver_.focus(window_.get());                // no window manager gives the keyboard back after a drag
  undo();
  EXPECT_EQ(names(), (QStringList{"brain_t1.nii.gz", "las.nii", "oblique.nii.gz"}));
  EXPECT_EQ(list()->currentIndex().row(), 0);
}

TEST_F(Layers, KeysChangeTheOpacityOfTheActiveOneAndChooseOthers) {
  driver_.click(view(render::Plane::Axial));
  driver_.key("q");
  driver_.key("q");
  EXPECT_NEAR(active().display.opacity, 0.8, 1e-9);
  driver_.key("e");
  EXPECT_NEAR(active().display.opacity, 0.9, 1e-9);
  EXPECT_EQ(child<QSlider>("opacity")->value(), 90);
  driver_.key("w");
  EXPECT_FALSE(active().display.visible);
  driver_.key("ctrl+z");
  EXPECT_TRUE(active().display.visible);
  driver_.key("ctrl+z");
  EXPECT_EQ(active().display.opacity, 1);
  driver_.key("bracketleft");
  EXPECT_EQ(activeName(), "las.nii");
  driver_.key("Page_Down");
  EXPECT_EQ(activeName(), "brain_t1.nii.gz");
  driver_.key("Page_Down");
  EXPECT_EQ(activeName(), "brain_t1.nii.gz");
  driver_.key("bracketright");
  driver_.key("Page_Up");
  EXPECT_EQ(activeName(), "oblique.nii.gz");
}

TEST_F(Layers, ShiftAndUpTurnsTenSlices) {
  driver_.click(view(render::Plane::Axial));
  const auto before = view(render::Plane::Axial)->slices().slice();
  driver_.key("shift+Up");
  EXPECT_EQ(view(render::Plane::Axial)->slices().slice(), before + 10);
  driver_.key("shift+Down");
  EXPECT_EQ(view(render::Plane::Axial)->slices().slice(), before);
}

TEST_F(Layers, OpacityIsDraggedInOneStepAndTheBlendChosen) {
  auto* slider = child<QSlider>("opacity");
  driver_.drag(slider, QPoint(slider->width() - 6, slider->height() / 2),
               QPoint(slider->width() / 2, slider->height() / 2));
  EXPECT_NEAR(active().display.opacity, 0.5, 0.08);
  driver_.click(child<QComboBox>("blend"));
  ASSERT_TRUE(waitFor([] { return QApplication::activePopupWidget() != nullptr; }));
  letRun(100);
  QAbstractItemView* choices = child<QComboBox>("blend")->view();
  driver_.click(choices->viewport(), choices->visualRect(choices->model()->index(2, 0)).center());
  EXPECT_EQ(active().display.blend, Blend::Maximum);
  undo();
  EXPECT_EQ(active().display.blend, Blend::Over);
  EXPECT_NEAR(active().display.opacity, 0.5, 0.08);
  undo();
  EXPECT_EQ(active().display.opacity, 1);
}

TEST_F(Layers, TheSwatchOffersColourMapsForItsRow) {
  driver_.click(viewport(), ui::LayerDelegate::swatchIn(row(1)).center());
  QMenu* menu = openMenu();
  for (QAction* action : menu->actions()) {
    if (action->text() != "hot") continue;
    driver_.click(menu, menu->actionGeometry(action).center());
    break;  // the menu is gone
  }
  EXPECT_EQ(document().layers[1].display.colorMap, "hot");
  undo();
  EXPECT_EQ(document().layers[1].display.colorMap, "gray");
}

TEST_F(Layers, AreRenamedDuplicatedAndRemoved) {
  clickRow(1);
  driver_.key("F2");
  letRun(50);
  driver_.key("ctrl+a");
  driver_.type("follow-up");
  driver_.key("Return");
  EXPECT_EQ(names()[1], "follow-up");
  choose(1, "Duplicate");
  ASSERT_EQ(document().layers.size(), 4U);
  EXPECT_EQ(activeName(), "follow-up (copy)");
  EXPECT_EQ(active().volume, document().layers[1].volume);  // no voxel is copied
  EXPECT_EQ(names()[2], "follow-up (copy)");
  driver_.key("Delete");
  EXPECT_EQ(names(), (QStringList{"brain_t1.nii.gz", "follow-up", "oblique.nii.gz"}));
  EXPECT_EQ(activeName(), "follow-up");
  choose(1, "Remove");
  EXPECT_EQ(names(), (QStringList{"brain_t1.nii.gz", "oblique.nii.gz"}));
  for (int n = 0; n < 4; ++n) undo();
  EXPECT_EQ(names(), (QStringList{"brain_t1.nii.gz", "las.nii", "oblique.nii.gz"}));
}

TEST_F(Layers, TheMenuRaisesLowersAndHidesWhatLiesBelowTheWindow) {
  choose(0, "Lower");
  EXPECT_EQ(names(), (QStringList{"brain_t1.nii.gz", "oblique.nii.gz", "las.nii"}));
  choose(1, "Raise");
  EXPECT_EQ(names(), (QStringList{"brain_t1.nii.gz", "las.nii", "oblique.nii.gz"}));
  choose(1, "Hide values below");
  const LayerDisplay& display = document().layers[1].display;
  EXPECT_EQ(display.hideBelow, display.window.level - display.window.width / 2);
  undo();
  EXPECT_FALSE(document().layers[1].display.hideBelow);
}

TEST(LayerListModel, FollowsWhateverIsDoneToTheLayers) {
  VolumeInfo info;
  info.geometry.size = {2, 2, 2};
  auto volume = std::make_shared<Volume>(info);
  std::fill_n(volume->mutableFrameData(0), 8, std::byte{1});
  ui::Session session;
  ui::LayerListModel model(session, nullptr);
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  const auto expectSame = [&](int step) {
    const auto& layers = session.document().layers;
    ASSERT_EQ(model.rowCount(), static_cast<int>(layers.size())) << step;
    for (int n = 0; n < model.rowCount(); ++n) {
      EXPECT_EQ(model.idAt(n), layers[layers.size() - 1 - static_cast<std::size_t>(n)].id) << step;
    }
  };
  unsigned random = 7;
  const auto next = [&](unsigned below) { return (random = random * 1664525U + 1013904223U) / 65536U % below; };
  int moves = 0;
  for (int step = 0; step < 300; ++step) {
    const auto& layers = session.document().layers;
    const QPersistentModelIndex top(model.index(0));
    const int topId = model.rowCount() > 0 ? model.idAt(0) : 0;
    const auto any = [&] { return layers[next(static_cast<unsigned>(layers.size()))].id; };
    switch (layers.empty() ? 0 : next(6)) {
      case 0:
        session.edit("Open", [&](Document& d) { d = withLayer(d, makeLayer(volume, d.nextLayerId, "layer")); });
        break;
      case 1:
        ui::removeLayer(session, any());
        break;
      case 2:
        moves += model.moveRow({}, static_cast<int>(next(static_cast<unsigned>(model.rowCount()))), {},
                               static_cast<int>(next(static_cast<unsigned>(model.rowCount()) + 1)));
        break;
      case 3:
        ui::duplicateLayer(session, any());
        break;
      case 4:
        session.undo();
        break;
      default:
        ui::toggleLayer(session, any());
    }
    expectSame(step);
    if (top.isValid()) {
      EXPECT_EQ(model.idAt(top.row()), topId);  // what a view has selected stays selected
    }
  }
  EXPECT_GT(moves, 10);
}

}  // namespace
}  // namespace voxmark::testing
