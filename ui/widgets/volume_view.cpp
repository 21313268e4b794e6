#include "ui/widgets/volume_view.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

#include "core/base/log.h"
#include "ui/render/label_volume.h"

namespace voxmark::ui {
namespace {

constexpr std::int64_t kMaxAxis = 256;  // what the CPU ray caster turns at interactive rates
constexpr int kCoarseDivisor = 4;       ///< of the pixels along each side
constexpr double kCoarseStep = 1.5;     ///< voxels between samples

}  // namespace

VolumeView::VolumeView(Session& session, QWidget* parent)
    : VolumeView(std::make_unique<render::VolumeRenderer>(), session, parent) {}

VolumeView::VolumeView(std::unique_ptr<render::VolumeRenderer> renderer, Session& session, QWidget* parent)
    : VtkWidget(renderer->renderer(), parent), renderer_(std::move(renderer)), session_(session) {
  connect(&session_, &Session::changed, this, &VolumeView::refresh);
  connect(&session_, &Session::filled, this, &VolumeView::refresh);
  setAccessibleName(tr("3D view"));
  setMinimumSize(80, 80);
  settle_.setSingleShot(true);
  settle_.setInterval(250);
  connect(&settle_, &QTimer::timeout, this, [this] {
    renderer_->setInteracting(false);
    if (!renderer_->castsRays()) requestRender();
  });
}

VolumeView::~VolumeView() = default;

void VolumeView::refresh() {
  const Layer* active = session_.document().active();
  const VolumePtr volume = active != nullptr ? active->volume : nullptr;
  const std::int64_t frame = volume ? std::min(session_.document().views.frame, volume->info().frames - 1) : 0;
  bool other = false;  // labels instead of values, or the other way round
  if (active != nullptr && !(active->display == shownDisplay_)) {
    other = active->display.labels != shownDisplay_.labels;
    shownDisplay_ = active->display;
    if (renderer_->setDisplay(shownDisplay_)) redraw();
  }
  const bool waiting = volume && !volume->complete(frame);
  if (volume == shown_ && frame == shownFrame_ && waiting == waiting_ && !other) return;
  if (volume != shown_) {  // another frame of the same volume may stay until the new one is there
    renderer_->setVolume(nullptr);
    redraw();
  }
  shown_ = volume;
  shownFrame_ = frame;
  waiting_ = waiting;
  Q_EMIT badgeChanged();
  prepare();
}

void VolumeView::prepare() {
  preparing_ = shown_ != nullptr && !waiting_;
  auto result = std::make_shared<render::DisplayVolumePtr>();
  jobs_.startLatest(
      "volume", QString(),
      [result, volume = preparing_ ? shown_ : nullptr, frame = shownFrame_, display = shownDisplay_](JobContext& job) {
        if (!volume) return;
        *result = render::volumeFor(*volume, display, frame, kMaxAxis, job);
        if (!volume->complete(frame)) result->reset();  // it had to give way meanwhile
      },
      [this, result](const JobResult& job) {
        preparing_ = false;
        if (job.state == JobState::Failed) log::error("3D view: " + job.error);
        if (job.state != JobState::Done || !*result) return;
        renderer_->setVolume(*result);
        renderer_->setDisplay(shownDisplay_);
        redraw();
      });
}

void VolumeView::redraw() {
  requestRender();
  if (!renderer_->castsRays()) return;
  missing_ = Missing::Coarse;
  // One in the making is finished first: were it given up at every move of the hand, none would ever be seen.
  if (!castingCoarse_) castCoarse();
}

void VolumeView::castCoarse() {
  if (!isVisible()) return;  // showEvent comes back to it
  const auto scene = renderer_->scene();
  if (!scene) {
    missing_ = Missing::Nothing;
    renderer_->showNothing();
    requestRender();
    return;
  }
  missing_ = Missing::Full;
  castingCoarse_ = true;
  cast(*scene, kCoarseDivisor, kCoarseStep, [this] {
    castingCoarse_ = false;
    if (missing_ == Missing::Coarse) {
      castCoarse();
    } else {
      castFull();
    }
  });
}

void VolumeView::castFull() {
  if (const auto scene = renderer_->scene()) {
    cast(*scene, 1, render::RayQuality{}.step, [this] { missing_ = Missing::Nothing; });
  } else {
    missing_ = Missing::Nothing;
  }
}

void VolumeView::cast(const render::RayScene& scene, int divisor, double step, std::function<void()> then) {
  render::RayQuality quality;
  quality.width = std::max(1, pixelSize().width() / divisor);
  quality.height = std::max(1, pixelSize().height() / divisor);
  quality.step = step;
  auto image = std::make_shared<render::RayImage>();
  jobs_.startLatest(
      "picture", QString(),
      [image, scene, quality](JobContext& job) {
        *image = render::castRays(*scene.volume, *scene.table, scene.camera, quality, job);
      },
      [this, image, volume = scene.volume, then = std::move(then)](const JobResult& job) {
        if (job.state == JobState::Failed) log::error("3D view: " + job.error);
        const auto now = renderer_->scene();
        if (job.state == JobState::Done && now && now->volume == volume) {
          renderer_->show(*image);
          requestRender();
        }
        then();
      });
}

void VolumeView::resetView() {
  renderer_->resetCamera();
  redraw();
}

std::optional<render::RayScene> VolumeView::scene() const {
  return renderer_->castsRays() ? renderer_->scene() : std::nullopt;
}

QImage VolumeView::pictureWith(const render::RayImage& rays, int scale) {
  renderer_->show(rays);
  const QImage out = picture(scale);
  redraw();  // the window's own again
  return out;
}

void VolumeView::resizeEvent(QResizeEvent* event) {
  VtkWidget::resizeEvent(event);
  redraw();
}

void VolumeView::showEvent(QShowEvent* event) {
  VtkWidget::showEvent(event);
  if (missing_ != Missing::Nothing) redraw();
}

void VolumeView::prepareFrame() {
  renderer_->setPixelRatio(frameRatio());
}

void VolumeView::paintEvent(QPaintEvent* event) {
  VtkWidget::paintEvent(event);
  Q_EMIT badgeChanged();
}

void VolumeView::interact() {
  renderer_->setInteracting(true);
  settle_.start();
  redraw();
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
