#pragma once

#include "ui/models/curves.h"
#include "ui/widgets/charts/chart.h"

namespace voxmark::ui {

/// Lines with a dot at each value, on linear or logarithmic axes; those drawn thin and dashed are what would be ideal.
class LineChart : public Chart {
  Q_OBJECT
 public:
  struct Line {
    Curve curve;
    bool ideal = false;
  };
  LineChart(const QString& name, const QString& x, const QString& y, bool logarithmic, QWidget* parent);
  void setLines(std::vector<Line> lines, const QString& noteWhereEmpty);
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  [[nodiscard]] Table table() const override;

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;

 private:
  bool logarithmic_;
  std::vector<Line> lines_;
};

}  // namespace voxmark::ui
