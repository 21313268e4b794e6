#include "ui/widgets/slice_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/models/layer_edits.h"

namespace voxmark::ui {

SliceView::SliceView(render::Plane plane, Session& session, QWidget* parent)
    : SliceView(std::make_unique<render::SliceRenderer>(plane), session, parent) {}

SliceView::SliceView(std::unique_ptr<render::SliceRenderer> renderer, Session& session, QWidget* parent)
    : VtkWidget(renderer->renderer(), parent), renderer_(std::move(renderer)), session_(session) {
  connect(&session_, &Session::changed, this, &SliceView::refresh);
  connect(&session_, &Session::filled, this, [this] {
    if (renderer_->voxelsChanged()) requestRender();
  });
  setAccessibleName(QString::fromStdString(render::planeKey(renderer_->plane())) + " view");
  setMinimumSize(80, 80);
}

SliceView::~SliceView() = default;

void SliceView::refresh() {
  const Document& document = session_.document();
  std::vector<render::SliceLayer> layers;
  for (const Layer& layer : document.layers) {
    if (layer.volume && layer.display.visible)
      layers.push_back({layer.volume, layer.display, document.activeLayer == layer.id});
  }
  renderer_->setLayers(std::move(layers));
  renderer_->setViews(document.views);
  requestRender();
  Q_EMIT sliceChanged();
}

void SliceView::prepareFrame() {
  renderer_->setPixelRatio(devicePixelRatio());
}

void SliceView::showSlice(std::int64_t index) {
  if (renderer_->sliceCount() == 0) return;
  const Vec3 crosshair = renderer_->crosshairAtSlice(index);
  session_.look([&](Document& d) { d.views.crosshair = crosshair; });
}

void SliceView::showFrame(int step) {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return;
  const std::int64_t last = active->volume->info().frames - 1;
  const std::int64_t frame = std::clamp<std::int64_t>(session_.document().views.frame + step, 0, last);
  session_.look([frame](Document& d) { d.views.frame = frame; });
}

void SliceView::resetView() {
  setSliceState({});
}

void SliceView::setSliceState(const SliceViewState& state) {
  session_.look([&](Document& d) { d.views.slices[render::planeKey(renderer_->plane())] = state; });
}

void SliceView::moveCrosshair(const QPointF& position) {
  const QPointF at = toRenderer(position);
  if (const auto world = renderer_->worldAt(at.x(), at.y())) {
    session_.look([&](Document& d) { d.views.crosshair = *world; });
  }
}

void SliceView::dragWindow(const QPointF& delta) {
  const Layer* active = session_.document().active();
  if (active == nullptr) return;
  const DisplayWindow now = active->display.window;
  const double step = std::max(now.width, 1e-12) / 250.0;
  const int id = active->id;
  const DisplayWindow next{std::max(now.width + delta.x() * step, now.width * 1e-3), now.level - delta.y() * step};
  session_.edit(
      tr("Window and level"),
      [&](Document& d) {
        for (Layer& layer : d.layers) {
          if (layer.id == id) layer.display.window = next;
        }
      },
      "window-drag");
}

void SliceView::mousePressEvent(QMouseEvent* event) {
  last_ = pressed_ = event->position();
  crosshairBefore_ = session_.document().views.crosshair;
  drag_ = Drag::None;
  if (event->button() == Qt::LeftButton) {
    drag_ = (event->modifiers() & Qt::ShiftModifier) != 0 ? Drag::Window : Drag::Crosshair;
  } else if (event->button() == Qt::MiddleButton) {
    drag_ = Drag::Pan;
  } else if (event->button() == Qt::RightButton) {
    drag_ = Drag::Zoom;
  }
  if (drag_ == Drag::Window) session_.endMerge();
  if (drag_ == Drag::Crosshair) moveCrosshair(event->position());
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF delta = event->position() - last_;
  last_ = event->position();
  const QPointF at = toRenderer(event->position());
  const std::string key = render::planeKey(renderer_->plane());
  const auto& states = session_.document().views.slices;
  const auto found = states.find(key);
  SliceViewState state = found == states.end() ? SliceViewState{} : found->second;
  switch (drag_) {
    case Drag::Crosshair:
      moveCrosshair(event->position());
      break;
    case Drag::Window:
      dragWindow(delta);
      break;
    case Drag::Pan: {
      const double mm = renderer_->mmPerPixel() * devicePixelRatio();
      state.pan[0] += delta.x() * mm;
      state.pan[1] -= delta.y() * mm;
      setSliceState(state);
      break;
    }
    case Drag::Zoom: {
      const QPointF anchor = toRenderer(pressed_);
      setSliceState(renderer_->zoomedAt(anchor.x(), anchor.y(), std::pow(1.01, -delta.y())));
      break;
    }
    case Drag::None:
      break;
  }
  Q_EMIT hovered(renderer_->worldAt(at.x(), at.y()));
}

void SliceView::mouseReleaseEvent(QMouseEvent*) {
  if (drag_ == Drag::Window) session_.endMerge();
  drag_ = Drag::None;
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  // The first of the two clicks has moved the crosshair, which nobody meant.
  session_.look([&](Document& d) { d.views.crosshair = crosshairBefore_; });
  Q_EMIT maximiseRequested();
}

void SliceView::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (notches == 0) return;
  if ((event->modifiers() & Qt::ControlModifier) != 0) {
    const QPointF at = toRenderer(event->position());
    setSliceState(renderer_->zoomedAt(at.x(), at.y(), std::pow(1.2, notches)));
  } else {
    showSlice(renderer_->slice() +
              (notches > 0 ? std::max(1L, std::lround(notches)) : std::min(-1L, std::lround(notches))));
  }
  event->accept();
}

void SliceView::leaveEvent(QEvent*) {
  Q_EMIT hovered(std::nullopt);
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Up:
      showSlice(renderer_->slice() + (event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1));
      break;
    case Qt::Key_Down:
      showSlice(renderer_->slice() - (event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1));
      break;
    case Qt::Key_PageUp:
      stepActiveLayer(session_, 1);
      break;
    case Qt::Key_PageDown:
      stepActiveLayer(session_, -1);
      break;
    case Qt::Key_Left:
      showFrame(-1);
      break;
    case Qt::Key_Right:
      showFrame(1);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace voxmark::ui
