#pragma once

#include "ui/widgets/charts/chart.h"

namespace voxmark::ui {

/// A chart of named rows, the first on top; every row is one high, the n-th about y = n.
class RowChart : public Chart {
  Q_OBJECT
 public:
  RowChart(const QString& name, QWidget* parent);
  /// Where the middle of a row at `x` is in the widget.
  [[nodiscard]] QPoint placeOf(double x, int row) const;
  [[nodiscard]] int rows() const { return rows_; }

 protected:
  /// Names at the left and, where there are any, texts at the right.
  void setRows(const QStringList& names, const QStringList& texts = {});
  /// The row at a place of the widget; -1 where there is none.
  [[nodiscard]] int rowAt(const QPointF& place) const;
  void showRows();
  /// Pixels of a row.
  [[nodiscard]] double rowHeight() const;

 private:
  int rows_ = 0;
};

}  // namespace voxmark::ui
