#include "ui/widgets/histogram_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <algorithm>
#include <cmath>

#include "ui/widgets/value_box.h"

namespace voxmark::ui {
namespace {

constexpr double kReach = 6;  // pixels about a handle that still hold it

DisplayWindow windowBetween(double low, double high) {
  return {std::max(high - low, 1e-12), (low + high) / 2};
}

}  // namespace

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Histogram and window"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setToolTip(tr("Drag the edges or the middle of the window. Wheel: look closer. Double click: fit to the window."));
}

void HistogramView::show(const LayerDisplay& display, bool windowed, int key) {
  const bool moved = display.window != picture_.display.window;
  picture_.display = display;
  picture_.windowed = windowed;
  picture_.empty = false;
  if (key != key_) {
    key_ = key;
    chosen_ = false;
    fresh_ = true;
  }
  // A window chosen elsewhere comes into view, unless the user looks at a place of their own.
  if (moved && windowed && grip_ == Grip::None && !chosen_ && !fresh_) showUsual();
  update();
}

void HistogramView::showNothing() {
  picture_.empty = true;
  setDistribution(nullptr, nullptr);
}

void HistogramView::setDistribution(std::shared_ptr<const ValueDistribution> whole,
                                    std::shared_ptr<const ValueDistribution> detail) {
  const bool first = whole != nullptr && picture_.whole != whole;
  picture_.whole = std::move(whole);
  picture_.detail = std::move(detail);
  if (first && (fresh_ || !chosen_)) showUsual();
  if (first) Q_EMIT looked(picture_.axis.low, picture_.axis.high);
  update();
}

void HistogramView::setLogarithmic(bool on) {
  picture_.logarithmic = on;
  update();
}

void HistogramView::showUsual() {
  fresh_ = picture_.whole == nullptr;
  const DisplayWindow& window = picture_.display.window;
  double low = picture_.windowed || !picture_.whole ? window.level - window.width / 2 : picture_.whole->min;
  double high = picture_.windowed || !picture_.whole ? window.level + window.width / 2 : picture_.whole->max;
  if (picture_.whole && picture_.whole->finite > 0) {
    low = std::min(low, picture_.whole->usual.first);
    high = std::max(high, picture_.whole->usual.second);
  }
  ValueAxis next = picture_.axis;
  next.show(low, high);
  setAxis(next);
}

void HistogramView::showAll() {
  if (!picture_.whole || picture_.whole->finite == 0) return;
  chosen_ = true;
  ValueAxis next = picture_.axis;
  next.show(picture_.whole->min, picture_.whole->max);
  setAxis(next);
}

void HistogramView::showWindow() {
  const DisplayWindow& window = picture_.display.window;
  chosen_ = true;
  ValueAxis next = picture_.axis;
  next.show(window.level - window.width, window.level + window.width);
  setAxis(next);
}

ValueAxis HistogramView::axis() const {
  ValueAxis out = picture_.axis;
  const QRectF bars = HistogramLayout(rect()).bars;
  out.left = bars.left();
  out.width = std::max(1.0, bars.width());
  return out;
}

void HistogramView::setAxis(const ValueAxis& axis) {
  const double size = std::max(std::abs(axis.low), std::abs(axis.high));
  const double span = axis.high - axis.low;
  if (!std::isfinite(span) || !(span > size * 1e-10) || span > 1e300) return;
  picture_.axis = axis;
  Q_EMIT looked(axis.low, axis.high);
  update();
}

void HistogramView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  picture_.axis = axis();
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.88);
  painter.setFont(small);
  paintHistogram(painter, picture_, HistogramLayout(rect()), palette());
  if (!hasFocus()) return;
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(palette().color(QPalette::Highlight));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void HistogramView::resizeEvent(QResizeEvent*) {
  picture_.axis = axis();
}

HistogramView::Grip HistogramView::gripAt(const QPointF& position) const {
  const ValueAxis axis = this->axis();
  const HistogramLayout layout(rect());
  const LayerDisplay& d = picture_.display;
  const auto at = [&](double value) { return std::abs(axis.pixelOf(value) - position.x()) <= kReach; };
  if (position.y() <= layout.markers.bottom() + 2) {
    // The triangles point at what is drawn, so most of each lies on that side.
    const auto over = [&](double value, double side) {
      return at(value) || at(value + side * axis.perPixel() * kReach);
    };
    if (d.hideBelow && over(*d.hideBelow, 1)) return Grip::Below;
    if (d.hideAbove && over(*d.hideAbove, -1)) return Grip::Above;
  }
  if (!picture_.windowed) return Grip::None;
  const double low = d.window.level - d.window.width / 2;
  const double high = d.window.level + d.window.width / 2;
  const bool narrow = axis.pixelOf(high) - axis.pixelOf(low) < 4 * kReach;
  if (at(d.window.level) && !narrow) return Grip::Level;
  if (at(high) && (!at(low) || position.x() > axis.pixelOf(d.window.level))) return Grip::High;
  if (at(low)) return Grip::Low;
  const double value = axis.valueAt(position.x());
  return value > low && value < high ? Grip::Level : Grip::None;
}

