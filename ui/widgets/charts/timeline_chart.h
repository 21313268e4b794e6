#pragma once

#include <optional>
#include <variant>

#include "ui/models/trace_log.h"
#include "ui/widgets/charts/chart.h"
#include "ui/widgets/charts/chart_painting.h"

namespace voxmark::ui {

/// Stages over time: one lane a thread that has any in sight, what encloses others above them, actions on top. Gaps are
/// times in no stage.
class TimelineChart : public Chart {
  Q_OBJECT
 public:
  using Choice = std::variant<trace::Event, trace::ActionReport>;
  TimelineChart(const QString& name, QWidget* parent);
  /// Must outlive the chart; call logChanged when it has.
  void setLog(const TraceLog* log);
  void logChanged();
  /// How many seconds before the end are in sight while the user has not zoomed; nothing: all of it.
  void setWindow(std::optional<double> seconds);
  void show(std::int64_t fromNs, std::int64_t toNs);
  /// The stage, or the action, at a place of the widget.
  [[nodiscard]] std::optional<Choice> at(const QPointF& place) const;
  /// Where a time of one of a lane's rows is in the widget; row 0 is the top one.
  [[nodiscard]] QPoint placeOf(std::int64_t ns, std::uint32_t lane, std::uint32_t row = 0) const;
  [[nodiscard]] Table table() const override;

 Q_SIGNALS:
  void chosen(const voxmark::ui::TimelineChart::Choice& choice);

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  void layOut();
  void layOutActions();
  void fitRows();
  /// Threads come and go: those that have nothing in the time that is shown take no room.
  [[nodiscard]] bool inSight(const TraceLog::Lane& lane) const;
  void paint(QCPPainter& painter);
  void paintLane(QCPPainter& painter, std::size_t index);
  void paintActions(QCPPainter& painter);
  [[nodiscard]] QRectF boxOf(std::int64_t from, std::int64_t to, double row) const;
  [[nodiscard]] std::optional<std::size_t> laneAt(double row) const;
  [[nodiscard]] QString gapAt(const TraceLog::Lane& lane, std::int64_t ns) const;

  const TraceLog* log_ = nullptr;
  std::vector<double> tops_;     ///< the first row of each lane, and the end of the last; actions are above them
  std::vector<int> actionRows_;  ///< of each action: those that run at the same time lie below one another
  std::optional<double> window_ = 10;
  QPoint pressed_;
};

}  // namespace voxmark::ui
