#include "ui/widgets/slice_view.h"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/models/layer_edits.h"
#include "ui/render/legend_overlay.h"
#include "ui/render/mark_scene.h"
#include "ui/render/slice_layers.h"
#include "ui/widgets/mouse_bindings.h"
#include "ui/widgets/tools/look_tools.h"
#include "ui/widgets/tools/mark_menu.h"
#include "ui/widgets/tools/mark_tools.h"
#include "ui/widgets/tools/tool_list.h"

namespace voxmark::ui {
namespace {

constexpr int kPatienceMs = 250;

}  // namespace

SliceView::SliceView(render::Plane plane, Session& session, QWidget* parent)
    : SliceView(std::make_unique<render::SliceRenderer>(plane), session, parent) {}

SliceView::SliceView(std::unique_ptr<render::SliceRenderer> renderer, Session& session, QWidget* parent)
    : VtkWidget(renderer->renderer(), parent),
      renderer_(std::move(renderer)),
      legend_(std::make_unique<render::LegendOverlay>(renderer_->renderer())),
      session_(session) {
  connect(&session_, &Session::changed, this, &SliceView::refresh);
  connect(&session_, &Session::filled, this, [this] {
    if (renderer_->voxelsChanged()) requestRender();
  });
  const QString names[] = {tr("Axial view"), tr("Sagittal view"), tr("Coronal view")};
  setAccessibleName(names[static_cast<std::size_t>(renderer_->plane())]);
  setMinimumSize(80, 80);
  patience_.setSingleShot(true);
  takeTool();
}

SliceView::~SliceView() = default;

void SliceView::refresh() {
  const Document& document = session_.document();
  std::vector<render::SliceLayer> layers = render::sliceLayersOf(document);
  const auto plane = render::planeOf(layers, renderer_->plane(), document.views);
  const bool there =
      preview_ == nullptr || !plane || !isVisible() || preview_->apply(layers, *plane, document.views.slab);
  if (there) {
    patience_.stop();
    waiting_ = false;
  } else if (!waiting_) {  // the last picture stays for a moment rather than the voxels as they are
    waiting_ = true;
    patience_.start(kPatienceMs);
  }
  renderer_->setLayers(std::move(layers));
  renderer_->setViews(document.views);
  legend_->show(document, labels_ == nullptr ? nullptr : labels_->present());
  takeTool();
  showMarks();
  if (held_ != nullptr) held_->viewChanged();
  Q_EMIT sliceChanged();
}

void SliceView::prepareFrame() {
  renderer_->setPixelRatio(frameRatio());
  legend_->setPixelRatio(frameRatio());
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
  session_.look([&](Document& d) { d.views.setSlice(render::planeKey(renderer_->plane()), state); });
}

ToolContext SliceView::context() {
  return {session_, *renderer_, *this};
}

PointerPlace SliceView::placeOf(const QPointF& position) const {
  const QPointF pixel = toRenderer(position);
  return {position, pixel, renderer_->worldAt(pixel.x(), pixel.y())};
}

void SliceView::takeTool() {
  const std::string& name = session_.document().views.tool;
  if (tool_ && name == toolName_) return;
  if (held_ == tool_.get()) held_ = nullptr;
  toolName_ = name;
  tool_ = makeTool(name, context());
  setCursor(tool_->cursor());
}

void SliceView::showMarks() {
  render::MarkScene scene = render::markSceneOf(session_.document());
  scene.preview = tool_->preview();
  scene.cropGrips = toolName_ == "crop";
  renderer_->setMarks(std::move(scene));
  if (!waiting_) requestRender();
}

void SliceView::setPreview(ProcessPreview* preview) {
  preview_ = preview;
  connect(preview, &ProcessPreview::pictureChanged, this, &SliceView::refresh, Qt::QueuedConnection);
  connect(&patience_, &QTimer::timeout, this, [this] {
    waiting_ = false;
    requestRender();
  });
}

std::optional<MarkHit> SliceView::markUnder(const QPointF& position) const {
  return markAt(session_.document(), *renderer_, toRenderer(position), devicePixelRatio());
}

void SliceView::setLegendLabels(const LegendLabels* labels) {
  labels_ = labels;
  connect(labels, &LegendLabels::changed, this, &SliceView::refresh);
}

void SliceView::showCursor(const PointerPlace& at) {
  const bool holds = tool_->leavesMarks() && !tool_->halfDone() && markUnder(at.position).has_value();
  const Qt::CursorShape shape = holds ? Qt::SizeAllCursor : tool_->cursor();
  if (cursor().shape() != shape) setCursor(shape);
}

ViewTool* SliceView::toolOfPress(const QMouseEvent& event) {
  const MousePreset preset = currentMousePreset();
  const std::string name = toolFor(preset, event.button(), event.modifiers(), toolName_);
  if (name.empty()) return nullptr;
  const bool chosen = isChosenTool(preset, event.button(), event.modifiers());
  if (chosen && tool_->leavesMarks() && !tool_->halfDone()) {
    if (const auto hit = markUnder(event.position())) {
      other_ = std::make_unique<MarkEditTool>(context(), *hit);
      return other_.get();
    }
  }
  if (chosen && name == toolName_) return tool_.get();
  other_ = makeTool(name, context());
  return other_.get();
}

void SliceView::mousePressEvent(QMouseEvent* event) {
  const PointerPlace at = placeOf(event->position());
  if (held_ != nullptr) held_->release(at);
  pressed_ = event->position();
  crosshairBefore_ = session_.document().views.crosshair;
  session_.endMerge();
  button_ = event->button();
  held_ = toolOfPress(*event);
  if (held_ != nullptr) held_->press(at);
  showMarks();
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  const PointerPlace at = placeOf(event->position());
  if (held_ != nullptr) {
    held_->drag(at);
    if (tool_->halfDone()) showMarks();
  } else {
    moveWithoutButton(at, event->modifiers());
  }
  Q_EMIT hovered(renderer_->worldAt(at.pixel.x(), at.pixel.y()));
}

void SliceView::moveWithoutButton(const PointerPlace& at, Qt::KeyboardModifiers modifiers) {
  if (tool_->halfDone()) {
    tool_->hover(at);
    showMarks();
  } else if (!toolFor(currentMousePreset(), Qt::NoButton, modifiers, toolName_).empty()) {
    CrosshairTool(context()).drag(at);
  }
  showCursor(at);
}

void SliceView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != button_) return;
  const PointerPlace at = placeOf(event->position());
  if (held_ != nullptr) held_->release(at);
  held_ = nullptr;
  other_.reset();
  session_.endMerge();
  showMarks();
  const bool still = QLineF(pressed_, event->position()).length() < 4;
  if (event->button() != Qt::RightButton || !still) return;
  if (const auto hit = markUnder(event->position())) {
    session_.look([&](Document& d) { d.selectedMark = hit->id; });
    popUpMarkMenu(session_, hit->id, event->globalPosition().toPoint(), window());
  }
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  const bool onMark = tool_->leavesMarks() && markUnder(event->position()).has_value();
  if (tool_->countsClicks() || onMark || event->button() != Qt::LeftButton) {
    mousePressEvent(event);
    return;
  }
  // The first of the two clicks has moved the crosshair, which nobody meant.
  session_.look([&](Document& d) { d.views.crosshair = crosshairBefore_; });
  Q_EMIT maximiseRequested();
}

