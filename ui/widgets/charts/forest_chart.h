#pragma once

#include "core/profiling/comparison.h"
#include "ui/widgets/charts/row_chart.h"

namespace voxmark::ui {

/// A run against its baseline: how many percent longer each scenario takes, with the interval, over the band that the
/// tolerance allows. The mark's shape and colour say the verdict.
class ForestChart : public RowChart {
  Q_OBJECT
 public:
  ForestChart(const QString& name, QWidget* parent);
  /// Null: nothing to compare, for which `note` says why.
  void setComparison(const profiling::Comparison* comparison, const QString& note);
  [[nodiscard]] const std::vector<profiling::ComparisonRow>& compared() const { return shown_; }
  [[nodiscard]] Table table() const override;

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;

 private:
  void paint(QCPPainter& painter);
  void paintRow(QCPPainter& painter, int row);

  std::vector<profiling::ComparisonRow> shown_;
};

}  // namespace voxmark::ui
