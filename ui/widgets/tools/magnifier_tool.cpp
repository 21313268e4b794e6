#include "ui/widgets/tools/magnifier_tool.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace voxmark::ui {

Lens::Lens(QOpenGLWidget& view) : QWidget(&view), view_(view) {
  setObjectName("lens");
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFixedSize(kDiameter, kDiameter);
}

void Lens::showAt(const QPointF& position, double factor) {
  const double ratio = view_.devicePixelRatio();
  const double side = kDiameter / factor * ratio;
  const QPointF corner = position * ratio - QPointF(side, side) / 2;
  // Beyond the view the copy is transparent.
  picture_ = view_.grabFramebuffer().copy(QRectF(corner, QSizeF(side, side)).toRect());
  move((position - QPointF(kDiameter, kDiameter) / 2).toPoint());
  show();
  update();
}

void Lens::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const QRectF glass = QRectF(rect()).adjusted(2, 2, -2, -2);
  QPainterPath circle;
  circle.addEllipse(glass);
  painter.setClipPath(circle);
  painter.fillRect(rect(), Qt::black);
  painter.drawImage(QRectF(rect()), picture_);
  painter.setClipping(false);
  painter.setPen(QPen(QColor(0, 0, 0, 180), 4));
  painter.drawEllipse(glass);
  painter.setPen(QPen(QColor(0xd8, 0xd8, 0xd8), 1.5));
  painter.drawEllipse(glass);
}

void MagnifierTool::press(const PointerPlace& at) {
  lens_ = new Lens(context_.view);
  drag(at);
}

void MagnifierTool::drag(const PointerPlace& at) {
  at_ = at.position;
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
