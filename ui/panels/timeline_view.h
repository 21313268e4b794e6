#pragma once

#include <QWidget>

#include "ui/models/action_log_model.h"
#include "ui/widgets/charts/timeline_chart.h"

class QLabel;
class QTableView;

namespace voxmark::ui {

class ChartFrame;

/// A log of stages: its actions in a table, the timeline beside it, and below why what was clicked took so long.
class TimelineView : public QWidget {
  Q_OBJECT
 public:
  /// `name`: of the widgets, for tests ("timeline").
  TimelineView(const QString& title, const QString& name, QWidget* parent);
  /// Must outlive the view, or be replaced; null: nothing.
  void setLog(const TraceLog* log);
  void logChanged();
  [[nodiscard]] TimelineChart& chart() const { return *chart_; }
  [[nodiscard]] ChartFrame& frame() const { return *frame_; }
  [[nodiscard]] QString why() const;

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  QWidget* makeActions(const QString& name);
  void explain(const TimelineChart::Choice& choice);

  const TraceLog* log_ = nullptr;
  TimelineChart* chart_;
  ChartFrame* frame_;
  ActionLogModel* model_;
  QTableView* actions_ = nullptr;
  QLabel* why_;
};

}  // namespace voxmark::ui
