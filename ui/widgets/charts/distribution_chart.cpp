#include "ui/widgets/charts/distribution_chart.h"

#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"
#include "core/profiling/sample_shape.h"
#include "core/profiling/sample_statistics.h"
#include "ui/models/trace_log.h"
#include "ui/widgets/charts/chart_painting.h"

namespace voxmark::ui {
namespace {

constexpr double kHalfRow = 0.42;

QString percentText(double percent) {
  return QString("%1%2 %").arg(percent < 0 ? "" : "+").arg(percent, 0, 'f', 1);
}

}  // namespace

DistributionChart::DistributionChart(const QString& name, QWidget* parent) : RowChart(name, parent) {
  new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paint(painter); });
  xAxis->setLabel(tr("Difference from the median, %"));
}

double DistributionChart::percentOf(int row, double ms) const {
  const double reference = samples_[static_cast<std::size_t>(row)].reference;
  return reference > 0 ? 100 * (ms / reference - 1) : 0;
}

void DistributionChart::setSamples(std::vector<Sample> samples) {
  samples_ = std::move(samples);
  shapes_.clear();
  QStringList names;
  QStringList medians;
  QString last;
  for (int row = 0; row < static_cast<int>(samples_.size()); ++row) {
    const Sample& sample = samples_[static_cast<std::size_t>(row)];
    Shape shape;
    std::vector<double> percents;
    for (const double ms : sample.ms) percents.push_back(percentOf(row, ms));
    shape.density = profiling::estimateDensity(percents);
    for (const double value : shape.density.value) shape.peak = std::max(shape.peak, value);
    shape.outlier.assign(sample.ms.size(), false);
    for (const std::size_t n : profiling::outliers(sample.ms)) shape.outlier[n] = true;
    shape.median = profiling::median(sample.ms);
    names << (sample.scenario == last ? sample.run : sample.scenario);
    medians << durationText(shape.median);
    last = sample.scenario;
    shapes_.push_back(std::move(shape));
  }
  setRows(names, medians);
  setNote(samples_.empty() ? tr("Run a benchmark, or open a result file, to see how its times spread.") : QString());
  dataChanged();
}

void DistributionChart::fit() {
  showRows();
  double least = -1;
  double most = 1;
  for (int row = 0; row < rows(); ++row) {
    for (const double ms : samples_[static_cast<std::size_t>(row)].ms) {
      least = std::min(least, percentOf(row, ms));
      most = std::max(most, percentOf(row, ms));
    }
  }
  const double margin = 0.08 * (most - least);
  xAxis->setRange(least - margin, most + margin);
}

QPointF DistributionChart::dotAt(int row, std::size_t block) const {
  const auto& sample = samples_[static_cast<std::size_t>(row)];
  const double count = static_cast<double>(sample.ms.size());
  const double order = count > 1 ? static_cast<double>(block) / (count - 1) - 0.5 : 0;
  return {xAxis->coordToPixel(percentOf(row, sample.ms[block])), yAxis->coordToPixel(row + 0.5 * order)};
}

void DistributionChart::paint(QCPPainter& painter) {
  painter.setAntialiasing(true);
  const double zero = xAxis->coordToPixel(0);
  painter.setPen(QPen(ink(0.4), 1, Qt::DashLine));
  painter.drawLine(QPointF(zero, axisRect()->top()), QPointF(zero, axisRect()->bottom()));
  for (int row = 0; row < rows(); ++row) paintRow(painter, row);
}

void DistributionChart::paintRow(QCPPainter& painter, int row) {
  const auto& sample = samples_[static_cast<std::size_t>(row)];
  const Shape& shape = shapes_[static_cast<std::size_t>(row)];
  const double middle = yAxis->coordToPixel(row);
  const double half = kHalfRow * rowHeight();
  QPolygonF violin;
  for (std::size_t n = 0; n < shape.density.at.size(); ++n) {
    violin << QPointF(xAxis->coordToPixel(shape.density.at[n]), middle - half * shape.density.value[n] / shape.peak);
  }
  for (std::size_t n = shape.density.at.size(); n-- > 0;) {
    violin << QPointF(xAxis->coordToPixel(shape.density.at[n]), middle + half * shape.density.value[n] / shape.peak);
  }
  QColor fill = sample.colour;
  fill.setAlpha(70);
  painter.setPen(QPen(sample.colour, 1));
  painter.setBrush(fill);
  painter.drawPolygon(violin);
  const double radius = std::clamp(rowHeight() / 16, 1.5, 3.5);
  for (std::size_t n = 0; n < sample.ms.size(); ++n) {
    painter.setPen(shape.outlier[n] ? QPen(ink(), 1.5) : QPen(palette().color(QPalette::Base), 0.5));
    painter.setBrush(shape.outlier[n] ? QBrush(Qt::NoBrush) : QBrush(sample.colour));
    const double r = shape.outlier[n] ? radius + 1.5 : radius;
    painter.drawEllipse(dotAt(row, n), r, r);
  }
  if (sample.ms.empty()) return;
  painter.setPen(QPen(ink(), 2));
  const double x = xAxis->coordToPixel(percentOf(row, shape.median));
  painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half));
}

QString DistributionChart::readoutAt(const QPointF& at) const {
  const int row = rowAt(at);
  if (row < 0) return {};
  const auto& sample = samples_[static_cast<std::size_t>(row)];
  const Shape& shape = shapes_[static_cast<std::size_t>(row)];
  const QString where = sample.scenario + " · " + sample.run + ": ";
  constexpr double kReach = 8;  // pixels
  double nearest = kReach;
  std::optional<std::size_t> block;
  for (std::size_t n = 0; n < sample.ms.size(); ++n) {
    const double distance = QLineF(dotAt(row, n), at).length();
    if (distance >= nearest) continue;
    nearest = distance;
    block = n;
  }
  if (!block) {
    return where + tr("median %1 of %2 blocks").arg(durationText(shape.median)).arg(sample.ms.size());
  }
  const double ms = sample.ms[*block];
  return where + tr("block %1, %2 (%3)").arg(*block + 1).arg(durationText(ms), percentText(percentOf(row, ms))) +
         (shape.outlier[*block] ? tr(", an outlier") : QString());
}

Chart::Table DistributionChart::table() const {
  Table out{{"scenario", "run", "block", "ms", "percent", "outlier"}};
  for (int row = 0; row < rows(); ++row) {
    const auto& sample = samples_[static_cast<std::size_t>(row)];
    for (std::size_t n = 0; n < sample.ms.size(); ++n) {
      out.push_back({sample.scenario.toStdString(), sample.run.toStdString(), std::to_string(n + 1),
                     numberText(sample.ms[n]), numberText(percentOf(row, sample.ms[n])),
                     shapes_[static_cast<std::size_t>(row)].outlier[n] ? "1" : "0"});
    }
  }
  return out;
}

}  // namespace voxmark::ui