void HistogramView::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->position().x();
  axisBefore_ = axis();
  windowBefore_ = picture_.display.window;
  grip_ = event->button() == Qt::LeftButton ? gripAt(event->position()) : Grip::Axis;
}

void HistogramView::drag(double pixel) {
  const double value = axisBefore_.valueAt(pixel);
  const double moved = (pixel - pressed_) * axisBefore_.perPixel();
  const double low = windowBefore_.level - windowBefore_.width / 2;
  const double high = windowBefore_.level + windowBefore_.width / 2;
  const double least = axisBefore_.perPixel() / 10;  // edges do not pass each other
  switch (grip_) {
    case Grip::Low:
      Q_EMIT windowDragged(windowBetween(std::min(low + moved, high - least), high));
      break;
    case Grip::High:
      Q_EMIT windowDragged(windowBetween(low, std::max(high + moved, low + least)));
      break;
    case Grip::Level:
      Q_EMIT windowDragged({windowBefore_.width, windowBefore_.level + moved});
      break;
    case Grip::Below:
      Q_EMIT thresholdsDragged(value, picture_.display.hideAbove);
      break;
    case Grip::Above:
      Q_EMIT thresholdsDragged(picture_.display.hideBelow, value);
      break;
    case Grip::Axis:
      chosen_ = true;
      setAxis(axisBefore_.moved(pixel - pressed_));
      break;
    case Grip::None:
      break;
  }
}

void HistogramView::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() != Qt::NoButton) {
    drag(event->position().x());
  } else {
    const Grip grip = gripAt(event->position());
    const bool edge = grip != Grip::None && grip != Grip::Level;
    setCursor(edge ? Qt::SizeHorCursor : grip == Grip::Level ? Qt::OpenHandCursor : Qt::ArrowCursor);
  }
  hover(event->position());
}

void HistogramView::mouseReleaseEvent(QMouseEvent*) {
  if (grip_ != Grip::None && grip_ != Grip::Axis) Q_EMIT dragEnded();
  grip_ = Grip::None;
}

void HistogramView::mouseDoubleClickEvent(QMouseEvent*) {
  showWindow();
}

void HistogramView::wheelEvent(QWheelEvent* event) {
  const QPoint turned = event->angleDelta();
  const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
  DisplayWindow window = picture_.display.window;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    window.width *= std::pow(1.05, -notches);
    if (picture_.windowed) Q_EMIT windowDragged(window);
  } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    window.level += notches * window.width / 50;
    if (picture_.windowed) Q_EMIT windowDragged(window);
  } else {
    chosen_ = true;
    setAxis(axis().zoomedAt(event->position().x(), std::pow(1.25, notches)));
  }
  hover(event->position());
  event->accept();
}

void HistogramView::leaveEvent(QEvent*) {
  picture_.hovered.reset();
  Q_EMIT hovered({});
  update();
}

void HistogramView::hover(const QPointF& position) {
  const ValueAxis axis = this->axis();
  const double value = axis.valueAt(std::clamp(position.x(), axis.left, axis.left + axis.width));
  picture_.hovered = value;
  QString text = valueText(value, axis.high - axis.low);
  if (picture_.whole) {
    const auto fine = picture_.detail ? picture_.detail->binOf(value) : std::nullopt;
    const ValueDistribution& d = fine ? *picture_.detail : *picture_.whole;
    const auto bin = fine ? fine : d.binOf(value);
    const std::uint64_t count = bin ? d.counts[*bin] : 0;
    if (d.everyValue && bin) text = valueText(d.low + (static_cast<double>(*bin) + 0.5) * d.binWidth(), d.high - d.low);
    text = tr("%1: %2 voxels").arg(text, QLocale().toString(static_cast<qulonglong>(count)));
  }
  Q_EMIT hovered(text);
  update();
}

void HistogramView::keyPressEvent(QKeyEvent* event) {
  DisplayWindow window = picture_.display.window;
  const double step = axis().perPixel() * 2;
  const bool width = event->modifiers().testFlag(Qt::ShiftModifier);
  const double middle = axis().left + axis().width / 2;
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
      const double by = event->key() == Qt::Key_Left ? -step : step;
      if (width) {
        window.width = std::max(window.width + by, step / 20);
      } else {
        window.level += by;
      }
      if (picture_.windowed) Q_EMIT windowDragged(window);
      break;
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      chosen_ = true;
      setAxis(axis().zoomedAt(middle, 1.25));
      break;
    case Qt::Key_Minus:
      chosen_ = true;
      setAxis(axis().zoomedAt(middle, 0.8));
      break;
    case Qt::Key_Home:
      showAll();
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace voxmark::ui
