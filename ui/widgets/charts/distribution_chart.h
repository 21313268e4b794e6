#pragma once

#include <vector>

#include "core/profiling/density.h"
#include "ui/widgets/charts/row_chart.h"

namespace voxmark::ui {

/// The block times of scenarios: a dot each, in the order in which they ran from top to bottom, over the violin of
/// their density, with the median. Times are percentages about the median of the row's first sample, so that scenarios
/// of any length can be read side by side. Outliers are rings.
class DistributionChart : public RowChart {
  Q_OBJECT
 public:
  struct Sample {
    QString scenario;
    QString run;
    QColor colour;
    std::vector<double> ms;  ///< of blocks
    double reference = 0;    ///< ms that are 0 %
  };
  DistributionChart(const QString& name, QWidget* parent);
  void setSamples(std::vector<Sample> samples);
  [[nodiscard]] const std::vector<Sample>& samples() const { return samples_; }
  [[nodiscard]] double percentOf(int row, double ms) const;
  [[nodiscard]] Table table() const override;

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;

 private:
  struct Shape {
    profiling::Density density;  ///< over percentages
    double peak = 0;
    std::vector<bool> outlier;
    double median = 0;  ///< ms
  };
  void paint(QCPPainter& painter);
  void paintRow(QCPPainter& painter, int row);
  [[nodiscard]] QPointF dotAt(int row, std::size_t block) const;

  std::vector<Sample> samples_;
  std::vector<Shape> shapes_;
};

}  // namespace voxmark::ui
