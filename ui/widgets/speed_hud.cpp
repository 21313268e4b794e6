#include "ui/widgets/speed_hud.h"

#include <QEvent>

#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {

SpeedHud::SpeedHud(Session& session, VtkWidget* view, std::function<std::int64_t()> slice)
    : QLabel(view), session_(session), view_(view), slice_(std::move(slice)) {
  setObjectName("speedHud");
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setStyleSheet("background: rgba(0, 0, 0, 150); color: #dcdcdc; padding: 2px 6px; border-radius: 3px;");
  constexpr int kIntervalMs = 250;  // numbers that change faster cannot be read
  timer_.setInterval(kIntervalMs);
  clock_.start();
  connect(&timer_, &QTimer::timeout, this, &SpeedHud::write);
  connect(view, &VtkWidget::drawn, this, &SpeedHud::note);
  connect(&session, &Session::changed, this, &SpeedHud::follow);
  view->installEventFilter(this);
  hide();
  follow();
}

void SpeedHud::follow() {
  const bool on = session_.document().views.speed;
  if (on == timedNow_) return;
  timedNow_ = on;
  setVisible(on);
  if (on) write();
  if (!on) timer_.stop();
}

void SpeedHud::note(double took) {
  if (!timedNow_) return;
  meter_.add(static_cast<double>(clock_.elapsed()), took, slice_());
  if (!timer_.isActive()) timer_.start();
}

void SpeedHud::write() {
  const auto now = static_cast<double>(clock_.elapsed());
  const int slices = meter_.slicesPerSecond(now);
  const auto took = meter_.msPerPicture(now);
  setText(took ? tr("%1 slices/s   %2 ms").arg(slices).arg(*took, 0, 'f', 1) : tr("– slices/s"));
  if (slices == 0) timer_.stop();
  place();
}

void SpeedHud::place() {
  adjustSize();
  constexpr int kMargin = 6;
  move(view_->width() - width() - kMargin, view_->height() - height() - kMargin);
}

bool SpeedHud::eventFilter(QObject* watched, QEvent* event) {
  if (watched == view_ && event->type() == QEvent::Resize) place();
  return QLabel::eventFilter(watched, event);
}

}  // namespace voxmark::ui
