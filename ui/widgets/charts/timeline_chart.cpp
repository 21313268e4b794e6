#include "ui/widgets/charts/timeline_chart.h"

#include <algorithm>
#include <cmath>

#include "core/document/table_text.h"

namespace voxmark::ui {
namespace {

constexpr double kLaneGap = 0.3;      ///< rows between two lanes
constexpr double kTallestRow = 24.0;  ///< pixels

std::int64_t endOf(const trace::Event& event) {
  return event.startNs + event.durationNs;
}

std::int64_t endOf(const trace::ActionReport& action) {
  return action.startNs + static_cast<std::int64_t>(action.ms * 1e6);
}

double seconds(std::int64_t ns) {
  return static_cast<double>(ns) / 1e9;
}

QString describe(const trace::Event& event) {
  const double ms = static_cast<double>(event.durationNs) / 1e6;
  QString text = QString("%1  %2").arg(event.name, durationText(ms));
  if (event.bytes > 0 && ms > 0) {
    const auto bytes = static_cast<double>(event.bytes);
    text += QString("  %1 MB  %2 MB/s").arg(bytes / 1e6, 0, 'g', 3).arg(bytes / 1e3 / ms, 0, 'f', 0);
  }
  return text;
}

/// A box with a text in it where there is room.
void paintBox(QCPPainter& painter, const QRectF& box, const QColor& fill, const QString& text) {
  painter.fillRect(box, fill);
  constexpr double kMargin = 4;
  if (box.width() < 4 * kMargin || box.height() < painter.fontMetrics().height() - 3) return;
  painter.setPen(qGray(fill.rgb()) > 128 ? Qt::black : Qt::white);
  const QRectF inside = box.adjusted(kMargin, 0, -kMargin, 0);
  painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(inside.width())));
}

}  // namespace

TimelineChart::TimelineChart(const QString& name, QWidget* parent) : Chart(name, parent) {
  new ChartPainting(xAxis, yAxis, [this](QCPPainter& painter) { paint(painter); });
  xAxis->setLabel(tr("Seconds since the start"));
  xAxis->setNumberPrecision(9);
  yAxis->setRangeReversed(true);
  yAxis->grid()->setVisible(false);
  yAxis->setTicker(QSharedPointer<QCPAxisTickerText>(new QCPAxisTickerText));
  yAxis->setTickPen(Qt::NoPen);
  setMovable(Qt::Horizontal);
  connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, &TimelineChart::layOut);
}

void TimelineChart::setLog(const TraceLog* log) {
  log_ = log;
  logChanged();
}

void TimelineChart::logChanged() {
  layOut();
  setNote(log_ == nullptr || log_->empty() ? tr("Nothing has been recorded yet.") : QString());
  dataChanged();
}

void TimelineChart::layOutActions() {
  std::vector<std::int64_t> free;  // when each row is
  actionRows_.clear();
  for (const trace::ActionReport& action : log_->actions()) {
    std::size_t row = 0;
    while (row < free.size() && free[row] > action.startNs) ++row;
    if (row == free.size()) free.push_back(0);
    free[row] = endOf(action);
    actionRows_.push_back(static_cast<int>(row));
  }
  const double rows = std::max<double>(1, static_cast<double>(free.size()));
  tops_.assign(1, rows + kLaneGap);
  yAxis->ticker().dynamicCast<QCPAxisTickerText>()->addTick(rows / 2, tr("actions"));
}

void TimelineChart::layOut() {
  auto ticker = yAxis->ticker().dynamicCast<QCPAxisTickerText>();
  ticker->clear();
  tops_.assign(1, 1 + kLaneGap);
  if (log_ == nullptr) return;
  layOutActions();
  for (const TraceLog::Lane& lane : log_->lanes()) {
    if (!inSight(lane)) {
      tops_.push_back(tops_.back());
      continue;
    }
    const double rows = lane.depth + 1;
    ticker->addTick(tops_.back() + rows / 2, lane.name);
    tops_.push_back(tops_.back() + rows + kLaneGap);
  }
  fitRows();
}

bool TimelineChart::inSight(const TraceLog::Lane& lane) const {
  const auto first = static_cast<std::int64_t>(xAxis->range().lower * 1e9);
  const auto last = static_cast<std::int64_t>(xAxis->range().upper * 1e9);
  const auto from = std::lower_bound(lane.events.begin(), lane.events.end(), first,
                                     [](const trace::Event& event, std::int64_t ns) { return endOf(event) < ns; });
  return from != lane.events.end() && from->startNs <= last;
}

