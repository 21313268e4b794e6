#include "ui/widgets/charts/line_chart.h"

#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"

namespace voxmark::ui {
namespace {

constexpr int kMostLegendRows = 6;

}  // namespace

LineChart::LineChart(const QString& name, const QString& x, const QString& y, bool logarithmic, QWidget* parent)
    : Chart(name, parent), logarithmic_(logarithmic) {
  xAxis->setLabel(x);
  yAxis->setLabel(y);
  putLegendOnTop();
  legend->setWrap(3);
  setMovable(Qt::Horizontal | Qt::Vertical);
  if (!logarithmic_) return;
  for (QCPAxis* axis : {xAxis, yAxis}) {
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
    axis->setNumberPrecision(2);
  }
}

void LineChart::setLines(std::vector<Line> lines, const QString& noteWhereEmpty) {
  lines_ = std::move(lines);
  clearGraphs();
  for (const Line& line : lines_) {
    QCPGraph* made = addGraph();
    made->setName(fontMetrics().elidedText(line.curve.name, Qt::ElideMiddle, 260));
    made->setPen(QPen(line.curve.colour, line.ideal ? 1 : 1.8, line.ideal ? Qt::DashLine : Qt::SolidLine));
    if (!line.ideal) made->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, line.curve.colour, 6));
    made->setData(QVector<double>(line.curve.x.begin(), line.curve.x.end()),
                  QVector<double>(line.curve.y.begin(), line.curve.y.end()), true);
    if (line.ideal || legend->itemCount() > kMostLegendRows) made->removeFromLegend();
  }
  setNote(lines_.empty() ? noteWhereEmpty : QString());
  dataChanged();
}

void LineChart::fit() {
  std::optional<QCPRange> x;
  std::optional<QCPRange> y;
  const auto take = [](std::optional<QCPRange>& range, double value) {
    if (!range) range = QCPRange(value, value);
    range->expand(value);
  };
  for (const Line& line : lines_) {
    for (const double value : line.curve.x) take(x, value);
    if (line.ideal) continue;  // what would be ideal may leave the picture
    for (const double value : line.curve.y) take(y, value);
  }
  if (!x || !y) return;
  if (logarithmic_) {
    xAxis->setRange(x->lower / 1.3, x->upper * 1.3);
    yAxis->setRange(y->lower / 1.6, y->upper * 1.6);
    return;
  }
  const double wide = std::max(0.06 * x->size(), x->size() > 0 ? 0 : 0.5);
  const double high = std::max(0.1 * y->size(), 0.02 * std::abs(y->upper) + 1e-9);
  xAxis->setRange(x->lower - wide, x->upper + wide);
  yAxis->setRange(std::max(0.0, y->lower - high), y->upper + high);
}

QString LineChart::readoutAt(const QPointF& at) const {
  constexpr double kReach = 20;  // pixels
  double nearest = kReach;
  QString text;
  for (const Line& line : lines_) {
    if (line.ideal) continue;
    for (std::size_t n = 0; n < line.curve.x.size(); ++n) {
      const QPointF dot(xAxis->coordToPixel(line.curve.x[n]), yAxis->coordToPixel(line.curve.y[n]));
      const double distance = QLineF(dot, at).length();
      if (distance >= nearest) continue;
      nearest = distance;
      text = QString("%1: %2 %3, %4 %5")
                 .arg(line.curve.name, xAxis->label())
                 .arg(line.curve.x[n], 0, 'g', 6)
                 .arg(yAxis->label())
                 .arg(line.curve.y[n], 0, 'g', 4);
    }
  }
  return text;
}

Chart::Table LineChart::table() const {
  Table out{{"line", xAxis->label().toStdString(), yAxis->label().toStdString()}};
  for (const Line& line : lines_) {
    if (line.ideal) continue;
    for (std::size_t n = 0; n < line.curve.x.size(); ++n) {
      out.push_back({line.curve.name.toStdString(), numberText(line.curve.x[n]), numberText(line.curve.y[n])});
    }
  }
  return out;
}

}  // namespace voxmark::ui
