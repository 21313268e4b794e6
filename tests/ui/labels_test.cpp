#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <cmath>
#include <set>

#include "core/document/label_table_file.h"
#include "core/document/load_layer.h"
#include "tests/ui/made_volume.h"
#include "tests/ui/window_test.h"
#include "ui/models/label_list_model.h"

namespace voxmark::testing {
namespace {

constexpr int kSize = 24;

/// 4 is a box about (18, 12, 12), 9 a ring about (6, 12, 12) whose middle is not its own.
std::uint16_t labelAt(int i, int j, int k) {
  if (i >= 15 && i <= 21 && j >= 9 && j <= 15 && k >= 9 && k <= 15) return 4;
  const int far = std::max(std::abs(i - 6), std::abs(j - 12));
  return far >= 2 && far <= 4 && k >= 10 && k <= 14 ? 9 : 0;
}

class Labels : public WindowTest {
 protected:
  void SetUp() override {
    open(sample());
    writeCube<std::uint16_t>(at("segmentation.nrrd"), kSize, labelAt);
    open(at("segmentation.nrrd"), false);
    ASSERT_TRUE(waitFor([&] { return suggested(); }));
    ASSERT_TRUE(settle());
  }
  [[nodiscard]] bool suggested() const { return child<QWidget>("labelsHint")->isVisible(); }
  [[nodiscard]] QTableView* table() const { return child<QTableView>("labelTable"); }
  [[nodiscard]] QString cell(int row, int column) const {
    return table()->model()->index(row, column).data().toString();
  }
  /// Brings the label list into view, and clicks into it.
  void clickCell(int row, int column, int times = 1, const QPoint& offset = {}) {
    driver_.click(table()->viewport(), cellRect(row, column).center() + offset, Driver::Left, times);
  }
  [[nodiscard]] QRect cellRect(int row, int column) const {
    return table()->visualRect(table()->model()->index(row, column));
  }
  void showAsLabels() {
    driver_.click(child<QPushButton>("acceptLabels"));
    ASSERT_TRUE(settle());
    ASSERT_TRUE(waitFor([&] { return table()->model()->rowCount() == 2 && !cell(0, 3).isEmpty(); }));
    for (QWidget* w = table(); w != nullptr; w = w->parentWidget()) {
      if (auto* area = qobject_cast<QScrollArea*>(w)) area->ensureWidgetVisible(table(), 0, 60);
    }
    letRun(60);
  }
  void answer(const QString& path) {
    auto* asking = dialog<QFileDialog>();
    auto* name = asking->findChild<QLineEdit*>("fileNameEdit");
    ASSERT_NE(name, nullptr);
    driver_.click(name);
    driver_.key("ctrl+a");
    driver_.type(path);
    driver_.key("Return");
    ASSERT_TRUE(waitFor([] { return QApplication::activeModalWidget() == nullptr; }));
    letRun(60);
    driver_.focus(window_.get());  // no window manager gives the keyboard back when a dialog closes
    letRun(60);
  }
  static void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
};

TEST_F(Labels, AreOfferedForASegmentationThatLiesOnAnotherVolume) {
  EXPECT_FALSE(active().display.labels);
  showAsLabels();
  EXPECT_TRUE(active().display.labels);
  EXPECT_NEAR(active().display.opacity, 0.6, 1e-9);
  EXPECT_FALSE(suggested());
  undo();
  EXPECT_FALSE(active().display.labels);
  EXPECT_EQ(active().display.opacity, 1);
  EXPECT_TRUE(suggested());
  driver_.click(child<QPushButton>("declineLabels"));
  EXPECT_FALSE(suggested());
  EXPECT_TRUE(child<QCheckBox>("showAsLabels")->isVisible());
}

TEST_F(Labels, AreOfferedAboveTheViewsWhileTheDisplayPanelIsNotSeen) {
  auto* above = child<QWidget>("labelsBar");
  EXPECT_FALSE(above->isVisible()) << "the panel offers it";
  showDock("processDock");
  EXPECT_TRUE(waitFor([&] { return above->isVisible(); }, 3000));
  driver_.click(child<QPushButton>("declineLabelsAbove"));
  EXPECT_TRUE(waitFor([&] { return !above->isVisible(); }, 3000));
  // A layer that comes while the panel is closed is looked at all the same.
  child<QDockWidget>("displayDock")->hide();
  writeCube<std::uint16_t>(at("another.nrrd"), kSize, labelAt);
  open(at("another.nrrd"), false);
  ASSERT_TRUE(waitFor([&] { return above->isVisible(); }));
  letRun(60);
  driver_.click(child<QPushButton>("acceptLabelsAbove"));
  EXPECT_TRUE(waitFor([&] { return active().display.labels && !above->isVisible(); }, 3000));
  undo();
  EXPECT_TRUE(waitFor([&] { return above->isVisible(); }, 3000));
}

TEST_F(Labels, TheLegendListsThemWithoutATable) {
  showAsLabels();
  view(render::Plane::Axial)->setFocus();
  driver_.key("shift+l");
  ASSERT_TRUE(document().views.legend);
  const auto legend = [&] {
    (void)settle();
    const QImage picture = view(render::Plane::Axial)->grabFramebuffer();
    std::set<QRgb> colours;
    for (int y = 0; y < picture.height(); ++y) colours.insert(picture.pixel(picture.width() - 36, y));
    return colours;
  };
  for (const std::int64_t label : {4, 9}) {
    const auto rgb = labelOf(nullptr, label).colour;
    EXPECT_TRUE(waitFor([&] { return legend().contains(qRgb(rgb[0], rgb[1], rgb[2])); }, 5000)) << label;
  }
  EXPECT_FALSE(legend().contains(
      qRgb(labelOf(nullptr, 5).colour[0], labelOf(nullptr, 5).colour[1], labelOf(nullptr, 5).colour[2])))
      << "5 is not in this volume";
}

TEST_F(Labels, The3dViewShowsThemInTheirColours) {
  write(at("names.txt"), "4 255 0 0 1 1 1 \"Box\"\n9 0 200 0 1 1 1 \"Ring\"\n");
  showAsLabels();
  driver_.click(child<QPushButton>("loadLabelTable"));
  answer(at("names.txt"));
  ASSERT_TRUE(active().display.labelTable);
  /// Pixels of the 3D view whose colour is that of red, or of green alone.
  const auto count = [&](bool red) {
    (void)settle();
    const QImage picture = window_->views().volume().grabFramebuffer();
    int out = 0;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        const QColor colour = picture.pixelColor(x, y);
        const int wanted = red ? colour.red() : colour.green();
        const int other = red ? colour.green() : colour.red();
        if (wanted > 80 && other < wanted / 3 && colour.blue() < wanted / 3) ++out;
      }
    }
    return out;
  };
  EXPECT_TRUE(waitFor([&] { return count(true) > 200 && count(false) > 200; }, 5000))
      << count(true) << " red, " << count(false) << " green";
  const QRect box = cellRect(0, ui::LabelListModel::Shown);
  driver_.click(table()->viewport(), QPoint(box.left() + 11, box.center().y()));
  EXPECT_FALSE(active().display.labelTable->labels.at(4).visible);
  EXPECT_TRUE(waitFor([&] { return count(true) == 0 && count(false) > 200; }, 5000));
}

