#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QTableView>
#include <nlohmann/json.hpp>

#include "tests/ui/window_test.h"
#include "ui/panels/measurements_panel.h"

namespace voxmark::testing {
namespace {

using ui::MeasurementModel;

class Measurements : public WindowTest {
 protected:
  int add(MarkKind kind, const std::vector<Vec3>& points, const std::string& name = {}) {
    int id = 0;
    window_->session().edit("Add mark", [&](Document& d) {
      Mark mark;
      mark.id = id = d.nextMarkId++;
      mark.kind = kind;
      mark.name = name;
      mark.points = points;
      d.marks.push_back(mark);
    });
    return id;
  }
  [[nodiscard]] ui::MeasurementsPanel& panel() const { return *window_->findChild<ui::MeasurementsPanel*>(); }
  [[nodiscard]] QTableView* table() const { return child<QTableView>("measurementsTable"); }
  [[nodiscard]] QString cell(int row, int column) const { return panel().model().index(row, column).data().toString(); }
  [[nodiscard]] bool measured() const { return window_->findChild<ui::MarkMeasurements*>()->settled(); }
  void clickCell(int row, int column, int times = 1) {
    const QRect rect = table()->visualRect(panel().model().index(row, column));
    driver_.click(table()->viewport(), rect.center(), Driver::Left, times);
  }
  /// The middle of the sample, LPS.
  [[nodiscard]] Vec3 middle() const { return centreOf(active().volume->geometry()); }
  [[nodiscard]] Vec3 beside(double x, double y, double z) const {
    return {middle()[0] + x, middle()[1] + y, middle()[2] + z};
  }
};

TEST_F(Measurements, AreListedWithTheirValuesOnTheActiveLayer) {
  const QAbstractItemModelTester tester(&panel().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  open(sample());
  showDock("measurementsDock");
  EXPECT_TRUE(child<QWidget>("measurementsHint")->isVisible());
  add(MarkKind::Distance, {beside(0, 0, 0), beside(30, 40, 0)});
  add(MarkKind::Box, {beside(-10, -10, -10), beside(10, 10, 10)}, "core");
  ASSERT_TRUE(waitFor([&] { return measured(); }));
  ASSERT_EQ(panel().model().rowCount(), 2);
  EXPECT_EQ(cell(0, MeasurementModel::Name), "Distance 1");
  EXPECT_EQ(cell(0, MeasurementModel::Size), "50.0 mm");
  EXPECT_EQ(cell(1, MeasurementModel::Name), "core");
  EXPECT_EQ(cell(1, MeasurementModel::Size), "20.0 × 20.0 × 20.0 mm");
  JobContext job;
  MemorySource source(active().volume);
  const MarkStatistics expected = regionStatistics(document().marks[1], source, 0, job);
  EXPECT_GT(expected.values.count, 100U);
  EXPECT_EQ(cell(1, MeasurementModel::Mean), QString::number(expected.values.mean, 'g', 6));
  EXPECT_EQ(cell(1, MeasurementModel::Voxels), QString::number(expected.values.count));
  window_->session().undo();
  EXPECT_EQ(panel().model().rowCount(), 1);
  window_->session().redo();
  ASSERT_TRUE(waitFor([&] { return measured(); }));
  EXPECT_EQ(cell(1, MeasurementModel::Mean), QString::number(expected.values.mean, 'g', 6));
  window_->session().edit("Move", [](Document& d) {
    for (Vec3& point : d.marks[1].points) point[0] += 1000;
  });
  ASSERT_TRUE(waitFor([&] { return measured(); }));
  EXPECT_EQ(cell(1, MeasurementModel::Voxels), "0");
}

TEST_F(Measurements, AClickGoesToTheMark) {
  open(sample());
  showDock("measurementsDock");
  const Vec3 place = beside(-12, 7, 9);
  add(MarkKind::Point, {place});
  ASSERT_TRUE(waitFor([&] { return measured(); }));
  clickCell(0, MeasurementModel::Kind);
  EXPECT_EQ(document().views.crosshair, place);
  EXPECT_EQ(document().selectedMark, 1);
  const auto voxel = voxelAt(place, active().volume->geometry());
  EXPECT_EQ(cell(0, MeasurementModel::Mean), QString::number(active().volume->valueAt(0, *voxel), 'g', 6));
}

TEST_F(Measurements, AMarkSelectedInAViewIsChosenInTheTable) {
  open(sample());
  showDock("measurementsDock");
  add(MarkKind::Point, {beside(0, 0, 0)});
  const int second = add(MarkKind::Point, {beside(5, 5, 5)});
  window_->session().look([second](Document& d) { d.selectedMark = second; });
  EXPECT_TRUE(table()->selectionModel()->isRowSelected(1));
  EXPECT_FALSE(table()->selectionModel()->isRowSelected(0));
}

TEST_F(Measurements, AreRenamedHiddenAndRemovedInTheTable) {
  open(sample());
  showDock("measurementsDock");
  add(MarkKind::Distance, {beside(0, 0, 0), beside(30, 0, 0)});
  add(MarkKind::Distance, {beside(0, 0, 0), beside(0, 20, 0)});
  clickCell(0, MeasurementModel::Name, 2);
  driver_.key("ctrl+a");
  driver_.type("femur");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return document().marks[0].name == "femur"; }));
  window_->session().undo();
  EXPECT_EQ(document().marks[0].name, "");
  // The tick at the left of the second row.
  const QRect rect = table()->visualRect(panel().model().index(1, MeasurementModel::Name));
  driver_.click(table()->viewport(), {rect.left() + 10, rect.center().y()});
  ASSERT_TRUE(waitFor([&] { return !document().marks[1].visible; }));
  clickCell(1, MeasurementModel::Kind);
  driver_.key("Delete");
  ASSERT_TRUE(waitFor([&] { return document().marks.size() == 1; }));
  EXPECT_EQ(document().marks[0].id, 1);
  driver_.click(child<QPushButton>("clearMeasurements"));
  ASSERT_TRUE(waitFor([&] { return document().marks.empty(); }));
  driver_.key("ctrl+z");
  EXPECT_TRUE(waitFor([&] { return document().marks.size() == 1; }));
}

