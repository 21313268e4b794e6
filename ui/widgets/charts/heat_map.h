#pragma once

#include "ui/models/size_table.h"
#include "ui/widgets/charts/row_chart.h"

namespace voxmark::ui {

/// Scenarios by sizes: MB/s as a colour and a number. The colours are those of cividis, which people with any kind of
/// colour vision see in the same order.
class HeatMap : public RowChart {
  Q_OBJECT
 public:
  HeatMap(const QString& name, QWidget* parent);
  void setTable(SizeTable table);
  [[nodiscard]] const SizeTable& cells() const { return table_; }
  [[nodiscard]] Table table() const override;

 protected:
  [[nodiscard]] QString readoutAt(const QPointF& at) const override;
  void fit() override;

 private:
  void paint(QCPPainter& painter);
  [[nodiscard]] QColor colourOf(double megabytes) const;

  SizeTable table_;
  double least_ = 0;
  double most_ = 1;
};

}  // namespace voxmark::ui
