#pragma once

#include <QWidget>
#include <vector>

#include "core/profiling/history.h"
#include "ui/models/bench_runs.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace voxmark::ui {

class ChartFrame;
class HistoryChart;

/// What was measured before on this machine or another, scenario by scenario, with the run in front at the end.
class HistoryPage : public QWidget {
  Q_OBJECT
 public:
  HistoryPage(BenchRuns& runs, QWidget* parent);
  [[nodiscard]] HistoryChart& chart() const { return *chart_; }

 Q_SIGNALS:
  void failed(const QString& message);
  void said(const QString& message);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeControls();
  /// Reads the files again.
  void read();
  void fillScenarios();
  void refresh();
  void keep();
  [[nodiscard]] const profiling::History* chosen() const;

  BenchRuns& runs_;
  std::vector<profiling::History> histories_;
  QComboBox* machine_;
  QComboBox* scenario_;
  QLineEdit* note_;
  QPushButton* keep_;
  HistoryChart* chart_;
  ChartFrame* frame_;
};

}  // namespace voxmark::ui
