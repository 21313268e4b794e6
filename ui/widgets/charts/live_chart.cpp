#include "ui/widgets/charts/live_chart.h"

#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"
#include "ui/widgets/charts/chart_painting.h"

namespace voxmark::ui {
namespace {

constexpr int kStageHeight = 10;  ///< pixels
constexpr double kHeadroom = 1.18;

}  // namespace

LiveChart::LiveChart(const QString& name, const QString& unit, QWidget* parent) : Chart(name, parent) {
  auto* bands = new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paintBands(painter); });
  bands->setLayer("background");
  new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paintStages(painter); });
  xAxis->setLabel(tr("Seconds of the run"));
  yAxis->setLabel(unit);
  putLegendOnTop();
  clear();
}

int LiveChart::addSeries(const QString& name, const QColor& colour, const QString& right) {
  QCPGraph* line = right.isEmpty() ? addGraph() : addGraph(xAxis, yAxis2);
  if (!right.isEmpty()) {
    yAxis2->setVisible(true);
    yAxis2->setLabel(right);
  }
  line->setName(name);
  colours_.push_back(colour);
  recolour();
  return graphCount() - 1;
}

void LiveChart::recolour() {
  for (int n = 0; n < graphCount(); ++n) {
    const QColor& colour = colours_[static_cast<std::size_t>(n)];
    const bool right = graph(n)->valueAxis() == yAxis2;
    graph(n)->setPen(QPen(colour, 1.6, right ? Qt::DotLine : Qt::SolidLine));
  }
}

void LiveChart::append(int series, double seconds, double value) {
  setNote({});
  graph(series)->addData(seconds, value);
  end_ = std::max(end_, seconds);
}

void LiveChart::endBand(const QString& name, double seconds) {
  bands_.push_back({bands_.empty() ? 0 : bands_.back().to, seconds, name});
  end_ = std::max(end_, seconds);
}

void LiveChart::setStages(const TraceLog* log, std::int64_t startNs) {
  log_ = log;
  startNs_ = startNs;
}

void LiveChart::clear() {
  for (int n = 0; n < graphCount(); ++n) graph(n)->data()->clear();
  bands_.clear();
  log_ = nullptr;
  end_ = 1;
  setNote(tr("Shown while a benchmark runs"));
  showAll();
}

int LiveChart::points(int series) const {
  return graph(series)->dataCount();
}

void LiveChart::fit() {
  xAxis->setRange(0, 1.02 * end_);
  for (QCPAxis* axis : {yAxis, yAxis2}) {
    double most = 0;
    for (const QCPGraph* line : axis->graphs()) {
      for (const QCPGraphData& point : *line->data()) most = std::max(most, point.value);
    }
    axis->setRange(0, most > 0 ? kHeadroom * most : 1);
  }
}

void LiveChart::paintBands(QCPPainter& painter) {
  const QRectF area = axisRect()->rect();
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.8);
  painter.setFont(small);
  for (std::size_t n = 0; n < bands_.size(); ++n) {
    const double left = xAxis->coordToPixel(bands_[n].from);
    const QRectF box =
        QRectF(left, area.top(), xAxis->coordToPixel(bands_[n].to) - left, area.height()).intersected(area);
    painter.fillRect(box, ink(n % 2 == 0 ? 0.05 : 0.12));
    painter.setPen(ink(0.7));
    if (box.width() > 30) {
      painter.drawText(
          box.adjusted(4, 1, -4, 0), Qt::AlignTop | Qt::AlignLeft,
          painter.fontMetrics().elidedText(bands_[n].name, Qt::ElideMiddle, static_cast<int>(box.width()) - 8));
    }
  }
}

void LiveChart::paintStages(QCPPainter& painter) {
  if (log_ == nullptr) return;
  painter.setAntialiasing(false);
  const QRectF area = axisRect()->rect();
  const double top = area.bottom() - kStageHeight;
  double drawn = -1;
  // What lies deepest is what was being done; of the many that share a pixel one is drawn.
  for (const TraceLog::Lane& lane : log_->lanes()) {
    for (std::uint32_t depth = 0; depth <= lane.depth; ++depth, drawn = -1) {
      for (const trace::Event& event : lane.events) {
        if (event.depth != depth || event.action == 0) continue;
        const double left = xAxis->coordToPixel(static_cast<double>(event.startNs - startNs_) / 1e9);
        const double right =
            xAxis->coordToPixel(static_cast<double>(event.startNs + event.durationNs - startNs_) / 1e9);
        if (right < area.left() || left > area.right() || right <= drawn + 0.5) continue;
        drawn = std::max(right, left + 1);
        painter.fillRect(QRectF(left, top, drawn - left, kStageHeight), stageColour(event.name));
      }
    }
  }
}

QString LiveChart::stageAt(double seconds) const {
  const auto ns = startNs_ + static_cast<std::int64_t>(seconds * 1e9);
  const trace::Event* best = nullptr;
  if (log_ == nullptr) return {};
  for (const TraceLog::Lane& lane : log_->lanes()) {
    for (const trace::Event& event : lane.events) {
      if (event.action == 0 || event.startNs > ns || event.startNs + event.durationNs < ns) continue;
      if (best == nullptr || event.depth > best->depth) best = &event;
    }
  }
  return best == nullptr ? QString() : QString(best->name);
}

QString LiveChart::readoutAt(const QPointF& at) const {
  const double seconds = xAxis->pixelToCoord(at.x());
  QStringList parts;
  for (int n = 0; n < graphCount(); ++n) {
    const auto series = graph(n)->data();
    auto found = series->findBegin(seconds);
    if (found == series->constEnd()) continue;
    if (std::next(found) != series->constEnd() &&
        std::abs(std::next(found)->key - seconds) < std::abs(found->key - seconds))
      ++found;
    parts << QString("%1 %2").arg(graph(n)->name()).arg(found->value, 0, 'g', 4);
  }
  if (parts.isEmpty()) return {};
  parts.prepend(QString("%1 s").arg(seconds, 0, 'f', 2));
  for (const Band& band : bands_) {
    if (seconds >= band.from && seconds < band.to) parts << band.name;
  }
  if (const QString stage = stageAt(seconds); !stage.isEmpty()) parts << stage;
  return parts.join("   ");
}

Chart::Table LiveChart::table() const {
  Table out{{"series", "seconds", "value"}};
  for (int n = 0; n < graphCount(); ++n) {
    for (const QCPGraphData& point : *graph(n)->data()) {
      out.push_back({graph(n)->name().toStdString(), numberText(point.key), numberText(point.value)});
    }
  }
  return out;
}

}  // namespace voxmark::ui