TEST_F(Labels, AreNotOfferedForAnatomyNorForAVolumeThatLiesAlone) {
  open(sample(), false);
  letRun(400);
  ASSERT_TRUE(settle());
  EXPECT_FALSE(suggested());
  open(at("segmentation.nrrd"));
  letRun(400);
  ASSERT_TRUE(settle());
  EXPECT_FALSE(suggested());
  driver_.click(child<QCheckBox>("showAsLabels"), QPoint(10, 10));
  EXPECT_TRUE(active().display.labels);
}

TEST_F(Labels, AreListedWithTheirVoxelsAndADoubleClickGoesThere) {
  showAsLabels();
  EXPECT_EQ(cell(0, ui::LabelListModel::Number), "4");
  EXPECT_EQ(cell(0, ui::LabelListModel::Voxels), QString::number(7 * 7 * 7));
  EXPECT_EQ(cell(1, ui::LabelListModel::Voxels), QString::number((81 - 9) * 5));
  clickCell(0, ui::LabelListModel::Voxels, 2);
  const auto voxel = [&] { return worldToVoxel(active().volume->geometry(), document().views.crosshair); };
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(voxel()[a], (Vec3{18, 12, 12})[a], 1e-6) << a;
  clickCell(1, ui::LabelListModel::Voxels, 2);
  const Vec3 ring = voxel();
  EXPECT_EQ(labelAt(static_cast<int>(std::lround(ring[0])), static_cast<int>(std::lround(ring[1])),
                    static_cast<int>(std::lround(ring[2]))),
            9);
}