/// Few lanes do not fill the height with boxes.
void TimelineChart::fitRows() {
  if (tops_.empty()) return;
  yAxis->setRange(0, std::max(tops_.back(), axisRect()->height() / kTallestRow));
}

void TimelineChart::resizeEvent(QResizeEvent* event) {
  Chart::resizeEvent(event);
  fitRows();
}

void TimelineChart::fit() {
  if (log_ == nullptr || log_->empty()) return;
  const double end = seconds(log_->to());
  double start = seconds(log_->from());
  if (window_) start = std::max(start, end - *window_);
  const double margin = std::max(1e-4, 0.02 * (end - start));
  xAxis->setRange(start - margin, end + margin);
}

void TimelineChart::setWindow(std::optional<double> window) {
  window_ = window;
}

void TimelineChart::show(std::int64_t fromNs, std::int64_t toNs) {
  const double margin = std::max(1e-5, 0.05 * seconds(toNs - fromNs));
  xAxis->setRange(seconds(fromNs) - margin, seconds(toNs) + margin);
  movedByHand();
}

QRectF TimelineChart::boxOf(std::int64_t from, std::int64_t to, double row) const {
  const double left = xAxis->coordToPixel(seconds(from));
  const double right = xAxis->coordToPixel(seconds(to));
  const double top = yAxis->coordToPixel(row);
  const double bottom = yAxis->coordToPixel(row + 1);
  return QRectF(left, top + 0.5, std::max(1.0, right - left), std::max(2.0, bottom - top - 1));
}

void TimelineChart::paint(QCPPainter& painter) {
  if (log_ == nullptr) return;
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  painter.setFont(small);
  painter.setAntialiasing(false);
  const QRect area = axisRect()->rect();
  for (std::size_t n = 0; n < log_->lanes().size(); ++n) {
    if (!inSight(log_->lanes()[n])) continue;
    const double top = yAxis->coordToPixel(tops_[n]);
    const double bottom = yAxis->coordToPixel(tops_[n + 1] - kLaneGap);
    painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), ink(0.07));
  }
  paintActions(painter);
  for (std::size_t n = 0; n < log_->lanes().size(); ++n) paintLane(painter, n);
}

void TimelineChart::paintActions(QCPPainter& painter) {
  for (std::size_t n = 0; n < log_->actions().size() && n < actionRows_.size(); ++n) {
    const trace::ActionReport& action = log_->actions()[n];
    QRectF box = boxOf(action.startNs, endOf(action), actionRows_[n]);
    if (box.right() < axisRect()->left() || box.left() > axisRect()->right()) continue;
    if (box.width() > 3) box.setWidth(box.width() - 1);
    paintBox(painter, box.intersected(QRectF(axisRect()->rect())), ink(0.25),
             QString::fromStdString(action.title) + "  " + durationText(action.ms));
  }
}

void TimelineChart::paintLane(QCPPainter& painter, std::size_t index) {
  const TraceLog::Lane& lane = log_->lanes()[index];
  const QRectF area = axisRect()->rect();
  const auto first = static_cast<std::int64_t>(xAxis->range().lower * 1e9);
  const auto from = std::lower_bound(lane.events.begin(), lane.events.end(), first,
                                     [](const trace::Event& event, std::int64_t ns) { return endOf(event) < ns; });
  // Of the many that share a pixel one is drawn.
  std::vector<double> drawn(lane.depth + 1, -1);
  for (auto it = from; it != lane.events.end(); ++it) {
    QRectF box = boxOf(it->startNs, endOf(*it), tops_[index] + it->depth);
    if (box.left() > area.right()) continue;
    if (box.right() <= drawn[it->depth] + 0.5) continue;
    drawn[it->depth] = box.right();
    if (box.width() > 3) box.setWidth(box.width() - 1);  // a hairline between neighbours
    box = box.intersected(area.adjusted(-1, 0, 1, 0));
    const double ms = static_cast<double>(it->durationNs) / 1e6;
    paintBox(painter, box, stageColour(it->name), QString("%1  %2").arg(it->name, durationText(ms)));
  }
}

std::optional<std::size_t> TimelineChart::laneAt(double row) const {
  for (std::size_t n = 0; n + 1 < tops_.size(); ++n) {
    if (row >= tops_[n] && row < tops_[n + 1] - kLaneGap) return n;
  }
  return std::nullopt;
}

