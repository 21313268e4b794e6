#pragma once

#include <QWidget>

#include "ui/models/bench_runs.h"

namespace voxmark::ui {

class DistributionChart;

/// How the block times of the run in front spread, over those of its baseline.
class DistributionPage : public QWidget {
  Q_OBJECT
 public:
  DistributionPage(BenchRuns& runs, QWidget* parent);
  [[nodiscard]] DistributionChart& chart() const { return *chart_; }

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  void refresh();
  BenchRuns& runs_;
  DistributionChart* chart_;
};

}  // namespace voxmark::ui
