#include "ui/widgets/charts/forest_chart.h"

#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"
#include "ui/models/trace_log.h"
#include "ui/models/verdict_look.h"
#include "ui/widgets/charts/chart_painting.h"

namespace voxmark::ui {
namespace {

double percent(double ratio) {
  return 100 * (ratio - 1);
}

QString signedText(double ratio) {
  if (!std::isfinite(ratio)) return QString("∞");
  const double value = percent(ratio);
  return QString("%1%2 %").arg(value < 0 ? "" : "+").arg(value, 0, 'f', 1);
}

QString verdictText(const profiling::ComparisonRow& row) {
  if (!row.time) return wordFor(row);
  return QString("%1  %2").arg(signedText(row.time->estimate.ratio), wordFor(row));
}

}  // namespace

ForestChart::ForestChart(const QString& name, QWidget* parent) : RowChart(name, parent) {
  new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paint(painter); });
  xAxis->setLabel(tr("Time against the baseline, % (right: slower)"));
}

void ForestChart::setComparison(const profiling::Comparison* comparison, const QString& note) {
  shown_.clear();
  if (comparison != nullptr) shown_ = comparison->rows;
  QStringList names;
  QStringList texts;
  for (const auto& row : shown_) {
    names << QString::fromStdString(row.name);
    texts << verdictText(row);
  }
  setRows(names, texts);
  setNote(shown_.empty() ? note : QString());
  dataChanged();
}

void ForestChart::fit() {
  showRows();
  // Intervals of a few noisy blocks may reach far beyond the estimates: they are cut off at the edge.
  double reach = 1.5 * profiling::kDefaultTolerancePercent;
  double farthest = 50;
  for (const auto& row : shown_) {
    if (!row.time) continue;
    farthest = std::max(farthest, 1.2 * std::abs(percent(row.time->estimate.ratio)));
    for (const double ratio : {row.time->estimate.ratio, row.time->estimate.low, row.time->estimate.high}) {
      if (ratio > 0 && std::isfinite(ratio)) reach = std::max(reach, std::abs(percent(ratio)));
    }
  }
  reach = 1.1 * std::min(reach, farthest);
  xAxis->setRange(-reach, reach);
}

void ForestChart::paint(QCPPainter& painter) {
  painter.setAntialiasing(true);
  for (int row = 0; row < rows(); ++row) paintRow(painter, row);
  const double zero = xAxis->coordToPixel(0);
  painter.setPen(QPen(ink(0.5), 1));
  painter.drawLine(QPointF(zero, axisRect()->top()), QPointF(zero, axisRect()->bottom()));
}

void ForestChart::paintRow(QCPPainter& painter, int row) {
  const auto& one = shown_[static_cast<std::size_t>(row)];
  const double y = yAxis->coordToPixel(row);
  const double half = rowHeight() / 2;
  const QRectF area = axisRect()->rect();
  const double tolerance = one.time ? one.time->tolerancePercent : profiling::kDefaultTolerancePercent;
  const double left = xAxis->coordToPixel(-tolerance);
  painter.fillRect(QRectF(left, y - half, xAxis->coordToPixel(tolerance) - left, 2 * half), ink(0.09));
  const double size = std::clamp(rowHeight() * 0.4, 7.0, 13.0);
  if (!one.time) return paintMark(painter, markOf(one), {xAxis->coordToPixel(0), y}, size);
  const auto& estimate = one.time->estimate;
  const auto place = [&](double ratio) {
    if (!std::isfinite(ratio)) return area.right() + 1;
    return std::clamp(xAxis->coordToPixel(percent(ratio)), area.left() - 1, area.right() + 1);
  };
  painter.setPen(QPen(colourOf(markOf(one)), 2));
  painter.drawLine(QPointF(place(estimate.low), y), QPointF(place(estimate.high), y));
  for (const double end : {estimate.low, estimate.high}) {
    painter.drawLine(QPointF(place(end), y - size / 2), QPointF(place(end), y + size / 2));
  }
  paintMark(painter, markOf(one), {place(estimate.ratio), y}, size);
}

QString ForestChart::readoutAt(const QPointF& at) const {
  const int row = rowAt(at);
  if (row < 0) return {};
  const auto& one = shown_[static_cast<std::size_t>(row)];
  QString text = QString::fromStdString(one.name) + ": " + wordFor(one);
  if (one.time) {
    text += tr("; %1 → %2, %3 (99 %: %4 to %5)")
                .arg(durationText(one.baselineMs), durationText(one.currentMs), signedText(one.time->estimate.ratio),
                     one.time->estimate.low > 0 ? signedText(one.time->estimate.low) : QString("–∞"),
                     signedText(one.time->estimate.high));
  }
  for (const std::string& reason : one.reasons) text += "; " + QString::fromStdString(reason);
  for (const std::string& note : one.notes) text += "; " + QString::fromStdString(note);
  return text;
}

Chart::Table ForestChart::table() const {
  Table out{{"scenario", "verdict", "baseline ms", "current ms", "ratio", "low", "high", "tolerance %"}};
  for (const auto& row : shown_) {
    std::vector<std::string> line{row.name, std::string(profiling::stateName(row.state)), numberText(row.baselineMs),
                                  numberText(row.currentMs)};
    if (row.time) {
      for (const double value :
           {row.time->estimate.ratio, row.time->estimate.low, row.time->estimate.high, row.time->tolerancePercent}) {
        line.push_back(numberText(value));
      }
    } else {
      line.insert(line.end(), 4, "");
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace voxmark::ui
