#pragma once

#include <QWidget>

#include "ui/models/bench_runs.h"

namespace voxmark::ui {

class LineChart;

/// What precision costs: the time of each scenario that tells its largest numerical error, and that error.
class ErrorPage : public QWidget {
  Q_OBJECT
 public:
  ErrorPage(BenchRuns& runs, QWidget* parent);
  [[nodiscard]] LineChart& chart() const { return *chart_; }

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  void refresh();
  BenchRuns& runs_;
  LineChart* chart_;
};

}  // namespace voxmark::ui
