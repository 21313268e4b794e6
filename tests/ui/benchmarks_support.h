#pragma once

#include <QFile>
#include <QPushButton>
#include <QTabWidget>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "tests/ui/window_test.h"
#include "ui/panels/benchmarks_panel.h"

namespace voxmark::testing {

/// The window with the workbench in front.
class Workbench : public WindowTest {
 protected:
  [[nodiscard]] ui::BenchmarksPanel* panel() const { return window_->findChild<ui::BenchmarksPanel*>(); }
  void enter() {
    driver_.key("ctrl+b");
    ASSERT_TRUE(waitFor([&] { return panel()->isVisible(); }));
    letRun(100);
  }
  void showPage(const QString& title) {
    auto* pages = child<QTabWidget>("benchmarkPages");
    for (int n = 0; n < pages->count(); ++n) {
      if (pages->tabText(n) != title) continue;
      driver_.click(pages->tabBar(), pages->tabBar()->tabRect(n).center());
      letRun(250);  // charts are drawn ten times a second
      ASSERT_EQ(pages->currentIndex(), n);
      return;
    }
    FAIL() << "there is no page " << title.toStdString();
  }
  /// Presses Run and waits for the end.
  void run() {
    const std::size_t before = panel()->runs().all().size();
    driver_.click(child<QPushButton>("runBenchmark"));
    ASSERT_TRUE(
        waitFor([&] { return panel()->runs().all().size() == before + 1 && !panel()->runner().running(); }, 180000));
    letRun(250);
  }
  /// A result file in Google Benchmark's form: rows of `times` ms under the name.
  void writeResults(const QString& path, const std::string& name, const std::vector<double>& times,
                    const std::string& host = "elsewhere") {
    nlohmann::json out;
    out["context"] = {
        {"date", "2026-01-02T03:04:05+00:00"}, {"host_name", host}, {"num_cpus", 2}, {"library_build_type", "release"}};
    for (std::size_t n = 0; n < times.size(); ++n) {
      out["benchmarks"].push_back({{"name", name},
                                   {"run_name", name},
                                   {"run_type", "iteration"},
                                   {"repetitions", times.size()},
                                   {"repetition_index", n},
                                   {"threads", 1},
                                   {"iterations", 1},
                                   {"real_time", times[n]},
                                   {"cpu_time", times[n]},
                                   {"time_unit", "ms"}});
    }
    std::ofstream(path.toStdString()) << out.dump(1);
  }
  /// Twenty times about `middle`, by a fixed pattern of `spread`.
  [[nodiscard]] static std::vector<double> times(double middle, double spread) {
    std::vector<double> out;
    for (int n = 0; n < 20; ++n) out.push_back(middle * (1 + spread * ((n * 7) % 20 - 9.5) / 10));
    return out;
  }
};

}  // namespace voxmark::testing
