#include "ui/widgets/charts/row_chart.h"

#include <algorithm>
#include <cmath>

namespace voxmark::ui {
namespace {

constexpr int kLabelWidth = 270;  ///< pixels of a name at most

}  // namespace

RowChart::RowChart(const QString& name, QWidget* parent) : Chart(name, parent) {
  for (QCPAxis* axis : {yAxis, yAxis2}) {
    axis->setTicker(QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText));
    axis->setRangeReversed(true);
    axis->setTickPen(Qt::NoPen);
    axis->grid()->setVisible(false);
  }
  axisRect()->setRangeDragAxes(xAxis, yAxis);
  setMovable(Qt::Horizontal | Qt::Vertical);
}

void RowChart::setRows(const QStringList& names, const QStringList& texts) {
  rows_ = static_cast<int>(names.size());
  const QFontMetrics metrics(yAxis->tickLabelFont());
  const auto fill = [&](QCPAxis* axis, const QStringList& labels) {
    auto ticker = axis->ticker().dynamicCast<QCPAxisTickerText>();
    ticker->clear();
    for (int n = 0; n < labels.size(); ++n)
      ticker->addTick(n, metrics.elidedText(labels[n], Qt::ElideMiddle, kLabelWidth));
  };
  fill(yAxis, names);
  fill(yAxis2, texts);
  yAxis2->setVisible(!texts.isEmpty());
}

void RowChart::showRows() {
  yAxis->setRange(-0.6, std::max(1, rows_) - 0.4);
  yAxis2->setRange(yAxis->range());
}

int RowChart::rowAt(const QPointF& place) const {
  if (!axisRect()->rect().contains(place.toPoint())) return -1;
  const int row = static_cast<int>(std::lround(yAxis->pixelToCoord(place.y())));
  return row >= 0 && row < rows_ ? row : -1;
}

double RowChart::rowHeight() const {
  return std::abs(yAxis->coordToPixel(1) - yAxis->coordToPixel(0));
}

QPoint RowChart::placeOf(double x, int row) const {
  return {static_cast<int>(xAxis->coordToPixel(x)), static_cast<int>(yAxis->coordToPixel(row))};
}

}  // namespace voxmark::ui
