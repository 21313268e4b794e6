#include "ui/models/frame_loader.h"

#include <algorithm>

#include "core/trace/trace.h"

namespace voxmark::ui {

FrameLoader::FrameLoader(Session& session, JobController& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs) {
  connect(&session_, &Session::changed, this, &FrameLoader::follow);
}

void FrameLoader::follow() {
  const std::int64_t frame = session_.document().views.frame;
  const Layer* active = session_.document().active();
  const Volume* volume = active != nullptr ? active->volume.get() : nullptr;
  if (volume != volume_ || frame != frame_) {
    direction_ = volume != volume_ ? 0 : frame > frame_ ? 1 : -1;
    volume_ = volume;
    frame_ = frame;
    retry_ = true;
  }
  const auto next = wanted();
  if (!reading_) {
    if (next) start(*next);
    return;
  }
  if (lookedAt(*reading_)) {
    reading_->ahead = false;
  } else if (next && !next->ahead && (next->frames != reading_->frames || next->frame < reading_->frame)) {
    // A compressed file begins anew for what lies before; what lies behind is decoded through this frame in any case.
    superseded_ = true;
    jobs_.cancel(job_);
  }
}

std::int64_t FrameLoader::frameOf(const Layer& layer) const {
  return std::clamp<std::int64_t>(frame_, 0, layer.volume->info().frames - 1);
}

bool FrameLoader::isLoaded(const Layer& layer) const {
  if (!layer.frames || !layer.volume || layer.opening) return false;
  return layer.display.visible || layer.id == session_.document().activeLayer;
}

bool FrameLoader::lookedAt(const Wanted& one) const {
  const auto& layers = session_.document().layers;
  return std::any_of(layers.begin(), layers.end(), [&](const Layer& layer) {
    return isLoaded(layer) && layer.frames == one.frames && frameOf(layer) == one.frame;
  });
}

std::optional<FrameLoader::Wanted> FrameLoader::wanted() const {
  const Document& document = session_.document();
  std::optional<Wanted> ahead;
  for (const Layer& layer : document.layers) {
    if (!isLoaded(layer)) continue;
    const std::int64_t last = layer.volume->info().frames - 1;
    const std::int64_t frame = frameOf(layer);
    layer.frames->touch(frame);
    const FilledSlices& filled = *layer.volume->filled();
    if (!filled.complete(frame) && (retry_ || !filled.givenUp(frame))) return Wanted{layer.frames, frame, false};
    const std::int64_t next = frame + direction_;
    if (direction_ == 0 || layer.id != document.activeLayer || next < 0 || next > last) continue;
    if (filled.complete(next) || filled.givenUp(next) || !layer.frames->hasRoom()) continue;
    ahead = Wanted{layer.frames, next, true};
  }
  return ahead;
}

void FrameLoader::start(const Wanted& next) {
  reading_ = next;
  if (!next.ahead) retry_ = false;
  const std::int64_t count = next.frames->info().frames;
  const QString title = next.ahead ? QString() : tr("Read frame %1 of %2").arg(next.frame + 1).arg(count);
  job_ = jobs_.start(
      title,
      [frames = next.frames, frame = next.frame, &session = session_](JobContext& job) {
        frames->load(frame, job, [&session](const Region&) { session.noteFilled(); });
        trace::addActionBytes(frames->info().frameBytes());
      },
      [this](const JobResult& result) { finish(result); });
}

void FrameLoader::finish(const JobResult& result) {
  const Wanted read = *reading_;
  reading_.reset();
  if (superseded_) retry_ = true;  // not the user's wish: whoever wants the frame again gets it
  superseded_ = false;
  if (result.state == JobState::Failed && !read.ahead) Q_EMIT failed(QString::fromStdString(result.error));
  session_.announceFilled();
  follow();
}

}  // namespace voxmark::ui
