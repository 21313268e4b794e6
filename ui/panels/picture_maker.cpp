#include "ui/panels/picture_maker.h"

#include <QPainter>
#include <algorithm>
#include <memory>

#include "core/base/cpu_info.h"
#include "ui/widgets/volume_view.h"

namespace voxmark::ui {
namespace {

constexpr int kLongestSide = 16384;  ///< pixels; what OpenGL is sure to draw at once
constexpr int kMostScale = 8;

/// Paints `child` and what is in it where it lies over `view`, which has been painted already.
void paintOver(QPainter& painter, QWidget& child, const QPoint& position) {
  if (!child.isVisible() || child.isWindow()) return;
  child.render(&painter, position, {}, QWidget::DrawChildren);
}

}  // namespace

QList<VtkWidget*> viewsIn(QWidget& what) {
  QList<VtkWidget*> out = what.findChildren<VtkWidget*>();
  if (auto* view = qobject_cast<VtkWidget*>(&what)) out.prepend(view);
  out.removeIf([](const VtkWidget* view) { return !view->isVisible() || view->size().isEmpty(); });
  return out;
}

PictureMaker::PictureMaker(Session& session, JobController& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs) {}

int PictureMaker::largestScale(const QWidget& what) {
  const double side = std::max(what.width(), what.height()) * what.devicePixelRatio();
  return std::clamp(static_cast<int>(kLongestSide / std::max(side, 1.0)), 1, kMostScale);
}

void PictureMaker::make(const Request& request) {
  if (busy() || request.what.isNull()) return;
  const QSize pixels = request.what->size() * request.what->devicePixelRatio() * request.scale;
  const auto bytes = static_cast<std::uint64_t>(pixels.width()) * static_cast<std::uint64_t>(pixels.height()) * 4;
  if (request.scale < 1 || request.scale > largestScale(*request.what) || 4 * bytes > availableMemory()) {
    Q_EMIT failed(tr("A picture of %1 × %2 pixels is too large. Choose a smaller scale.")
                      .arg(pixels.width())
                      .arg(pixels.height()));
    return;
  }
  request_ = request;
  views_.clear();
  toCast_.clear();
  const ViewsState views = session_.document().views;
  if (!request.annotations && (views.annotations || views.crosshairVisible)) {
    before_ = views;
    session_.look([](Document& d) { d.views.annotations = d.views.crosshairVisible = false; });
  }
  for (VtkWidget* view : viewsIn(*request.what)) {
    auto* volume = qobject_cast<VolumeView*>(view);
    if (volume != nullptr && volume->scene()) toCast_.emplace_back(volume);
  }
  castNext();
}

void PictureMaker::castNext() {
  if (toCast_.empty()) {
    compose();
    return;
  }
  const QPointer<VolumeView> view = toCast_.front();
  toCast_.pop_front();
  const auto scene = view.isNull() ? std::nullopt : view->scene();
  if (!scene) {
    castNext();
    return;
  }
  const int scale = request_->scale;
  render::RayQuality quality;
  quality.width = std::max(1, view->pixelSize().width() * scale);
  quality.height = std::max(1, view->pixelSize().height() * scale);
  auto rays = std::make_shared<render::RayImage>();
  jobs_.start(
      tr("Draw the 3D view"),
      [=, scene = *scene](JobContext& job) {
        *rays = render::castRays(*scene.volume, *scene.table, scene.camera, quality, job);
      },
      [=, this](const JobResult& result) {
        if (result.state != JobState::Done) {
          if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
          finish();
          return;
        }
        if (!view.isNull()) views_[view] = view->pictureWith(*rays, scale);
        castNext();
      });
}

void PictureMaker::compose() {
  const Request request = *request_;
  if (request.what.isNull()) {
    finish();
    return;
  }
  QWidget& what = *request.what;
  const double ratio = what.devicePixelRatio() * request.scale;
  QImage out(what.size() * ratio, QImage::Format_RGB32);
  out.setDevicePixelRatio(ratio);
  out.fill(Qt::black);
  QPainter painter(&out);
  what.render(&painter);
  // Where nothing is open something else lies over the views.
  if (!session_.document().layers.empty()) {
    for (VtkWidget* view : viewsIn(what)) {
      const QImage picture = views_.contains(view) ? views_[view] : view->picture(request.scale);
      const QPoint position = view == &what ? QPoint(0, 0) : view->mapTo(&what, QPoint(0, 0));
      painter.drawImage(QRectF(position, view->size()), picture);
      for (QObject* child : view->children()) {
        auto* widget = qobject_cast<QWidget*>(child);
        if (widget != nullptr) paintOver(painter, *widget, position + widget->pos());
      }
    }
  }
  painter.end();
  out.setDevicePixelRatio(1);
  finish();
  Q_EMIT made(out);
}

void PictureMaker::finish() {
  if (before_) {
    session_.look([&](Document& d) {
      d.views.annotations = before_->annotations;
      d.views.crosshairVisible = before_->crosshairVisible;
    });
  }
  before_.reset();
  request_.reset();
  views_.clear();
}

}  // namespace voxmark::ui
