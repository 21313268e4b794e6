#pragma once

#include <QWidget>

#include "ui/models/bench_runs.h"
#include "ui/models/environment_model.h"

class QLabel;
class QTableView;

namespace voxmark::ui {

class ChartFrame;
class ForestChart;

/// The run in front held against its baseline: verdicts, and where the surroundings of the two differ.
class ComparePage : public QWidget {
  Q_OBJECT
 public:
  ComparePage(BenchRuns& runs, QWidget* parent);
  [[nodiscard]] ForestChart& chart() const { return *chart_; }

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  QWidget* makeEnvironment();
  void refresh();

  BenchRuns& runs_;
  ForestChart* chart_;
  ChartFrame* frame_;
  EnvironmentModel* environment_;
  QLabel* about_ = nullptr;
};

}  // namespace voxmark::ui
