#include <QAbstractItemModelTester>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QTableView>
#include <QTreeView>

#include "tests/ui/benchmarks_support.h"
#include "ui/models/scenario_tree_model.h"
#include "ui/panels/bench/error_page.h"
#include "ui/panels/bench/results_page.h"
#include "ui/widgets/charts/line_chart.h"
#include "ui/widgets/charts/live_chart.h"

namespace voxmark::testing {
namespace {

using ui::ResultModel;

class Benchmarks : public Workbench {
 protected:
  [[nodiscard]] QString cell(int row, int column) const {
    const auto* model = child<QTableView>("benchmarkResults")->model();
    return model->index(row, column).data().toString();
  }
  void drop(QWidget* target, const QStringList& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths) urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    const QPointF middle = target->rect().center();
    QDragEnterEvent enter(middle.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &event);
  }
};

TEST_F(Benchmarks, TheWorkbenchTakesTheWindowAndGivesItBack) {
  open(sample());
  auto* layers = child<QDockWidget>("layersDock");
  ASSERT_TRUE(layers->isVisible());
  enter();
  EXPECT_FALSE(layers->isVisible());
  EXPECT_FALSE(window_->views().isVisible());
  EXPECT_GT(panel()->width(), 1500);
  driver_.key("ctrl+b");
  ASSERT_TRUE(waitFor([&] { return window_->views().isVisible(); }));
  EXPECT_TRUE(layers->isVisible());
}

TEST_F(Benchmarks, TheWorkbenchFitsASmallWindow) {
  window_->showNormal();
  window_->resize(1280, 720);
  open(sample());
  enter();
  auto* pages = child<QTabWidget>("benchmarkPages");
  for (int n = 0; n < pages->count(); ++n) {
    EXPECT_LE(pages->widget(n)->minimumSizeHint().width(), 900) << pages->tabText(n).toStdString();
    EXPECT_LE(pages->widget(n)->minimumSizeHint().height(), 520) << pages->tabText(n).toStdString();
  }
  letRun(200);
  EXPECT_EQ(window_->size(), QSize(1280, 720));
}

TEST_F(Benchmarks, RunMeasuresChartsAndSaves) {
  open(sample());
  enter();
  const QAbstractItemModelTester tester(&panel()->results().model(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  run();
  EXPECT_EQ(window_->width(), 1600);  // results must not push the window off the screen
  const auto& results = panel()->runs().current()->file.results;
  ASSERT_GE(results.size(), 3U);
  for (int row = 0; row < static_cast<int>(results.size()); ++row) {
    EXPECT_GT(cell(row, ResultModel::Median).toDouble(), 0) << cell(row, 0).toStdString();
    EXPECT_EQ(cell(row, ResultModel::State).toStdString(), "done");
  }
  EXPECT_GE(panel()->results().throughput().points(0), 15);
  EXPECT_EQ(panel()->results().throughput().bands(), static_cast<int>(results.size()));
  EXPECT_GE(panel()->results().memory().points(0), 1);
  EXPECT_FALSE(panel()->runs().current()->trace->empty());
  EXPECT_TRUE(child<QLabel>("samplingCost")->text().contains('%'));
  driver_.click(child<QPushButton>("saveResults"));
  dialog<QFileDialog>();
  driver_.key("ctrl+a");
  driver_.type(at("results.json"));
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFile::exists(at("results.json")); }));
  QFile file(at("results.json"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const auto json = nlohmann::json::parse(file.readAll().toStdString());
  EXPECT_TRUE(json.at("context").contains("date"));
  ASSERT_FALSE(json.at("benchmarks").empty());
  for (const auto& one : json.at("benchmarks")) {
    for (const char* field : {"name", "run_name", "run_type", "iterations", "real_time", "cpu_time", "time_unit"}) {
      EXPECT_TRUE(one.contains(field)) << field;
    }
  }
}

TEST_F(Benchmarks, StopEndsTheRunAndKeepsWhatWasMeasured) {
  open(sample());
  enter();
  child<QComboBox>("benchmarkPreset")->setCurrentText("full");
  driver_.click(child<QPushButton>("runBenchmark"));
  ASSERT_TRUE(waitFor([&] { return panel()->results().throughput().points(0) >= 2; }, 60000));
  EXPECT_FALSE(child<QPushButton>("runBenchmark")->isEnabled());
  EXPECT_TRUE(waitFor([&] { return child<QLabel>("benchmarkNote")->text().contains(" left"); }, 60000));
  driver_.click(child<QPushButton>("stopBenchmark"));
  ASSERT_TRUE(waitFor([&] { return child<QPushButton>("runBenchmark")->isEnabled(); }, 60000));
  const auto& results = panel()->runs().current()->file.results;
  ASSERT_FALSE(results.empty());
  EXPECT_FALSE(results.front().blocks.empty());
}

TEST_F(Benchmarks, WithoutAFileThereIsNothingToRun) {
  enter();
  EXPECT_FALSE(child<QPushButton>("runBenchmark")->isEnabled());
  EXPECT_TRUE(child<QLabel>("benchmarkNote")->text().contains("Open a file"));
}

TEST_F(Benchmarks, WhatRunsIsTickedAndHowOftenIsEditedInPlace) {
  open(sample());
  enter();
  auto* tree = child<QTreeView>("scenarioTree");
  const QAbstractItemModelTester tester(tree->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  const auto& model = *dynamic_cast<ui::ScenarioTreeModel*>(tree->model());
  const QModelIndex blocks = model.index(1, ui::ScenarioTreeModel::Value, model.index(0, 0));
  ASSERT_EQ(blocks.data().toString(), "5");
  driver_.click(tree->viewport(), tree->visualRect(blocks).center(), Driver::Left, 2);
  driver_.key("ctrl+a");
  driver_.type("3");
  driver_.key("Return");
  EXPECT_EQ(blocks.data().toString(), "3");
  EXPECT_EQ(model.preset().blocks, 3);
  for (int row = 2; row < model.rowCount(); ++row) {
    if (!model.scenarios()[static_cast<std::size_t>(row - 1)].chosen) continue;
    tree->setCurrentIndex(model.index(row, 0));
    tree->setFocus();
    driver_.key("space");
  }
  run();
  const auto& results = panel()->runs().current()->file.results;
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results.front().blocks.size(), 3U);
}

TEST_F(Benchmarks, AnAxisOfAMadeVolumeIsEditedInPlace) {
  enter();
  child<QComboBox>("benchmarkSource")->setCurrentIndex(1);
  EXPECT_TRUE(child<QPushButton>("runBenchmark")->isEnabled());  // needs no file
  auto* tree = child<QTreeView>("scenarioTree");
  const QAbstractItemModelTester tester(tree->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  auto& model = *dynamic_cast<ui::ScenarioTreeModel*>(tree->model());
  int cast = -1;
  for (int row = 1; row < model.rowCount(); ++row) {
    const bool isCast = model.index(row, 0).data().toString().startsWith("cast/f16/f32/128x128x128");
    if (isCast) cast = row;
    model.setData(model.index(row, 0), static_cast<int>(isCast ? Qt::Checked : Qt::Unchecked), Qt::CheckStateRole);
  }
  ASSERT_GT(cast, 0);
  const QModelIndex top = model.index(cast, 0);
  tree->expand(top);
  tree->scrollTo(top, QAbstractItemView::PositionAtTop);
  letRun(100);
  for (int row = 0; row < model.rowCount(top); ++row) {
    if (model.index(row, 0, top).data().toString() != "shape") continue;
    const QModelIndex shape = model.index(row, ui::ScenarioTreeModel::Value, top);
    driver_.click(tree->viewport(), tree->visualRect(shape).center(), Driver::Left, 2);
    driver_.key("ctrl+a");
    driver_.type("48x40x32");
    driver_.key("Return");
  }
  EXPECT_TRUE(top.data().toString().startsWith("cast/f16/f32/48x40x32")) << top.data().toString().toStdString();
  run();
  const auto& results = panel()->runs().current()->file.results;
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].scenario.name.rfind("cast/f16/f32/48x40x32", 0), 0U);
  EXPECT_EQ(results[0].status, profiling::RunStatus::Done) << results[0].message;
  // It tells its error, which stands beside its time.
  showPage("Error");
  EXPECT_EQ(panel()->errors().chart().lines().size(), 1U);
}

TEST_F(Benchmarks, AResultFileThatIsDroppedIsAnotherColumn) {
  open(sample());
  writeResults(at("theirs.json"), "load/nii_gz/u8/124x160x140/warm", times(40, 0.02));
  enter();
  run();
  const int before = panel()->results().model().columnCount();
  drop(panel(), {at("theirs.json")});
  ASSERT_EQ(panel()->runs().all().size(), 2U);
  EXPECT_EQ(panel()->results().model().columnCount(), before + 1);
  EXPECT_EQ(panel()->runs().current()->title, "theirs.json");
  auto* list = child<QTableView>("benchmarkRuns");
  const QAbstractItemModelTester tester(list->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  driver_.click(list->viewport(), list->visualRect(list->model()->index(1, 0)).center());  // newest first
  EXPECT_TRUE(panel()->runs().current()->measuredHere);
  EXPECT_EQ(
      panel()->results().model().headerData(ResultModel::FixedColumns, Qt::Horizontal, Qt::DisplayRole).toString(),
      "theirs.json");
  EXPECT_TRUE(cell(0, ResultModel::FixedColumns).startsWith("40.")) << cell(0, ResultModel::FixedColumns).toStdString();
}

TEST_F(Benchmarks, AResultFileThatIsOpenedWithTheWindowShowsTheWorkbench) {
  writeResults(at("theirs.json"), "BM_other", times(2, 0.1));
  window_->open({at("theirs.json")}, true);
  EXPECT_TRUE(panel()->isVisible());
  ASSERT_EQ(panel()->runs().all().size(), 1U);
  EXPECT_EQ(cell(0, 0), "BM_other");
}

TEST_F(Benchmarks, AFileThatHoldsNoResultsIsReported) {
  enter();
  std::ofstream(at("broken.json").toStdString()) << R"({"benchmarks": [{"name": 3}]})";
  drop(panel(), {at("broken.json")});
  EXPECT_TRUE(waitFor([&] { return errorShown(); }));
  EXPECT_TRUE(window_->lastError().contains("broken.json"));
  EXPECT_TRUE(panel()->runs().all().empty());
}

TEST_F(Benchmarks, ADoubleClickOnAResultShowsItsVolume) {
  open(sample());
  enter();
  run();
  driver_.key("ctrl+b");
  ASSERT_TRUE(waitFor([&] { return window_->views().isVisible(); }));
  undo();  // the layer goes
  ASSERT_TRUE(waitFor([&] { return document().layers.empty(); }));
  enter();
  auto* table = child<QTableView>("benchmarkResults");
  driver_.click(table->viewport(), table->visualRect(table->model()->index(0, 0)).center(), Driver::Left, 2);
  ASSERT_TRUE(waitFor([&] { return window_->views().isVisible(); }));
  ASSERT_TRUE(settle());
  ASSERT_NE(document().active(), nullptr);
  EXPECT_EQ(QString::fromStdString(active().path), sample());
}

}  // namespace
}  // namespace voxmark::testing
