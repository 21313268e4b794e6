#include "ui/widgets/frame_bar.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>

#include "ui/widgets/themed_icon.h"

namespace voxmark::ui {

FrameBar::FrameBar(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      player_(new FramePlayer(session, this)),
      play_(new QToolButton(this)),
      slider_(new QSlider(Qt::Horizontal, this)),
      frame_(new QSpinBox(this)),
      count_(new QLabel(this)),
      time_(new QLabel(this)),
      rate_(new QDoubleSpinBox(this)),
      loop_(new QToolButton(this)) {
  setObjectName("frameBar");
  makeControls();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 3, 8, 3);
  row->setSpacing(8);
  row->addWidget(play_);
  row->addWidget(new QLabel(tr("Frame"), this));
  row->addWidget(frame_);
  row->addWidget(count_);
  row->addWidget(slider_, 1);
  row->addWidget(time_);
  row->addWidget(rate_);
  row->addWidget(loop_);
  const auto look = [this](int frame) {
    if (frame != session_.document().views.frame) session_.look([frame](Document& d) { d.views.frame = frame; });
  };
  connect(slider_, &QSlider::valueChanged, this, look);
  connect(frame_, &QSpinBox::valueChanged, this, [look](int number) { look(number - 1); });
  connect(play_, &QToolButton::clicked, this, [this] { player_->setPlaying(!player_->playing()); });
  connect(player_, &FramePlayer::playingChanged, this, &FrameBar::showPlaying);
  connect(rate_, &QDoubleSpinBox::valueChanged, this, [this](double rate) {
    session_.edit(
        tr("Frame rate"), [rate](Document& d) { d.views.frameRate = rate; }, "frame-rate");
  });
  connect(rate_, &QDoubleSpinBox::editingFinished, this, [this] { session_.endMerge(); });
  connect(loop_, &QToolButton::clicked, this, [this](bool on) {
    session_.edit(on ? tr("Play over and over") : tr("Play once"), [on](Document& d) { d.views.frameLoop = on; });
  });
  connect(&session_, &Session::changed, this, &FrameBar::refresh);
  showPlaying(false);
  refresh();
}

void FrameBar::makeControls() {
  play_->setObjectName("playFrames");
  play_->setAutoRaise(true);
  slider_->setObjectName("frameSlider");
  slider_->setAccessibleName(tr("Frame"));
  slider_->setPageStep(10);
  frame_->setObjectName("frameNumber");
  frame_->setAccessibleName(tr("Frame number"));
  frame_->setKeyboardTracking(false);
  time_->setObjectName("frameTime");
  time_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  rate_->setObjectName("frameRate");
  rate_->setAccessibleName(tr("Frames a second"));
  rate_->setToolTip(tr("How fast frames are played; what cannot be shown in time is left out"));
  rate_->setRange(0.1, 60);
  rate_->setDecimals(1);
  rate_->setSuffix(tr(" frames/s"));
  rate_->setKeyboardTracking(false);
  loop_->setObjectName("loopFrames");
  loop_->setText(tr("Loop"));
  loop_->setCheckable(true);
  loop_->setAutoRaise(true);
  loop_->setToolTip(tr("Begin again after the last frame"));
}

void FrameBar::showPlaying(bool playing) {
  play_->setIcon(themedIcon(playing ? "pause" : "play"));
  play_->setToolTip(playing ? tr("Pause") : tr("Play the frames"));
  play_->setAccessibleName(playing ? tr("Pause") : tr("Play"));
}

QString FrameBar::timeText() const {
  const Layer* layer = session_.document().active();
  if (layer == nullptr || !layer->volume) return {};
  const VolumeInfo& info = layer->volume->info();
  if (info.frames < 2 || info.frameSpacing <= 0 || info.frameUnit.empty()) return {};
  const auto frame = std::clamp<std::int64_t>(session_.document().views.frame, 0, info.frames - 1);
  return QString("%1 %2")
      .arg(info.frameSpacing * static_cast<double>(frame), 0, 'g', 6)
      .arg(QString::fromStdString(info.frameUnit));
}

void FrameBar::refresh() {
  const Document& document = session_.document();
  const auto count = static_cast<int>(std::min<std::int64_t>(frameCount(document), 1 << 30));
  setVisible(count > 1);
  if (count < 2) return;
  const auto frame = static_cast<int>(std::clamp<std::int64_t>(document.views.frame, 0, count - 1));
  const QSignalBlocker blockers[] = {QSignalBlocker(slider_), QSignalBlocker(frame_), QSignalBlocker(rate_)};
  slider_->setRange(0, count - 1);
  slider_->setValue(frame);
  frame_->setRange(1, count);
  frame_->setValue(frame + 1);
  count_->setText(tr("of %1").arg(count));
  time_->setText(timeText());
  rate_->setValue(document.views.frameRate);
  loop_->setChecked(document.views.frameLoop);
}

}  // namespace voxmark::ui
