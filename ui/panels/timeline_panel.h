#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/models/action_log_model.h"
#include "ui/widgets/charts/timeline_chart.h"

class QCheckBox;
class QLabel;
class QTableView;

namespace voxmark::ui {

class ChartFrame;

/// Every load, operation and frame as it happens, and why one of them was slow. Reads the trace ten times a second
/// while somebody sees it; what happened before is there all the same.
class TimelinePanel : public QWidget {
  Q_OBJECT
 public:
  explicit TimelinePanel(QWidget* parent);
  [[nodiscard]] TimelineChart& chart() const { return *chart_; }
  [[nodiscard]] const TraceLog& log() const { return log_; }
  [[nodiscard]] QString why() const;
  /// A dock behind another tab counts as visible with Qt, so that its dock has to say it.
  void setShown(bool shown);

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  QWidget* makeActions();
  void refresh();
  void explain(const TimelineChart::Choice& choice);
  void saveTrace();

  TraceLog log_;
  std::uint64_t cursor_ = 0;
  std::size_t running_ = 0;
  TimelineChart* chart_;
  ChartFrame* frame_;
  ActionLogModel* model_;
  QTableView* actions_ = nullptr;
  QCheckBox* follow_;
  QLabel* why_;
  QTimer timer_;
};

}  // namespace voxmark::ui
