#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/models/trace_log.h"

class QCheckBox;

namespace voxmark::ui {

class TimelineView;

/// Every load, operation and frame as it happens. Reads the trace ten times a second while somebody sees it; what
/// happened before is there all the same.
class TimelinePanel : public QWidget {
  Q_OBJECT
 public:
  explicit TimelinePanel(QWidget* parent);
  [[nodiscard]] TimelineView& view() const { return *view_; }
  [[nodiscard]] const TraceLog& log() const { return log_; }
  /// A dock behind another tab counts as visible with Qt, so that its dock has to say it.
  void setShown(bool shown);

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  void refresh();
  void saveTrace();

  TraceLog log_;
  std::uint64_t cursor_ = 0;
  bool running_ = false;
  TimelineView* view_;
  QCheckBox* follow_;
  QTimer timer_;
};

}  // namespace voxmark::ui
