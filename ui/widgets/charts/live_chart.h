#pragma once

#include <vector>

#include "ui/models/trace_log.h"
#include "ui/widgets/charts/chart.h"

namespace voxmark::ui {

/// Values over the seconds of a run as they come, over bands of the scenarios, with the stages that ran along the
/// bottom.
class LiveChart : public Chart {
  Q_OBJECT
 public:
  LiveChart(const QString& name, const QString& unit, QWidget* parent);
  /// Returns the number of the series. `right`: on the axis at the right, which is titled so.
  int addSeries(const QString& name, const QColor& colour, const QString& right = {});
  void append(int series, double seconds, double value);
  /// The scenario that has just ended, for which a band is drawn.
  void endBand(const QString& name, double seconds);
  /// Stages of the run, which began at `startNs`; null: none.
  void setStages(const TraceLog* log, std::int64_t startNs);
  /// Starts anew.
  void clear();
  /// New values are shown; called as often as charts are drawn.
  void refresh() { dataChanged(); }
  [[nodiscard]] int points(int series) const;
  [[nodiscard]] int bands() const { return static_cast<int>(bands_.size()); }
  [[nodiscard]] Table table() const override;

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;
  void recolour() override;

 private:
  struct Band {
    double from = 0;
    double to = 0;
    QString name;
  };
  void paintBands(QCPPainter& painter);
  void paintStages(QCPPainter& painter);
  [[nodiscard]] QString stageAt(double seconds) const;

  std::vector<QColor> colours_;
  std::vector<Band> bands_;
  const TraceLog* log_ = nullptr;
  std::int64_t startNs_ = 0;
  double end_ = 1;
};

}  // namespace voxmark::ui
