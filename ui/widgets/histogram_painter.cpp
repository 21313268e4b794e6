#include "ui/widgets/histogram_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/render/color_map.h"
#include "ui/widgets/value_box.h"

namespace voxmark::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("HistogramView", text);
}

double valuesIn(const ValueDistribution& d, double low, double high) {
  if (d.counts.empty()) return 0;
  const double width = d.binWidth();
  const double from = std::clamp((low - d.low) / width, 0.0, static_cast<double>(d.counts.size()));
  const double to = std::clamp((high - d.low) / width, 0.0, static_cast<double>(d.counts.size()));
  double sum = 0;
  for (double at = from; at < to;) {
    const double next = std::min(std::floor(at) + 1, to);
    sum += static_cast<double>(d.counts[static_cast<std::size_t>(at)]) * (next - at);
    at = next;
  }
  return sum;
}

/// The height that fills the plot: single values that outweigh all others (the air about a head) are cut off rather
/// than flatten everything else.
double fullHeight(std::vector<double> heights) {
  std::erase_if(heights, [](double h) { return h <= 0; });
  if (heights.empty()) return 1;
  const double highest = *std::max_element(heights.begin(), heights.end());
  const auto place = heights.begin() + static_cast<std::ptrdiff_t>((heights.size() - 1) * 97 / 100);
  std::nth_element(heights.begin(), place, heights.end());
  return std::min(highest, *place * 1.3);
}

void paintBars(QPainter& painter, const HistogramPicture& picture, const QRectF& rect, const QPalette& palette) {
  const int columns = static_cast<int>(rect.width());
  std::vector<double> heights(static_cast<std::size_t>(std::max(columns, 0)));
  for (int x = 0; x < columns; ++x) {
    const double low = picture.axis.valueAt(rect.left() + x);
    heights[static_cast<std::size_t>(x)] = valuesBetween(picture, low, low + picture.axis.perPixel());
  }
  const double full =
      picture.logarithmic ? std::log1p(*std::max_element(heights.begin(), heights.end())) : fullHeight(heights);
  if (!(full > 0)) return;
  const DisplayWindow& window = picture.display.window;
  const auto shade = [&](int alpha) {
    QColor colour = palette.color(QPalette::Text);
    colour.setAlpha(alpha);
    return colour;
  };
  for (int x = 0; x < columns; ++x) {
    const double count = heights[static_cast<std::size_t>(x)];
    if (count <= 0) continue;
    const double share = std::min(1.0, (picture.logarithmic ? std::log1p(count) : count) / full);
    const double height = std::max(1.0, share * (rect.height() - 2));
    const double value = picture.axis.valueAt(rect.left() + x + 0.5);
    const bool inside = std::abs(value - window.level) <= window.width / 2 || !picture.windowed;
    painter.fillRect(QRectF(rect.left() + x, rect.bottom() - height, 1, height), shade(inside ? 190 : 90));
  }
}

/// What the thresholds keep from being drawn.
void paintHidden(QPainter& painter, const HistogramPicture& picture, const QRectF& rect, const QPalette& palette) {
  const auto cover = [&](double from, double to) {
    const double left = std::clamp(from, rect.left(), rect.right());
    const double right = std::clamp(to, rect.left(), rect.right());
    if (right <= left) return;
    const QRectF part(left, rect.top(), right - left, rect.height());
    QColor veil = palette.color(QPalette::Base);
    veil.setAlpha(150);
    painter.fillRect(part, veil);
    QColor lines = palette.color(QPalette::Text);
    lines.setAlpha(60);
    painter.fillRect(part, QBrush(lines, Qt::BDiagPattern));
  };
  const LayerDisplay& d = picture.display;
  if (d.hideBelow) cover(rect.left(), picture.axis.pixelOf(*d.hideBelow));
  if (d.hideAbove) cover(picture.axis.pixelOf(*d.hideAbove), rect.right());
}

void paintStrip(QPainter& painter, const HistogramPicture& picture, const QRectF& rect) {
  const render::ColorMap& map = render::colorMapOrGray(picture.display.colorMap);
  const DisplayWindow& window = picture.display.window;
  const double low = window.level - window.width / 2;
  for (int x = 0; x < static_cast<int>(rect.width()); ++x) {
    const double value = picture.axis.valueAt(rect.left() + x + 0.5);
    double share = std::clamp((value - low) / std::max(window.width, 1e-200), 0.0, 1.0);
    if (picture.display.invert) share = 1 - share;
    const render::Rgba& c = map[static_cast<std::size_t>(std::lround(share * 255))];
    painter.fillRect(QRectF(rect.left() + x, rect.top(), 1, rect.height()), QColor(c[0], c[1], c[2]));
  }
}

/// Round numbers, as far apart as their texts need.
void paintAxis(QPainter& painter, const HistogramPicture& picture, const QRectF& rect, const QPalette& palette) {
  const double wanted = picture.axis.perPixel() * 64;
  const double power = std::pow(10.0, std::floor(std::log10(wanted)));
  const double step = power * (wanted <= power * 2 ? 2 : wanted <= power * 5 ? 5 : 10);
  if (!(step > 0) || !std::isfinite(step)) return;
  painter.setPen(palette.color(QPalette::Text));
  const double first = std::ceil(picture.axis.low / step);
  for (int n = 0; n < 40; ++n) {
    const double value = (first + n) * step;
    const double x = picture.axis.pixelOf(value);
    if (x > rect.right()) break;
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.top() + 3));
    const QString text = valueText(value, step * 1000);
    const double width = painter.fontMetrics().horizontalAdvance(text);
    const double left = std::clamp(x - width / 2, rect.left(), std::max(rect.left(), rect.right() - width));
    painter.drawText(QRectF(left, rect.top() + 3, width + 1, rect.height() - 3), Qt::AlignCenter, text);
  }
}