const Mark* SliceView::selectedMark() const {
  const Document& document = session_.document();
  return document.selectedMark ? document.findMark(*document.selectedMark) : nullptr;
}

bool SliceView::cancel() {
  const bool given = (held_ != nullptr && held_->cancel()) || tool_->cancel();
  if (given) {
    showMarks();
  } else if (selectedMark() != nullptr) {
    session_.look([](Document& d) { d.selectedMark.reset(); });
  } else {
    return false;
  }
  return true;
}

bool SliceView::handlesKey(int key) const {
  const bool selected = selectedMark() != nullptr;
  if (key == Qt::Key_Delete || key == Qt::Key_Backspace) return selected;
  return key == Qt::Key_Escape && (selected || tool_->halfDone() || (held_ != nullptr && held_->halfDone()));
}

bool SliceView::event(QEvent* event) {
  // Shortcuts of the window would take these keys before the view sees them.
  if (event->type() == QEvent::ShortcutOverride && handlesKey(static_cast<QKeyEvent*>(event)->key())) {
    event->accept();
    return true;
  }
  return VtkWidget::event(event);
}

void SliceView::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (notches == 0) return;
  if (held_ != nullptr && held_->wheel(notches)) {
    event->accept();
    return;
  }
  if (wheelZooms(currentMousePreset(), event->modifiers())) {
    const QPointF at = toRenderer(event->position());
    setSliceState(renderer_->zoomedAt(at.x(), at.y(), std::pow(1.2, notches)));
  } else {
    showSlice(renderer_->slice() +
              (notches > 0 ? std::max(1L, std::lround(notches)) : std::min(-1L, std::lround(notches))));
  }
  event->accept();
}

void SliceView::showEvent(QShowEvent* event) {
  VtkWidget::showEvent(event);
  if (preview_ != nullptr) refresh();  // none is made for views that are not there
}

void SliceView::leaveEvent(QEvent*) {
  Q_EMIT hovered(std::nullopt);
}

void SliceView::focusOutEvent(QFocusEvent* event) {
  // A mark that was begun here is not finished in another view.
  const bool another = event->reason() == Qt::MouseFocusReason || event->reason() == Qt::TabFocusReason;
  if (another && tool_->halfDone() && held_ == nullptr) (void)cancel();
  VtkWidget::focusOutEvent(event);
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
    case Qt::Key_Escape:
      if (!cancel()) QWidget::keyPressEvent(event);
      break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      if (const Mark* selected = selectedMark()) deleteMark(session_, selected->id);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace voxmark::ui
