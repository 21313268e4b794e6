#include "ui/widgets/volume_view.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace voxmark::ui {
namespace {

constexpr std::int64_t kMaxAxis = 256;  // what the CPU ray caster turns at interactive rates

}  // namespace

VolumeView::VolumeView(Session& session, JobController& jobs, QWidget* parent)
    : VolumeView(std::make_unique<render::VolumeRenderer>(), session, jobs, parent) {}

VolumeView::VolumeView(std::unique_ptr<render::VolumeRenderer> renderer, Session& session, JobController& jobs,
                       QWidget* parent)
    : VtkWidget(renderer->renderer(), parent), renderer_(std::move(renderer)), session_(session), jobs_(jobs) {
  connect(&session_, &Session::changed, this, &VolumeView::refresh);
  setAccessibleName("3D view");
  setMinimumSize(80, 80);
  settle_.setSingleShot(true);
  settle_.setInterval(250);
  connect(&settle_, &QTimer::timeout, this, [this] {
    renderer_->setInteracting(false);
    requestRender();
  });
}

VolumeView::~VolumeView() = default;

void VolumeView::refresh() {
  const Layer* active = session_.document().active();
  const VolumePtr volume = active != nullptr ? active->volume : nullptr;
  const std::int64_t frame = volume ? std::min(session_.document().views.frame, volume->info().frames - 1) : 0;
  if (active != nullptr && !(active->display == shownDisplay_)) {
    shownDisplay_ = active->display;
    renderer_->setDisplay(shownDisplay_);
    requestRender();
  }
  if (volume == shown_ && frame == shownFrame_) return;
  shown_ = volume;
  shownFrame_ = frame;
  if (!volume) {
    renderer_->setVolume(nullptr);
    requestRender();
    return;
  }
  preparing_ = true;
  auto result = std::make_shared<render::DisplayVolumePtr>();
  jobs_.startLatest(
      "3d", tr("Prepare the 3D view"),
      [result, volume, frame](JobContext& job) { *result = render::makeDisplayVolume(*volume, frame, kMaxAxis, job); },
      [this, result](const JobResult& job) {
        preparing_ = false;
        if (job.state != JobState::Done) return;
        renderer_->setVolume(*result);
        renderer_->setDisplay(shownDisplay_);
        requestRender();
      });
}

void VolumeView::resetView() {
  renderer_->resetCamera();
  requestRender();
}

void VolumeView::prepareFrame() {
  renderer_->setPixelRatio(devicePixelRatio());
}

void VolumeView::paintGL() {
  VtkWidget::paintGL();
  Q_EMIT badgeChanged();
}

void VolumeView::interact() {
  renderer_->setInteracting(true);
  settle_.start();
  requestRender();
}

void VolumeView::mousePressEvent(QMouseEvent* event) {
  last_ = event->position();
}

void VolumeView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF delta = event->position() - last_;
  last_ = event->position();
  if ((event->buttons() & Qt::LeftButton) != 0) {
    renderer_->rotate(-delta.x() * 0.5, delta.y() * 0.5);
  } else if ((event->buttons() & Qt::MiddleButton) != 0) {
    renderer_->pan(delta.x() * devicePixelRatio(), -delta.y() * devicePixelRatio());
  } else if ((event->buttons() & Qt::RightButton) != 0) {
    renderer_->zoom(std::pow(1.01, -delta.y()));
  } else {
    return;
  }
  interact();
}

void VolumeView::mouseReleaseEvent(QMouseEvent*) {}

void VolumeView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) Q_EMIT maximiseRequested();
}

void VolumeView::wheelEvent(QWheelEvent* event) {
  renderer_->zoom(std::pow(1.15, event->angleDelta().y() / 120.0));
  interact();
  event->accept();
}

}  // namespace voxmark::ui
