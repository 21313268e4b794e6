#include "ui/widgets/lightbox_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/widgets/mouse_bindings.h"
#include "ui/widgets/tools/tool_list.h"

namespace voxmark::ui {

LightboxView::LightboxView(Session& session, QWidget* parent)
    : LightboxView(std::make_unique<render::LightboxRenderer>(), session, parent) {}

LightboxView::LightboxView(std::unique_ptr<render::LightboxRenderer> renderer, Session& session, QWidget* parent)
    : VtkWidget(renderer->renderer(), parent), renderer_(std::move(renderer)), session_(session) {
  connect(&session_, &Session::changed, this, &LightboxView::refresh);
  connect(&session_, &Session::filled, this, [this] {
    if (isVisible() && renderer_->voxelsChanged()) requestRender();
  });
  setAccessibleName(tr("Lightbox"));
  setObjectName("lightbox");
  setMinimumSize(80, 80);
}

LightboxView::~LightboxView() = default;

void LightboxView::refresh() {
  if (!isVisible()) return;  // many slices are not prepared for nobody
  renderer_->setDocument(session_.document(), labels_ == nullptr ? nullptr : labels_->present());
  requestRender();
  Q_EMIT scrolled();
}

void LightboxView::setLegendLabels(const LegendLabels* labels) {
  labels_ = labels;
  connect(labels, &LegendLabels::changed, this, &LightboxView::refresh);
}

void LightboxView::setPreview(ProcessPreview* preview) {
  renderer_->setReplace([this, preview](auto& layers, const SlicePlane& plane, std::size_t cells) {
    (void)preview->apply(layers, plane, session_.document().views.slab, cells);
  });
  connect(preview, &ProcessPreview::pictureChanged, this, &LightboxView::refresh, Qt::QueuedConnection);
}

void LightboxView::showEvent(QShowEvent* event) {
  VtkWidget::showEvent(event);
  refresh();
}

void LightboxView::prepareFrame() {
  renderer_->setPixelRatio(frameRatio());
  renderer_->arrange();
  if (!renderer_->holds(pressedCell_)) letGo();
}

void LightboxView::scrollTo(std::int64_t slice) {
  const std::int64_t scroll = renderer_->slices().scrollTo(slice);
  session_.look([scroll](Document& d) { d.views.lightboxScroll = scroll; });
}

void LightboxView::scroll(int notches) {
  const Lightbox& lightbox = session_.document().views.lightbox;
  const render::LightboxRenderer& now = *renderer_;
  const std::int64_t row = std::clamp(lightbox.columns, 1, 100) * now.slices().step;
  // Up the wheel goes to higher slices, as in the slice views.
  scrollTo(now.slices().first + notches * (lightbox.step < 1 ? 1 : row));
}

void LightboxView::showFrame(int step) {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return;
  const std::int64_t frame =
      std::clamp<std::int64_t>(session_.document().views.frame + step, 0, active->volume->info().frames - 1);
  session_.look([frame](Document& d) { d.views.frame = frame; });
}

const render::LightboxCell* LightboxView::cellAt(const QPointF& position) const {
  const QPointF pixel = toRenderer(position);
  return renderer_->cellAt(pixel.x(), pixel.y());
}

PointerPlace LightboxView::placeIn(const render::LightboxCell& cell, const QPointF& position) const {
  return {position, toRenderer(position) - QPointF(cell.pane[0], cell.pane[1]), worldAt(position)};
}

std::optional<Vec3> LightboxView::worldAt(const QPointF& position) const {
  const render::LightboxCell* cell = cellAt(position);
  if (cell == nullptr) return std::nullopt;
  const QPointF pixel = toRenderer(position);
  return cell->slices().worldAt(pixel.x() - cell->pane[0], pixel.y() - cell->pane[1]);
}

void LightboxView::letGo() {
  if (held_) session_.endMerge();
  held_.reset();
  pressedCell_ = nullptr;
}

void LightboxView::mousePressEvent(QMouseEvent* event) {
  letGo();
  const render::LightboxCell* cell = cellAt(event->position());
  if (cell == nullptr) return;
  // Marks are drawn, planes turned and lenses held in the single views.
  static const std::set<std::string> kLooking{"crosshair", "window", "pan", "zoom"};
  const std::string& chosen = session_.document().views.tool;
  std::string name = toolFor(currentMousePreset(), event->button(), event->modifiers(),
                             kLooking.contains(chosen) ? chosen : "crosshair");
  if (name.empty()) return;
  if (!kLooking.contains(name)) name = "crosshair";
  crosshairBefore_ = session_.document().views.crosshair;
  session_.endMerge();
  pressedCell_ = cell;
  held_ = makeTool(name, {session_, cell->slices(), *this});
  held_->press(placeIn(*cell, event->position()));
}

void LightboxView::mouseMoveEvent(QMouseEvent* event) {
  if (held_ && renderer_->holds(pressedCell_)) held_->drag(placeIn(*pressedCell_, event->position()));
  Q_EMIT hovered(worldAt(event->position()));
}

void LightboxView::mouseReleaseEvent(QMouseEvent* event) {
  if (held_ && renderer_->holds(pressedCell_)) held_->release(placeIn(*pressedCell_, event->position()));
  letGo();
}

void LightboxView::mouseDoubleClickEvent(QMouseEvent* event) {
  const render::LightboxCell* cell = cellAt(event->position());
  if (event->button() != Qt::LeftButton || cell == nullptr) return;
  // The first of the two clicks has moved the crosshair, of which only the way to this slice was meant.
  const Vec3 on = cell->slices().crosshairAtSlice(cell->shown);
  const Vec3 before = crosshairBefore_;
  const auto axes = cell->slices().axes();
  double along = 0;
  for (std::size_t a = 0; a < 3; ++a) along += (on[a] - before[a]) * axes[2][a];
  session_.look([&](Document& d) {
    for (std::size_t a = 0; a < 3; ++a) d.views.crosshair[a] = before[a] + along * axes[2][a];
  });
  Q_EMIT maximiseRequested();
}

void LightboxView::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  const render::LightboxCell* cell = cellAt(event->position());
  if (notches == 0) return;
  event->accept();
  if (!wheelZooms(currentMousePreset(), event->modifiers())) {
    scroll(static_cast<int>(notches > 0 ? std::max(1L, std::lround(notches)) : std::min(-1L, std::lround(notches))));
  } else if (cell != nullptr) {
    const QPointF pixel = placeIn(*cell, event->position()).pixel;
    const SliceViewState state = cell->slices().zoomedAt(pixel.x(), pixel.y(), std::pow(1.2, notches));
    session_.look([&](Document& d) { d.views.setSlice(d.views.lightbox.plane, state); });
  }
}

void LightboxView::leaveEvent(QEvent*) {
  Q_EMIT hovered(std::nullopt);
}

void LightboxView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Up:
      scroll(1);
      break;
    case Qt::Key_Down:
      scroll(-1);
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