std::optional<TimelineChart::Choice> TimelineChart::at(const QPointF& place) const {
  if (log_ == nullptr || !axisRect()->rect().contains(place.toPoint())) return std::nullopt;
  const double row = yAxis->pixelToCoord(place.y());
  // Two pixels to either side: short ones are hard to hit.
  const auto early = static_cast<std::int64_t>(xAxis->pixelToCoord(place.x() - 2) * 1e9);
  const auto late = static_cast<std::int64_t>(xAxis->pixelToCoord(place.x() + 2) * 1e9);
  if (row < tops_.front()) {
    const trace::ActionReport* last = nullptr;
    for (std::size_t n = 0; n < log_->actions().size() && n < actionRows_.size(); ++n) {
      const trace::ActionReport& action = log_->actions()[n];
      if (actionRows_[n] == static_cast<int>(row) && action.startNs <= late && endOf(action) >= early) last = &action;
    }
    return last == nullptr ? std::nullopt : std::optional<Choice>(*last);
  }
  const auto lane = laneAt(row);
  if (!lane) return std::nullopt;
  const auto depth = static_cast<std::uint32_t>(row - tops_[*lane]);
  const auto& events = log_->lanes()[*lane].events;
  const auto from = std::lower_bound(events.begin(), events.end(), early,
                                     [](const trace::Event& event, std::int64_t ns) { return endOf(event) < ns; });
  const auto middle = (early + late) / 2;
  const trace::Event* best = nullptr;
  for (auto it = from; it != events.end(); ++it) {
    if (it->depth != depth || it->startNs > late) continue;
    const bool exact = it->startNs <= middle && endOf(*it) >= middle;
    if (best == nullptr || exact) best = &*it;
    if (exact) break;
  }
  return best == nullptr ? std::nullopt : std::optional<Choice>(*best);
}

QString TimelineChart::gapAt(const TraceLog::Lane& lane, std::int64_t ns) const {
  const trace::Event* before = nullptr;
  const trace::Event* after = nullptr;
  for (const trace::Event& event : lane.events) {
    if (event.startNs <= ns && endOf(event) >= ns) return {};
    if (endOf(event) < ns && (before == nullptr || endOf(event) > endOf(*before))) before = &event;
    if (event.startNs > ns && (after == nullptr || event.startNs < after->startNs)) after = &event;
  }
  if (before == nullptr || after == nullptr) return tr("in no stage");
  return tr("in no stage for %1, between %2 and %3")
      .arg(durationText(static_cast<double>(after->startNs - endOf(*before)) / 1e6), before->name, after->name);
}

QString TimelineChart::readoutAt(const QPointF& place) const {
  const auto found = at(place);
  if (found && std::holds_alternative<trace::ActionReport>(*found)) {
    const auto& action = std::get<trace::ActionReport>(*found);
    return QString::fromStdString(action.title) + "  " + durationText(action.ms);
  }
  const auto lane = laneAt(yAxis->pixelToCoord(place.y()));
  if (log_ == nullptr || !lane || !axisRect()->rect().contains(place.toPoint())) return {};
  const TraceLog::Lane& mine = log_->lanes()[*lane];
  const auto ns = static_cast<std::int64_t>(xAxis->pixelToCoord(place.x()) * 1e9);
  const QString what = found ? describe(std::get<trace::Event>(*found)) : gapAt(mine, ns);
  return what.isEmpty() ? QString() : mine.name + ": " + what;
}

void TimelineChart::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->pos();
  Chart::mousePressEvent(event);
}

void TimelineChart::mouseReleaseEvent(QMouseEvent* event) {
  Chart::mouseReleaseEvent(event);
  const bool clicked = (event->pos() - pressed_).manhattanLength() < 4;
  if (event->button() != Qt::LeftButton || !clicked) return;
  if (const auto found = at(event->position())) Q_EMIT chosen(*found);
}

QPoint TimelineChart::placeOf(std::int64_t ns, std::uint32_t lane, std::uint32_t row) const {
  for (std::size_t n = 0; n < log_->lanes().size(); ++n) {
    if (log_->lanes()[n].id == lane) {
      return {static_cast<int>(xAxis->coordToPixel(seconds(ns))),
              static_cast<int>(yAxis->coordToPixel(tops_[n] + row + 0.5))};
    }
  }
  return {};
}

Chart::Table TimelineChart::table() const {
  Table out{{"lane", "stage", "start ms", "ms", "bytes", "action", "depth"}};
  if (log_ == nullptr) return out;
  for (const TraceLog::Lane& lane : log_->lanes()) {
    for (const trace::Event& event : lane.events) {
      out.push_back({lane.name.toStdString(), event.name, numberText(static_cast<double>(event.startNs) / 1e6),
                     numberText(static_cast<double>(event.durationNs) / 1e6), std::to_string(event.bytes),
                     std::to_string(event.action), std::to_string(event.depth)});
    }
  }
  return out;
}

}  // namespace voxmark::ui
