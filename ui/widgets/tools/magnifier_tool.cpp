#include "ui/widgets/tools/magnifier_tool.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "ui/render/slice_layers.h"

namespace voxmark::ui {

Lens::Lens(const ToolContext& context) : QWidget(&context.view), context_(context) {
  setObjectName("lens");
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFixedSize(kDiameter, kDiameter);
}

void Lens::showAt(const PointerPlace& place, double factor) {
  const render::SliceRenderer& slices = context_.slices;
  const auto world = slices.worldAt(place.pixel.x(), place.pixel.y());
  const double ratio = context_.view.devicePixelRatio();
  const int side = static_cast<int>(std::lround(kDiameter * ratio));
  picture_ = QImage(side, side, QImage::Format_RGB32);
  picture_.fill(Qt::black);
  if (world) {
    const int line = std::max(1, static_cast<int>(std::lround(1.5 * ratio)));
    const std::vector<std::uint8_t> rgba =
        render::sliceAbout(slices.layers(), context_.session.document().views, slices.plane(), *world,
                           slices.mmPerPixel() / factor, side, line);
    picture_ =
        QImage(rgba.data(), side, side, QImage::Format_RGBA8888).mirrored().convertToFormat(QImage::Format_RGB32);
  }
  picture_.setDevicePixelRatio(ratio);
  move((place.position - QPointF(kDiameter, kDiameter) / 2).toPoint());
  show();
  update();
}

void Lens::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing);
  const QRectF glass = QRectF(rect()).adjusted(2, 2, -2, -2);
  QPainterPath circle;
  circle.addEllipse(glass);
  painter.setClipPath(circle);
  painter.fillRect(rect(), Qt::black);
  painter.drawImage(QPointF(0, 0), picture_);
  painter.setClipping(false);
  painter.setPen(QPen(QColor(0, 0, 0, 180), 4));
  painter.drawEllipse(glass);
  painter.setPen(QPen(QColor(0xd8, 0xd8, 0xd8), 1.5));
  painter.drawEllipse(glass);
}

void MagnifierTool::press(const PointerPlace& at) {
  lens_ = new Lens(context_);
  drag(at);
}

void MagnifierTool::drag(const PointerPlace& at) {
  at_ = at;
  viewChanged();
}

bool MagnifierTool::wheel(double notches) {
  factor_ = std::clamp(factor_ + 0.5 * notches, 2.0, 4.0);
  viewChanged();
  return true;
}

void MagnifierTool::viewChanged() {
  if (lens_) lens_->showAt(at_, factor_);
}

void MagnifierTool::release(const PointerPlace&) {
  (void)cancel();
}

bool MagnifierTool::cancel() {
  if (!lens_) return false;
  delete lens_.data();
  return true;
}

}  // namespace voxmark::ui
