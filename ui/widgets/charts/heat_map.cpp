#include "ui/widgets/charts/heat_map.h"

#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"
#include "ui/models/trace_log.h"
#include "ui/render/color_map.h"
#include "ui/widgets/charts/chart_painting.h"

namespace voxmark::ui {

HeatMap::HeatMap(const QString& name, QWidget* parent) : RowChart(name, parent) {
  new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paint(painter); });
  xAxis->setTicker(QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText));
  xAxis->setLabel(tr("Voxels"));
  xAxis->grid()->setVisible(false);
}

void HeatMap::setTable(SizeTable table) {
  table_ = std::move(table);
  auto ticker = xAxis->ticker().dynamicCast<QCPAxisTickerText>();
  ticker->clear();
  for (std::size_t n = 0; n < table_.sizes.size(); ++n) ticker->addTick(static_cast<double>(n), table_.sizes[n].name);
  std::vector<double> rates;
  for (const auto& row : table_.cells) {
    for (const auto& cell : row) {
      if (cell && cell->bytesPerSecond > 0) rates.push_back(cell->bytesPerSecond / 1e6);
    }
  }
  least_ = rates.empty() ? 0 : *std::min_element(rates.begin(), rates.end());
  most_ = rates.empty() ? 1 : *std::max_element(rates.begin(), rates.end());
  setRows(table_.families);
  setNote(table_.sizes.empty() ? tr("Measure files of several sizes to see how speed depends on them.") : QString());
  dataChanged();
}

void HeatMap::fit() {
  showRows();
  xAxis->setRange(-0.5, std::max<double>(1, static_cast<double>(table_.sizes.size())) - 0.5);
}

QColor HeatMap::colourOf(double megabytes) const {
  // By the logarithm: speeds span decades.
  const double span = std::log(most_ / least_);
  const double part = span > 0 ? std::log(megabytes / least_) / span : 1;
  const auto& colour = render::colorMapOrGray("cividis")[static_cast<std::size_t>(std::clamp(part, 0.0, 1.0) * 255)];
  return {colour[0], colour[1], colour[2]};
}

void HeatMap::paint(QCPPainter& painter) {
  painter.setAntialiasing(false);
  for (std::size_t row = 0; row < table_.cells.size(); ++row) {
    for (std::size_t column = 0; column < table_.sizes.size(); ++column) {
      const auto& cell = table_.cells[row][column];
      const auto x = static_cast<double>(column);
      const auto y = static_cast<double>(row);
      const QRectF box(QPointF(xAxis->coordToPixel(x - 0.5), yAxis->coordToPixel(y - 0.5)),
                       QPointF(xAxis->coordToPixel(x + 0.5), yAxis->coordToPixel(y + 0.5)));
      const QRectF inside = box.adjusted(1, 1, -1, -1);
      if (!cell) {
        painter.fillRect(inside, ink(0.05));
        continue;
      }
      const double rate = cell->bytesPerSecond / 1e6;
      const QColor fill = rate > 0 ? colourOf(rate) : ink(0.15);
      painter.fillRect(inside, fill);
      if (inside.height() < painter.fontMetrics().height() || inside.width() < 40) continue;
      painter.setPen(qGray(fill.rgb()) > 128 ? Qt::black : Qt::white);
      const QString text = rate > 0 ? tr("%1 MB/s").arg(rate, 0, 'f', rate < 10 ? 1 : 0) : durationText(cell->ms);
      painter.drawText(inside, Qt::AlignCenter, text);
    }
  }
}

QString HeatMap::readoutAt(const QPointF& at) const {
  const int row = rowAt(at);
  const auto column = std::lround(xAxis->pixelToCoord(at.x()));
  if (row < 0 || column < 0 || column >= static_cast<long>(table_.sizes.size())) return {};
  const auto& cell = table_.cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
  const QString where = table_.families[row] + " · " + table_.sizes[static_cast<std::size_t>(column)].name + ": ";
  if (!cell) return where + tr("not measured");
  QString text = where + durationText(cell->ms);
  if (cell->bytesPerSecond > 0) text += tr(", %1 MB/s").arg(cell->bytesPerSecond / 1e6, 0, 'f', 0);
  return text;
}

Chart::Table HeatMap::table() const {
  Table out{{"scenario", "size", "voxels", "ms", "MB/s", "threads"}};
  for (std::size_t row = 0; row < table_.cells.size(); ++row) {
    for (std::size_t column = 0; column < table_.sizes.size(); ++column) {
      const auto& cell = table_.cells[row][column];
      if (!cell) continue;
      out.push_back({table_.families[static_cast<int>(row)].toStdString(), table_.sizes[column].name.toStdString(),
                     numberText(table_.sizes[column].voxels), numberText(cell->ms),
                     numberText(cell->bytesPerSecond / 1e6), std::to_string(cell->threads)});
    }
  }
  return out;
}

}  // namespace voxmark::ui
