#include "ui/widgets/draw_turns.h"

#include <QApplication>
#include <QTimer>
#include <algorithm>

namespace voxmark::ui {
namespace {

constexpr double kTurnMs = 20;  ///< what drawing may take before others have to wait

}  // namespace

DrawTurns& DrawTurns::get() {
  static DrawTurns turns;
  return turns;
}

bool DrawTurns::mayDraw(QWidget& view) {
  const bool first = waiting_.empty() || waiting_.front() == &view;
  if (first && spent_ < kTurnMs) return true;
  if (std::find(waiting_.begin(), waiting_.end(), &view) == waiting_.end()) waiting_.emplace_back(&view);
  schedule();
  return false;
}

void DrawTurns::note(QWidget& view, double milliseconds) {
  std::erase(waiting_, &view);
  spent_ += milliseconds;
  schedule();
}

void DrawTurns::noteLayout() {
  spent_ = kTurnMs;
  schedule();
}

void DrawTurns::schedule() {
  if (!scheduled_) QTimer::singleShot(0, qApp, [this] { next(); });
  scheduled_ = true;
}

void DrawTurns::next() {
  scheduled_ = false;
  spent_ = 0;
  // One that was first and yet did not draw is hidden, gone or covered: the others do not wait for it.
  if (!waiting_.empty() && (waiting_.front().isNull() || waiting_.front() == served_)) waiting_.pop_front();
  served_ = waiting_.empty() ? nullptr : waiting_.front();
  for (const QPointer<QWidget>& view : waiting_) {
    if (!view.isNull()) view->update();
  }
}

}  // namespace voxmark::ui