TEST_F(Labels, ATableIsLoadedEditedAndSaved) {
  write(at("names.txt"), "4 255 0 0 1 1 1 \"Box\"\n9 0 200 0 0.5 1 1 \"Ring\"\n77 1 2 3 1 1 1 \"Elsewhere\"\n");
  showAsLabels();
  driver_.click(child<QPushButton>("loadLabelTable"));
  answer(at("names.txt"));
  ASSERT_TRUE(active().display.labelTable);
  EXPECT_EQ(cell(0, ui::LabelListModel::Name), "Box");
  EXPECT_EQ(cell(1, ui::LabelListModel::Opacity), "50 %");
  EXPECT_EQ(table()->model()->rowCount(), 2);  // 77 is not in this volume
  clickCell(1, ui::LabelListModel::Name);
  driver_.key("F2");
  letRun(60);
  driver_.key("ctrl+a");
  driver_.type("Torus");
  driver_.key("Return");
  EXPECT_EQ(active().display.labelTable->labels.at(9).name, "Torus");
  driver_.click(child<QPushButton>("saveLabelTable"));
  answer(at("saved.txt"));
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(at("saved.txt")); }));
  EXPECT_EQ(readLabelTable(at("saved.txt").toStdString()).labels, active().display.labelTable->labels);
  undo();
  EXPECT_EQ(active().display.labelTable->labels.at(9).name, "Ring");
  undo();
  EXPECT_FALSE(active().display.labelTable);
}

TEST_F(Labels, AFileThatIsNoTableIsRefusedWithItsLine) {
  write(at("bad.txt"), "4 255 0 0 1 1 1 \"Box\"\n9 0 900 0 0.5 1 1 \"Ring\"\n");
  showAsLabels();
  driver_.click(child<QPushButton>("loadLabelTable"));
  answer(at("bad.txt"));
  ASSERT_TRUE(waitFor([&] { return errorShown(); }));
  EXPECT_TRUE(window_->lastError().contains("line 2: green is wrong")) << window_->lastError().toStdString();
  EXPECT_FALSE(active().display.labelTable);
}

TEST_F(Labels, AreHiddenOneByOneAndDrawnAsOutlines) {
  showAsLabels();
  const QRect box = cellRect(0, ui::LabelListModel::Shown);
  driver_.click(table()->viewport(), QPoint(box.left() + 11, box.center().y()));
  EXPECT_FALSE(labelOf(active().display.labelTable.get(), 4).visible);
  EXPECT_TRUE(labelOf(active().display.labelTable.get(), 9).visible);
  undo();
  EXPECT_TRUE(labelOf(active().display.labelTable.get(), 4).visible);
  driver_.click(child<QCheckBox>("labelOutline"), QPoint(10, 10));
  EXPECT_TRUE(active().display.labelOutline);
  undo();
  EXPECT_FALSE(active().display.labelOutline);
}

TEST_F(Labels, TheSearchFindsNamesAndNumbers) {
  showAsLabels();
  driver_.click(child<QLineEdit>("labelSearch"));
  driver_.type("9");
  ASSERT_EQ(table()->model()->rowCount(), 1);
  EXPECT_EQ(cell(0, ui::LabelListModel::Number), "9");
}

TEST(LabelListModel, HoldsThousandsAndFollowsUndo) {
  VolumeInfo info;
  info.geometry.size = {2, 2, 2};
  auto volume = std::make_shared<Volume>(info);
  std::fill_n(volume->mutableFrameData(0), 8, std::byte{5});
  ui::Session session;
  ui::LabelListModel model(session, nullptr);
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  session.edit("Open", [&](Document& d) { d = withLayer(d, makeLayer(volume, 1, "labels")); });
  EXPECT_EQ(model.rowCount(), 0);
  auto table = std::make_shared<LabelTable>();
  for (int n = 1; n <= 5000; ++n) table->labels[n].name = "label " + std::to_string(n);
  session.edit("Labels", [&](Document& d) {
    d.layers[0].display.labels = true;
    d.layers[0].display.labelTable = table;
  });
  ASSERT_EQ(model.rowCount(), 5000);
  auto summary = std::make_shared<LabelSummary>();
  (*summary)[5].voxels = 8;
  (*summary)[6000].voxels = 1;
  (*summary)[0].voxels = 3;
  model.setSummary(summary);
  ASSERT_EQ(model.rowCount(), 5001);
  EXPECT_EQ(model.index(4, ui::LabelListModel::Voxels).data().toInt(), 8);
  EXPECT_TRUE(model.setData(model.index(4, ui::LabelListModel::Opacity), 25, Qt::EditRole));
  EXPECT_EQ(session.document().layers[0].display.labelTable->labels.at(5).opacity, 0.25);
  model.showOnly({7});
  EXPECT_FALSE(labelOf(session.document().layers[0].display.labelTable.get(), 6000).visible);
  session.undo();
  session.undo();
  EXPECT_EQ(model.index(4, ui::LabelListModel::Opacity).data(Qt::EditRole).toInt(), 100);
  session.undo();
  session.undo();
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace voxmark::testing
