#include "ui/widgets/charts/chart_theme.h"

#include <cmath>

#include <qcustomplot.h>

namespace voxmark::ui {

QColor mixedColour(const QColor& a, const QColor& b, double part) {
  const auto one = [&](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * part)); };
  return {one(a.red(), b.red()), one(a.green(), b.green()), one(a.blue(), b.blue())};
}

void themeChart(QCustomPlot& chart) {
  const QColor ground = chart.palette().color(QPalette::Base);
  const QColor ink = chart.palette().color(QPalette::Text);
  chart.setBackground(QBrush(chart.palette().color(QPalette::Window)));
  chart.axisRect()->setBackground(QBrush(ground));
  QFont small = chart.font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  for (QCPAxis* axis : chart.axisRect()->axes()) {
    const QPen line(mixedColour(ground, ink, 0.4));
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(mixedColour(ground, ink, 0.8));
    axis->setLabelColor(mixedColour(ground, ink, 0.8));
    axis->setTickLabelFont(small);
    axis->setLabelFont(small);
    axis->setLabelPadding(2);
    axis->grid()->setPen(QPen(mixedColour(ground, ink, 0.15)));
    axis->grid()->setZeroLinePen(QPen(mixedColour(ground, ink, 0.25)));
  }
  chart.legend->setBrush(Qt::NoBrush);
  chart.legend->setBorderPen(Qt::NoPen);
  chart.legend->setTextColor(ink);
  chart.legend->setFont(small);
}

}  // namespace voxmark::ui
