#include <QFile>
#include <QFileDialog>
#include <QPushButton>
#include <QTableWidget>
#include <nlohmann/json.hpp>

#include <qcustomplot.h>

#include "tests/ui/window_test.h"
#include "ui/panels/benchmarks_panel.h"

namespace voxmark::testing {
namespace {

class Benchmarks : public WindowTest {
 protected:
  void SetUp() override { open(sample()); }
  [[nodiscard]] ui::BenchmarksPanel* panel() const { return window_->findChild<ui::BenchmarksPanel*>(); }
};

TEST_F(Benchmarks, RunMeasuresChartsAndSaves) {
  driver_.click(child<QPushButton>("runBenchmark"));
  auto* stop = child<QPushButton>("stopBenchmark");
  ASSERT_TRUE(waitFor([&] { return panel()->results().size() == 3 && !stop->isEnabled(); }, 120000));
  EXPECT_EQ(window_->width(), 1600);  // results must not push the window off the screen
  auto* table = child<QTableWidget>("benchmarkResults");
  ASSERT_EQ(table->rowCount(), 3);
  for (int row = 0; row < 3; ++row) {
    EXPECT_GT(table->item(row, 1)->text().toDouble(), 0) << table->item(row, 0)->text().toStdString();
    EXPECT_EQ(table->item(row, 5)->text().toStdString(), "done");
  }
  for (QCustomPlot* chart : panel()->findChildren<QCustomPlot*>()) EXPECT_GT(chart->graph(0)->dataCount(), 1);
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
  child<QComboBox>("benchmarkPreset")->setCurrentText("full");
  driver_.click(child<QPushButton>("runBenchmark"));
  auto* throughput = panel()->findChildren<QCustomPlot*>().front();
  ASSERT_TRUE(waitFor([&] { return throughput->graph(0)->dataCount() >= 2; }, 60000));
  driver_.click(child<QPushButton>("stopBenchmark"));
  ASSERT_TRUE(waitFor([&] { return child<QPushButton>("runBenchmark")->isEnabled(); }, 60000));
  ASSERT_FALSE(panel()->results().empty());
  EXPECT_FALSE(panel()->results().front().blocks.empty());
}

TEST_F(Benchmarks, WithoutAFileThereIsNothingToRun) {
  driver_.key("ctrl+z");
  ASSERT_TRUE(waitFor([&] { return document().layers.empty(); }));
  EXPECT_FALSE(child<QPushButton>("runBenchmark")->isEnabled());
}

}  // namespace
}  // namespace voxmark::testing
