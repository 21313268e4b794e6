#include "ui/models/frame_player.h"

#include <algorithm>
#include <cmath>

namespace voxmark::ui {
namespace {

constexpr double kSlowest = 0.1;
constexpr double kFastest = 60;

}  // namespace

std::int64_t frameCount(const Document& document) {
  std::int64_t most = 1;
  for (const Layer& layer : document.layers) {
    if (layer.volume) most = std::max(most, layer.volume->info().frames);
  }
  return most;
}

FramePlayer::FramePlayer(Session& session, QObject* parent) : QObject(parent), session_(session) {
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &FramePlayer::step);
  connect(&session_, &Session::changed, this, &FramePlayer::follow);
}

void FramePlayer::setPlaying(bool playing) {
  const Document& document = session_.document();
  const std::int64_t count = frameCount(document);
  if (playing == timer_.isActive() || (playing && count < 2)) return;
  if (!playing) {
    timer_.stop();
  } else {
    if (!document.views.frameLoop && document.views.frame >= count - 1) {
      session_.look([](Document& d) { d.views.frame = 0; });
    }
    restart();
  }
  Q_EMIT playingChanged(playing);
}

void FramePlayer::restart() {
  const ViewsState& views = session_.document().views;
  rate_ = views.frameRate;
  from_ = shown_ = views.frame;
  clock_.start();
  timer_.start(std::max(1, static_cast<int>(1000 / std::clamp(rate_, kSlowest, kFastest))));
}

void FramePlayer::follow() {
  if (!timer_.isActive()) return;
  const Document& document = session_.document();
  if (frameCount(document) < 2) return setPlaying(false);
  // Another rate, or a frame that the user has chosen: it goes on from there.
  if (document.views.frameRate != rate_ || document.views.frame != shown_) restart();
}

bool FramePlayer::present() const {
  const Document& document = session_.document();
  return std::all_of(document.layers.begin(), document.layers.end(), [&](const Layer& layer) {
    if (!layer.volume || !layer.display.visible) return true;
    const std::int64_t frame = std::clamp<std::int64_t>(document.views.frame, 0, layer.volume->info().frames - 1);
    return layer.volume->complete(frame) || layer.volume->filled()->givenUp(frame);
  });
}

void FramePlayer::step() {
  const Document& document = session_.document();
  const std::int64_t count = frameCount(document);
  if (!present()) return;
  const double seconds = static_cast<double>(clock_.elapsed()) / 1000;
  const auto passed = static_cast<std::int64_t>(std::llround(seconds * std::clamp(rate_, kSlowest, kFastest)));
  std::int64_t due = from_ + passed;
  const bool over = !document.views.frameLoop && due >= count - 1;
  due = document.views.frameLoop ? due % count : std::min(due, count - 1);
  if (due != document.views.frame) {
    shown_ = due;
    session_.look([due](Document& d) { d.views.frame = due; });
  }
  if (over) setPlaying(false);
}

}  // namespace voxmark::ui
