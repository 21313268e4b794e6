#include "ui/widgets/curve_plot.h"

#include <algorithm>
#include <cmath>

namespace voxmark::ui {
namespace {

constexpr int kReplotMs = 70;
constexpr int kMostLegendRows = 8;
constexpr int kLegendWidth = 150;  // pixels of a name at most

QColor mixed(const QColor& a, const QColor& b, double part) {
  const auto one = [&](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * part)); };
  return {one(a.red(), b.red()), one(a.green(), b.green()), one(a.blue(), b.blue())};
}

/// The range of all finite numbers.
std::optional<QCPRange> rangeOf(const std::vector<Curve>& curves, std::vector<double> Curve::*axis) {
  std::optional<QCPRange> range;
  for (const Curve& curve : curves) {
    for (const double value : curve.*axis) {
      if (!std::isfinite(value)) continue;
      if (!range) range = QCPRange(value, value);
      range->expand(value);
    }
  }
  return range;
}

}  // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QCustomPlot(parent),
      markerLine_(new QCPItemStraightLine(this)),
      pointerLine_(new QCPItemStraightLine(this)),
      note_(new QCPItemText(this)) {
  for (QCPItemStraightLine* line : {markerLine_, pointerLine_}) {
    line->setVisible(false);
    line->setSelectable(false);
  }
  note_->position->setType(QCPItemPosition::ptAxisRectRatio);
  note_->position->setCoords(0.5, 0.5);
  note_->setVisible(false);
  setMouseTracking(true);
  setMinimumSize(180, 90);
  legend->setIconSize(16, 8);
  legend->setRowSpacing(0);
  legend->setMargins({6, 3, 6, 3});
  // Beside the curves, not over them.
  auto* side = new QCPLayoutGrid;
  plotLayout()->addElement(0, 1, side);
  plotLayout()->setColumnStretchFactor(1, 0.001);
  side->addElement(0, 0, legend);
  side->addElement(1, 0, new QCPLayoutElement(this));  // takes the rest of the height
  side->setRowStretchFactor(0, 0.001);
  side->setMargins({0, 4, 6, 0});
  axisRect()->setMinimumMargins({8, 6, 12, 4});
  xAxis->setNumberFormat("gb");
  yAxis->setNumberFormat("gb");
  replot_.setSingleShot(true);
  replot_.setInterval(kReplotMs);
  connect(&replot_, &QTimer::timeout, this, [this] {
    stale_ = !seen();
    if (!stale_) replot(QCustomPlot::rpQueuedReplot);
  });
  // Otherwise every plot has the window painted at once, whatever else waits to be drawn.
  setPlottingHint(QCP::phImmediateRefresh, false);
  applyTheme();
}

void CurvePlot::applyTheme() {
  const QColor ground = palette().color(QPalette::Base);
  const QColor ink = palette().color(QPalette::Text);
  setBackground(QBrush(palette().color(QPalette::Window)));
  axisRect()->setBackground(QBrush(ground));
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  for (QCPAxis* axis : {xAxis, yAxis}) {
    const QPen line(mixed(ground, ink, 0.4));
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(mixed(ground, ink, 0.8));
    axis->setLabelColor(mixed(ground, ink, 0.8));
    axis->setTickLabelFont(small);
    axis->setLabelFont(small);
    axis->setLabelPadding(2);
    axis->grid()->setPen(QPen(mixed(ground, ink, 0.15)));
    axis->grid()->setZeroLinePen(QPen(mixed(ground, ink, 0.25)));
  }
  legend->setBrush(Qt::NoBrush);
  legend->setBorderPen(Qt::NoPen);
  legend->setTextColor(ink);
  legend->setFont(small);
  note_->setColor(mixed(ground, ink, 0.65));
  note_->setFont(font());
  markerLine_->setPen(QPen(ink, 1.5));
  pointerLine_->setPen(QPen(mixed(ground, ink, 0.6), 1, Qt::DashLine));
  scheduleReplot();
}

void CurvePlot::changeEvent(QEvent* event) {
  QCustomPlot::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyTheme();
}

void CurvePlot::showEvent(QShowEvent* event) {
  QCustomPlot::showEvent(event);
  scheduleReplot();
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
  if (seen()) {
    QCustomPlot::resizeEvent(event);
  } else {
    setViewport(rect());  // what nobody sees is drawn once it is shown
    stale_ = true;
  }
}

void CurvePlot::paintEvent(QPaintEvent* event) {
  QCustomPlot::paintEvent(event);
  if (stale_) scheduleReplot();
}