TEST_F(Measurements, AreCopiedAndExported) {
  open(sample());
  showDock("measurementsDock");
  add(MarkKind::Angle, {beside(10, 0, 0), beside(0, 0, 0), beside(0, 10, 0)});
  add(MarkKind::Ellipse, {beside(-8, -8, 0), beside(8, 8, 0)}, "ventricle");
  ASSERT_TRUE(waitFor([&] { return measured(); }));
  driver_.click(child<QPushButton>("copyMeasurements"));
  const QStringList lines = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 3);
  EXPECT_TRUE(lines[1].startsWith("Angle 1\tAngle\t90.0°")) << lines[1].toStdString();
  // At once, while the values are still being computed: the file has them all the same.
  window_->session().edit("Move", [](Document& d) { d.marks[1].points[0][0] -= 4; });
  panel().exportTo(at("marks.json"));
  panel().exportTo(at("marks.json"));
  ASSERT_TRUE(waitFor([&] { return QFile::exists(at("marks.json")); }));
  QFile file(at("marks.json"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const auto json = nlohmann::json::parse(file.readAll().toStdString());
  EXPECT_EQ(json["marks"][0]["angle"], 90);
  EXPECT_EQ(json["marks"][1]["name"], "ventricle");
  JobContext job;
  MemorySource source(active().volume);
  const MarkStatistics expected = regionStatistics(document().marks[1], source, 0, job);
  EXPECT_EQ(json["marks"][1]["voxels"], expected.values.count);
  EXPECT_NEAR(json["marks"][1]["mean"].get<double>(), expected.values.mean, 1e-9);
  panel().exportTo(at("marks.csv"));
  EXPECT_TRUE(QFile::exists(at("marks.csv")));
  panel().exportTo(at("no/such/folder/marks.csv"));
  EXPECT_TRUE(errorShown());
}

TEST_F(Measurements, WaitForTheFrameAndLeaveTheWindowAlone) {
  gate_->open = true;
  gate_->frames = 2;
  QFile file(at("slow.gated"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.close();
  open(file.fileName());
  showDock("measurementsDock");
  add(MarkKind::Box, {{0, 0, 3}, {7, 7, 4}});
  ASSERT_TRUE(waitFor([&] { return measured(); }));
  EXPECT_EQ(cell(0, MeasurementModel::Mean), QString::number((gatedValue(0, 3) + gatedValue(0, 4)) / 2.0));
  gate_->open = false;
  window_->session().look([](Document& d) { d.views.frame = 1; });
  ASSERT_TRUE(waitFor([&] { return cell(0, MeasurementModel::Mean) == "…"; }));
  letRun(100);
  EXPECT_EQ(cell(0, MeasurementModel::Mean), "…");
  EXPECT_EQ(gate_->reads, 2);  // the frame's own, and none for the mark
  gate_->open = true;
  EXPECT_TRUE(waitFor(
      [&] { return cell(0, MeasurementModel::Mean) == QString::number((gatedValue(1, 3) + gatedValue(1, 4)) / 2.0); }));
  EXPECT_TRUE(child<QLabel>("measurementsAbout")->text().endsWith("frame 2"));
}

}  // namespace
}  // namespace voxmark::testing
