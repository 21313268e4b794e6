#pragma once

#include <vector>

#include "core/profiling/history.h"
#include "core/profiling/step_detection.h"
#include "ui/widgets/charts/chart.h"

namespace voxmark::ui {

/// Times of one scenario over its runs, with the levels that they kept and the steps between them. The run in front
/// that is not kept yet is a ring at the end.
class HistoryChart : public Chart {
  Q_OBJECT
 public:
  HistoryChart(const QString& name, QWidget* parent);
  /// `current`: the last point is that of the run in front.
  void setPoints(std::vector<profiling::HistoryPoint> points, bool current, const QString& noteWhereEmpty);
  /// Along the dates instead of run by run.
  void setByDate(bool byDate);
  [[nodiscard]] const std::vector<profiling::Segment>& segments() const { return segments_; }
  [[nodiscard]] int points() const { return static_cast<int>(points_.size()); }
  [[nodiscard]] Table table() const override;

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;

 private:
  void paint(QCPPainter& painter);
  void paintLevels(QCPPainter& painter);
  [[nodiscard]] double placeOf(std::size_t point) const;
  /// The segment that a point is the first of, where that is a step: the factor to the level before.
  [[nodiscard]] double stepAt(std::size_t point) const;

  std::vector<profiling::HistoryPoint> points_;
  std::vector<profiling::Segment> segments_;
  bool current_ = false;
  bool byDate_ = false;
};

}  // namespace voxmark::ui
