#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QTableView>
#include <cmath>

#include "tests/ui/benchmarks_support.h"
#include "ui/panels/bench/compare_page.h"
#include "ui/panels/bench/distribution_page.h"
#include "ui/panels/bench/history_page.h"
#include "ui/panels/bench/results_page.h"
#include "ui/panels/bench/sizes_page.h"
#include "ui/panels/timeline_view.h"
#include "ui/widgets/charts/chart_frame.h"
#include "ui/widgets/charts/distribution_chart.h"
#include "ui/widgets/charts/forest_chart.h"
#include "ui/widgets/charts/heat_map.h"
#include "ui/widgets/charts/history_chart.h"
#include "ui/widgets/charts/line_chart.h"
#include "ui/widgets/charts/live_chart.h"

namespace voxmark::testing {
namespace {

class BenchmarkCharts : public Workbench {
 protected:
  /// Two files of the scenario, the second in front.
  void openPair(double before, double after, const std::string& host = "elsewhere") {
    writeResults(at("before.json"), "load/nii/i16/64x64x64/warm", times(before, 0.01));
    writeResults(at("after.json"), "load/nii/i16/64x64x64/warm", times(after, 0.01), host);
    panel()->open({at("before.json"), at("after.json")});
    letRun(250);
  }
};

TEST_F(BenchmarkCharts, TheSpreadShowsEveryBlockAndNamesTheOneUnderThePointer) {
  enter();
  auto values = times(10, 0.02);
  values[4] = 14;
  writeResults(at("one.json"), "BM_one", values);
  panel()->open({at("one.json")});
  showPage("Spread");
  auto& chart = panel()->distribution().chart();
  ASSERT_EQ(chart.samples().size(), 1U);
  EXPECT_EQ(chart.samples()[0].ms, values);
  EXPECT_EQ(chart.table().size(), values.size() + 1);
  EXPECT_EQ(chart.table()[5].back(), "1");  // the outlier is shown as such
  EXPECT_EQ(chart.table()[6].back(), "0");
  // Blocks lie from top to bottom in their order: the fifth of twenty a little above the middle.
  const double order = 4.0 / 19 - 0.5;
  QPoint dot = chart.placeOf(chart.percentOf(0, 14), 0);
  dot.ry() += static_cast<int>(0.5 * order * (chart.placeOf(0, 1).y() - chart.placeOf(0, 0).y()));
  driver_.moveTo(&chart, dot);
  EXPECT_TRUE(waitFor([&] { return chart.readout().contains("block 5") && chart.readout().contains("outlier"); }))
      << chart.readout().toStdString();
}

TEST_F(BenchmarkCharts, TheForestTellsSlowerFromNoSlower) {
  enter();
  openPair(10, 11.5);
  showPage("Compare");
  auto& chart = panel()->compare().chart();
  ASSERT_EQ(chart.compared().size(), 1U);
  EXPECT_EQ(chart.compared()[0].state, profiling::VerdictState::Regressed);
  driver_.moveTo(&chart, chart.placeOf(15, 0));
  EXPECT_TRUE(waitFor([&] { return chart.readout().contains("slower") && chart.readout().contains("+15.0 %"); }))
      << chart.readout().toStdString();
  // A tick moves the baseline: the other way round it is faster.
  auto* list = child<QTableView>("benchmarkRuns");
  const QRect first = list->visualRect(list->model()->index(0, 0));
  driver_.click(list->viewport(), {first.left() + 12, first.center().y()});
  ASSERT_TRUE(waitFor(
      [&] { return panel()->runs().baseline() != nullptr && panel()->runs().baseline()->title == "after.json"; }));
  EXPECT_EQ(chart.compared()[0].state, profiling::VerdictState::Pass);
  EXPECT_TRUE(chart.compared()[0].time->improved);
}

TEST_F(BenchmarkCharts, TwoRunsThatAreChosenAreCompared) {
  enter();
  openPair(10, 10.02);
  writeResults(at("third.json"), "load/nii/i16/64x64x64/warm", times(12, 0.01));
  panel()->open({at("third.json")});
  auto* list = child<QTableView>("benchmarkRuns");
  const auto rowOf = [&](int row) { return list->visualRect(list->model()->index(row, 1)).center(); };
  driver_.click(list->viewport(), rowOf(2));
  driver_.moveTo(list->viewport(), rowOf(0));
  list->selectionModel()->select(list->model()->index(0, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
  driver_.click(child<QPushButton>("compareRuns"));
  EXPECT_EQ(panel()->runs().baseline()->title, "before.json");
  EXPECT_EQ(panel()->runs().current()->title, "third.json");
  EXPECT_TRUE(panel()->compare().isVisible());
  EXPECT_EQ(panel()->compare().chart().compared()[0].state, profiling::VerdictState::Regressed);
}

TEST_F(BenchmarkCharts, AnotherMachineIsWarnedOf) {
  enter();
  openPair(10, 10, "another-host");
  showPage("Compare");
  EXPECT_GE(child<QTableView>("environmentTable")->model()->rowCount(), 1);
  EXPECT_TRUE(child<QLabel>("environmentAbout")->text().contains("not comparable"));
}

TEST_F(BenchmarkCharts, SizesAreAHeatMapAndLinesBesideTheIdeal) {
  enter();
  for (const int size : {64, 128, 256}) {
    const QString path = at(QString("s%1.json").arg(size));
    const std::string name =
        "cast/f32/" + std::to_string(size) + "x" + std::to_string(size) + "x" + std::to_string(size);
    writeResults(path, name, times(std::pow(size / 64.0, 3), 0.01));
    panel()->open({path});
  }
  showPage("Sizes");
  const auto& cells = panel()->sizes().map().cells();
  ASSERT_EQ(cells.families.size(), 1);
  ASSERT_EQ(cells.sizes.size(), 3U);
  EXPECT_EQ(cells.sizes[2].name, "256×256×256");
  const auto& lines = panel()->sizes().scaling().lines();
  ASSERT_EQ(lines.size(), 2U);
  for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(lines[0].curve.y[n] / lines[1].curve.y[n], 1, 0.02);
  driver_.moveTo(&panel()->sizes().map(), panel()->sizes().map().placeOf(1, 0));
  EXPECT_TRUE(waitFor([&] { return panel()->sizes().map().readout().contains("128×128×128"); }));
}

TEST_F(BenchmarkCharts, HistoryHasItsStepAndTheRunInFrontAtItsEnd) {
  qputenv("VOXMARK_HISTORY_DIR", at("history").toUtf8());
  const std::string name = "load/nii/i16/64x64x64/warm";
  for (int n = 0; n < 24; ++n) {
    profiling::RunResult result;
    result.scenario.name = name;
    result.blocks.emplace_back().realMs = {(n < 12 ? 10 : 12) + 0.01 * (n % 3)};
    const auto date =
        "2026-01-" + std::to_string(n + 1 < 10 ? 0 : (n + 1) / 10) + std::to_string((n + 1) % 10) + "T10:00:00+0000";
    (void)profiling::appendHistory(at("history").toStdString(), {result},
                                   {{"date", date}, {"host_name", "elsewhere"}, {"num_cpus", "2"}},
                                   n == 12 ? "a new compiler" : "");
  }
  enter();
  writeResults(at("now.json"), name, times(12, 0.01));
  panel()->open({at("now.json")});
  showPage("History");
  auto& chart = panel()->history().chart();
  EXPECT_EQ(chart.points(), 25);
  ASSERT_EQ(chart.segments().size(), 2U);
  EXPECT_EQ(chart.segments()[1].first, 12U);
  const auto placeOf = [&](double run) {
    return QPoint(static_cast<int>(chart.xAxis->coordToPixel(run)), chart.height() / 2);
  };
  driver_.moveTo(&chart, placeOf(13));
  EXPECT_TRUE(waitFor([&] { return chart.readout().contains("step") && chart.readout().contains("a new compiler"); }))
      << chart.readout().toStdString();
  driver_.moveTo(&chart, placeOf(25));
  EXPECT_TRUE(waitFor([&] { return chart.readout().contains("run in front"); }));
  driver_.click(child<QPushButton>("keepRun"));
  const auto kept = profiling::readHistories(at("history").toStdString());
  ASSERT_EQ(kept.size(), 1U);  // the same machine
  EXPECT_EQ(kept[0].points.size(), 25U);
  EXPECT_EQ(chart.points(), 25);
  qunsetenv("VOXMARK_HISTORY_DIR");
}

TEST_F(BenchmarkCharts, TheWheelZoomsADragPansAndADoubleClickShowsAll) {
  enter();
  openPair(10, 11);
  showPage("Compare");
  auto& chart = panel()->compare().chart();
  const QCPRange all = chart.xAxis->range();
  const QPoint middle = chart.rect().center();
  driver_.wheel(&chart, middle, 3);
  EXPECT_LT(chart.xAxis->range().size(), 0.7 * all.size());
  const QCPRange zoomed = chart.xAxis->range();
  driver_.drag(&chart, middle, middle + QPoint(80, 0));
  EXPECT_LT(chart.xAxis->range().center(), zoomed.center());
  EXPECT_NEAR(chart.xAxis->range().size(), zoomed.size(), 1e-9);
  driver_.click(&chart, middle, Driver::Left, 2);
  EXPECT_NEAR(chart.xAxis->range().size(), all.size(), 1e-9);
  EXPECT_NEAR(chart.xAxis->range().lower, all.lower, 1e-9);
}

TEST_F(BenchmarkCharts, KeysZoomPanAndShowAll) {
  enter();
  openPair(10, 11);
  showPage("Compare");
  auto& chart = panel()->compare().chart();
  chart.setFocus();
  const QCPRange all = chart.xAxis->range();
  driver_.key("plus");
  EXPECT_LT(chart.xAxis->range().size(), all.size());
  const double centre = chart.xAxis->range().center();
  driver_.key("Right");
  EXPECT_GT(chart.xAxis->range().center(), centre);
  driver_.key("Home");
  EXPECT_NEAR(chart.xAxis->range().size(), all.size(), 1e-9);
}

TEST_F(BenchmarkCharts, EveryChartIsSavedAsPictureDrawingAndTable) {
  enter();
  openPair(10, 11);
  auto& panels = *panel();
  const std::pair<const char*, ui::Chart*> charts[] = {
      {"Spread", &panels.distribution().chart()}, {"Compare", &panels.compare().chart()},
      {"Sizes", &panels.sizes().map()},           {"Sizes", &panels.sizes().scaling()},
      {"Stages", &panels.stages().chart()},       {"Results", &panels.results().memory()}};
  for (const auto& [page, chart] : charts) {
    showPage(page);
    EXPECT_FALSE(chart->accessibleName().isEmpty());
    for (const char* ending : {"png", "svg", "csv"}) chart->save(at(QString("chart.") + ending));
    EXPECT_EQ(QImage(at("chart.png")).width(), 2 * chart->width()) << chart->accessibleName().toStdString();
    QFile svg(at("chart.svg"));
    ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
    EXPECT_TRUE(svg.readAll().contains("</svg>"));
    QFile csv(at("chart.csv"));
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    EXPECT_EQ(csv.readAll().count("\r\n"), static_cast<qsizetype>(chart->table().size()));
  }
  EXPECT_THROW(panels.compare().chart().save(at("chart.bmp")), Error);
}

TEST_F(BenchmarkCharts, TheSaveButtonAsksWhere) {
  enter();
  openPair(10, 11);
  showPage("Compare");
  driver_.click(child<QPushButton>("forestChartSave"));
  dialog<QFileDialog>();
  driver_.key("ctrl+a");
  driver_.type(at("forest.svg"));
  driver_.key("Return");
  EXPECT_TRUE(waitFor([&] { return QFile::exists(at("forest.svg")); }));
}

TEST_F(BenchmarkCharts, TheStagesOfARunAreItsOwn) {
  open(sample());
  enter();
  run();
  showPage("Stages");
  const auto& log = *panel()->runs().current()->trace;
  bool inflated = false;
  for (const auto& lane : log.lanes()) {
    for (const auto& event : lane.events) {
      EXPECT_GE(event.startNs, panel()->runner().startedNs());
      inflated = inflated || std::string_view(event.name) == "inflate";
    }
  }
  EXPECT_TRUE(inflated);
  auto* actions = child<QTableView>("stagesActions");
  ASSERT_GE(actions->model()->rowCount(), 3);
  driver_.click(actions->viewport(), actions->visualRect(actions->model()->index(0, 0)).center());
  EXPECT_TRUE(waitFor([&] { return panel()->stages().why().contains("took"); }))
      << panel()->stages().why().toStdString();
}

}  // namespace
}  // namespace voxmark::testing