void paintHandle(QPainter& painter, double x, const HistogramLayout& layout, const QPalette& palette, bool middle) {
  const QRectF& bars = layout.bars;
  if (x < bars.left() - 1 || x > bars.right() + 1) return;
  const QColor accent = palette.color(QPalette::Highlight);
  painter.setPen(QPen(accent, middle ? 1 : 1.5, middle ? Qt::DashLine : Qt::SolidLine));
  painter.drawLine(QPointF(x, bars.top()), QPointF(x, bars.bottom()));
  painter.setPen(QPen(palette.color(QPalette::Base), 1));
  painter.setBrush(accent);
  const QRectF& strip = layout.strip;
  const double y = strip.center().y();
  if (middle) {
    painter.drawEllipse(QPointF(x, y), 4.5, 4.5);
  } else {
    painter.drawRoundedRect(QRectF(x - 3.5, strip.top() - 3, 7, strip.height() + 6), 2, 2);
  }
}

void paintThreshold(QPainter& painter, double x, const HistogramLayout& layout, const QPalette& palette, bool below) {
  const QRectF& rect = layout.markers;
  if (x < rect.left() - 1 || x > rect.right() + 1) return;
  painter.setPen(QPen(palette.color(QPalette::Text), 1, Qt::DotLine));
  painter.drawLine(QPointF(x, rect.bottom()), QPointF(x, layout.bars.bottom()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette.color(QPalette::Text));
  const double tip = below ? 8 : -8;  // points at what is drawn
  painter.drawPolygon(QPolygonF{{x, rect.top() + 1}, {x + tip, rect.center().y()}, {x, rect.bottom() - 1}});
}

void paintNote(QPainter& painter, const QRectF& rect, const QString& text, const QPalette& palette) {
  painter.setPen(palette.color(QPalette::PlaceholderText));
  painter.drawText(rect, Qt::AlignCenter | Qt::TextWordWrap, text);
}

}  // namespace

HistogramLayout::HistogramLayout(const QRect& rect) {
  const QRectF inner = QRectF(rect).adjusted(8, 2, -8, -1);
  constexpr double kMarkers = 12;
  constexpr double kStrip = 12;
  constexpr double kLabels = 18;
  markers = QRectF(inner.left(), inner.top(), inner.width(), kMarkers);
  labels = QRectF(inner.left(), inner.bottom() - kLabels, inner.width(), kLabels);
  strip = QRectF(inner.left(), labels.top() - kStrip - 3, inner.width(), kStrip);
  bars = QRectF(inner.left(), markers.bottom(), inner.width(), strip.top() - 2 - markers.bottom());
}

double valuesBetween(const HistogramPicture& picture, double low, double high) {
  const auto& fine = picture.detail;
  if (fine && low >= fine->low && high <= fine->high) return valuesIn(*fine, low, high);
  return picture.whole ? valuesIn(*picture.whole, low, high) : 0;
}

void paintHistogram(QPainter& painter, const HistogramPicture& picture, const HistogramLayout& layout,
                    const QPalette& palette) {
  painter.fillRect(layout.bars, palette.color(QPalette::Base));
  if (picture.empty) return;
  if (!picture.whole) {
    paintNote(painter, layout.bars, tr("Counting values…"), palette);
  } else if (picture.whole->finite == 0 || picture.whole->counts.empty()) {
    paintNote(painter, layout.bars, tr("No values to count"), palette);
  } else {
    paintBars(painter, picture, layout.bars, palette);
  }
  paintHidden(painter, picture, layout.bars, palette);
  painter.setRenderHint(QPainter::Antialiasing);
  if (picture.windowed) paintStrip(painter, picture, layout.strip);
  paintAxis(painter, picture, layout.labels, palette);
  const LayerDisplay& d = picture.display;
  if (d.hideBelow) paintThreshold(painter, picture.axis.pixelOf(*d.hideBelow), layout, palette, true);
  if (d.hideAbove) paintThreshold(painter, picture.axis.pixelOf(*d.hideAbove), layout, palette, false);
  if (picture.windowed) {
    paintHandle(painter, picture.axis.pixelOf(d.window.level), layout, palette, true);
    paintHandle(painter, picture.axis.pixelOf(d.window.level - d.window.width / 2), layout, palette, false);
    paintHandle(painter, picture.axis.pixelOf(d.window.level + d.window.width / 2), layout, palette, false);
  }
  if (picture.hovered) {
    const double x = picture.axis.pixelOf(*picture.hovered);
    QColor line = palette.color(QPalette::Text);
    line.setAlpha(120);
    painter.setPen(line);
    painter.drawLine(QPointF(x, layout.bars.top()), QPointF(x, layout.bars.bottom()));
  }
}

}  // namespace voxmark::ui
