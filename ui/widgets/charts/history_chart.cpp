#include "ui/widgets/charts/history_chart.h"

#include <QDateTime>
#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"
#include "ui/models/curves.h"
#include "ui/models/trace_log.h"
#include "ui/widgets/charts/chart_painting.h"

namespace voxmark::ui {
namespace {

constexpr double kDot = 3.5;

QDateTime dateOf(const profiling::HistoryPoint& point) {
  return QDateTime::fromString(QString::fromStdString(point.date).left(19), Qt::ISODate);
}

QString factorText(double factor) {
  const double percent = 100 * (factor - 1);
  return QString("%1%2 %").arg(percent < 0 ? "" : "+").arg(percent, 0, 'f', 1);
}

}  // namespace

HistoryChart::HistoryChart(const QString& name, QWidget* parent) : Chart(name, parent) {
  new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paint(painter); });
  yAxis->setLabel(tr("ms"));
  setMovable(Qt::Horizontal | Qt::Vertical);
  setByDate(false);
}

void HistoryChart::setByDate(bool byDate) {
  byDate_ = byDate;
  xAxis->setLabel(byDate ? tr("Date") : tr("Run"));
  if (byDate) {
    auto ticker = QSharedPointer<QCPAxisTickerDateTime>(new QCPAxisTickerDateTime);
    ticker->setDateTimeFormat("yyyy-MM-dd");
    xAxis->setTicker(ticker);
  } else {
    auto ticker = QSharedPointer<QCPAxisTickerFixed>(new QCPAxisTickerFixed);
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    xAxis->setTicker(ticker);
  }
  showAll();
}

void HistoryChart::setPoints(std::vector<profiling::HistoryPoint> points, bool current, const QString& note) {
  points_ = std::move(points);
  current_ = current;
  std::vector<double> times;
  for (const auto& point : points_) times.push_back(point.medianMs);
  const bool positive = std::all_of(times.begin(), times.end(), [](double ms) { return ms > 0; });
  segments_ = positive ? profiling::segmentsOf(times) : std::vector<profiling::Segment>{};
  setNote(points_.empty() ? note : QString());
  dataChanged();
}

double HistoryChart::placeOf(std::size_t point) const {
  return byDate_ ? static_cast<double>(dateOf(points_[point]).toSecsSinceEpoch()) : static_cast<double>(point + 1);
}

void HistoryChart::fit() {
  if (points_.empty()) return;
  double least = points_.front().lowMs;
  double most = points_.front().highMs;
  for (const auto& point : points_) {
    least = std::min(least, point.lowMs);
    most = std::max(most, point.highMs);
  }
  const double high = std::max(0.15 * (most - least), 0.03 * most);
  yAxis->setRange(std::max(0.0, least - high), most + high);
  const double from = placeOf(0);
  const double to = placeOf(points_.size() - 1);
  const double wide = to > from ? 0.04 * (to - from) : (byDate_ ? 86400.0 : 1.0);
  xAxis->setRange(from - wide, to + wide);
}

double HistoryChart::stepAt(std::size_t point) const {
  for (std::size_t n = 1; n < segments_.size(); ++n) {
    if (segments_[n].first == point) return segments_[n].level / segments_[n - 1].level;
  }
  return 1;
}

void HistoryChart::paintLevels(QCPPainter& painter) {
  for (std::size_t n = 0; n < segments_.size(); ++n) {
    const auto& segment = segments_[n];
    const double y = yAxis->coordToPixel(segment.level);
    const double left = xAxis->coordToPixel(placeOf(segment.first));
    const double right = xAxis->coordToPixel(placeOf(segment.first + segment.count - 1));
    painter.setPen(QPen(curveColour(1), 3));
    painter.drawLine(QPointF(left - 4, y), QPointF(right + 4, y));
    if (n == 0) continue;
    painter.setPen(QPen(ink(0.6), 1, Qt::DashLine));
    painter.drawLine(QPointF(left - 6, axisRect()->top()), QPointF(left - 6, axisRect()->bottom()));
    painter.setPen(ink());
    const double factor = segment.level / segments_[n - 1].level;
    painter.drawText(QPointF(left, axisRect()->top() + painter.fontMetrics().ascent() + 2),
                     (factor > 1 ? QString("▲ ") : QString("▼ ")) + factorText(factor));
  }
}

void HistoryChart::paint(QCPPainter& painter) {
  painter.setAntialiasing(true);
  paintLevels(painter);
  for (std::size_t n = 0; n < points_.size(); ++n) {
    const auto& point = points_[n];
    const double x = xAxis->coordToPixel(placeOf(n));
    const QPointF at(x, yAxis->coordToPixel(point.medianMs));
    painter.setPen(QPen(ink(0.45), 1));
    painter.drawLine(QPointF(x, yAxis->coordToPixel(point.lowMs)), QPointF(x, yAxis->coordToPixel(point.highMs)));
    const bool last = current_ && n + 1 == points_.size();
    painter.setPen(QPen(curveColour(0), last ? 2 : 1));
    painter.setBrush(last ? QBrush(palette().color(QPalette::Base)) : QBrush(curveColour(0)));
    painter.drawEllipse(at, last ? kDot + 2 : kDot, last ? kDot + 2 : kDot);
    if (point.note.empty()) continue;
    painter.setPen(ink(0.8));
    painter.drawText(QPointF(x + 6, at.y() - 6),
                     painter.fontMetrics().elidedText(QString::fromStdString(point.note), Qt::ElideRight, 160));
  }
}

QString HistoryChart::readoutAt(const QPointF& at) const {
  constexpr double kReach = 16;  // pixels
  double nearest = kReach;
  std::optional<std::size_t> found;
  for (std::size_t n = 0; n < points_.size(); ++n) {
    const double distance = std::abs(xAxis->coordToPixel(placeOf(n)) - at.x());
    if (distance >= nearest) continue;
    nearest = distance;
    found = n;
  }
  if (!found) return {};
  const auto& point = points_[*found];
  QString text = QString("%1: %2 (%3 – %4)")
                     .arg(QString::fromStdString(point.date).left(16).replace('T', ' '), durationText(point.medianMs),
                          durationText(point.lowMs), durationText(point.highMs));
  if (!point.commit.empty()) text += ", " + QString::fromStdString(point.commit).left(12);
  if (const double step = stepAt(*found); step != 1) text += tr(", a step of %1").arg(factorText(step));
  if (current_ && *found + 1 == points_.size()) text += tr(", the run in front");
  if (!point.note.empty()) text += ": " + QString::fromStdString(point.note);
  return text;
}

Chart::Table HistoryChart::table() const {
  Table out{{"date", "commit", "scenario", "median ms", "low ms", "high ms", "step", "note"}};
  for (std::size_t n = 0; n < points_.size(); ++n) {
    const auto& point = points_[n];
    out.push_back({point.date, point.commit, point.name, numberText(point.medianMs), numberText(point.lowMs),
                   numberText(point.highMs), numberText(stepAt(n)), point.note});
  }
  return out;
}

}  // namespace voxmark::ui