bool CurvePlot::seen() const {
  return isVisible() && !visibleRegion().isEmpty();  // behind another tab the first alone says yes
}

void CurvePlot::scheduleReplot() {
  stale_ = !seen();
  if (!stale_ && !replot_.isActive()) replot_.start();
}

void CurvePlot::setCurves(std::vector<Curve> curves, bool dots) {
  if (curves == curves_ && dots == dots_) return;
  curves_ = std::move(curves);
  dots_ = dots;
  redraw();
}

void CurvePlot::redraw() {
  const int count = static_cast<int>(curves_.size());
  while (graphCount() > count) removeGraph(graphCount() - 1);
  while (graphCount() < count) addGraph();
  for (int n = 0; n < count; ++n) {
    const Curve& curve = curves_[static_cast<std::size_t>(n)];
    QCPGraph* line = graph(n);
    line->setName(fontMetrics().elidedText(curve.name, Qt::ElideRight, kLegendWidth));
    line->setPen(QPen(curve.colour, 1.6));
    line->setScatterStyle(dots_ ? QCPScatterStyle(QCPScatterStyle::ssDisc, curve.colour, 5) : QCPScatterStyle());
    line->setData(QVector<double>(curve.x.begin(), curve.x.end()), QVector<double>(curve.y.begin(), curve.y.end()),
                  true);
  }
  // More names than there is room for would hide the curves.
  while (legend->itemCount() > kMostLegendRows) legend->removeAt(legend->itemCount() - 1);
  legend->setVisible(count > 0);
  fitAxes();
  scheduleReplot();
}

void CurvePlot::fitAxes() {
  if (const auto x = rangeOf(curves_, &Curve::x)) {
    const double margin = x->size() > 0 ? 0.01 * x->size() : 0.5;
    xAxis->setRange(x->lower - margin, x->upper + margin);
  }
  if (const auto y = rangeOf(curves_, &Curve::y)) {
    const double margin = y->size() > 0 ? 0.06 * y->size() : std::max(0.5, 0.05 * std::abs(y->upper));
    yAxis->setRange(y->lower - margin, y->upper + margin);
  }
}

void CurvePlot::setTitles(const QString& x, const QString& y) {
  if (x == xAxis->label() && y == yAxis->label()) return;
  xAxis->setLabel(x);
  yAxis->setLabel(y);
  scheduleReplot();
}

void CurvePlot::setNote(const QString& note) {
  if (note == note_->text() && note_->visible() == !note.isEmpty()) return;
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  for (QCPAxis* axis : {xAxis, yAxis}) axis->setTickLabels(note.isEmpty());
  scheduleReplot();
}

void CurvePlot::setMarker(std::optional<double> x) {
  if (x == marker_) return;
  marker_ = x;
  markerLine_->setVisible(x.has_value());
  markerLine_->point1->setCoords(x.value_or(0), 0);
  markerLine_->point2->setCoords(x.value_or(0), 1);
  scheduleReplot();
}

std::optional<double> CurvePlot::xAt(const QPointF& position) const {
  if (curves_.empty() || !axisRect()->outerRect().contains(position.toPoint())) return std::nullopt;
  return xAxis->pixelToCoord(position.x());
}

void CurvePlot::mousePressEvent(QMouseEvent* event) {
  const auto x = xAt(event->position());
  if (event->button() == Qt::LeftButton && x) Q_EMIT picked(*x);
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
  pointer_ = xAt(event->position());
  pointerLine_->setVisible(pointer_.has_value());
  pointerLine_->point1->setCoords(pointer_.value_or(0), 0);
  pointerLine_->point2->setCoords(pointer_.value_or(0), 1);
  if (pointer_ && (event->buttons() & Qt::LeftButton) != 0) Q_EMIT picked(*pointer_);
  Q_EMIT hovered(pointer_);
  scheduleReplot();
}

void CurvePlot::leaveEvent(QEvent* event) {
  QCustomPlot::leaveEvent(event);
  pointer_.reset();
  pointerLine_->setVisible(false);
  Q_EMIT hovered(std::nullopt);
  scheduleReplot();
}

bool CurvePlot::saveTo(const QString& path) {
  const bool shown = pointerLine_->visible();
  pointerLine_->setVisible(false);
  const bool saved = savePng(path, 0, 0, 2);
  pointerLine_->setVisible(shown);
  return saved;
}

}  // namespace voxmark::ui
