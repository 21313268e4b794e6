#include "app/timed_application.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QMetaEnum>
#include <QThread>
#include <algorithm>

namespace voxmark::app {
namespace {

constexpr std::size_t kKept = 4;
constexpr double kSlowMs = 10;  ///< what takes less is no pause

QString describe(const QObject* receiver, QEvent::Type type) {
  QString out = receiver->metaObject()->className();
  for (const QObject* up = receiver; up != nullptr; up = up->parent()) {
    if (up->objectName().isEmpty() && up != receiver) continue;
    if (up != receiver) out += QString(" of %1").arg(up->metaObject()->className());
    if (!up->objectName().isEmpty()) out += " " + up->objectName();
    if (up != receiver || !up->objectName().isEmpty()) break;
  }
  const char* key = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
  return out + ", " + (key != nullptr ? QString(key) : QString::number(type));
}

}  // namespace

void TimedApplication::restart() {
  timing_ = true;
  slowest_.clear();
}

bool TimedApplication::notify(QObject* receiver, QEvent* event) {
  if (!timing_ || QThread::currentThread() != thread() || within_) return QApplication::notify(receiver, event);
  within_ = true;
  const QEvent::Type type = event->type();
  const QString what = describe(receiver, type);  // it may be gone afterwards
  QElapsedTimer clock;
  clock.start();
  const bool handled = QApplication::notify(receiver, event);
  within_ = false;
  note(static_cast<double>(clock.nsecsElapsed()) * 1e-6, what);
  return handled;
}

void TimedApplication::note(double milliseconds, const QString& what) {
  if (milliseconds < kSlowMs) return;
  slowest_.push_back({milliseconds, what});
  std::sort(slowest_.begin(), slowest_.end(),
            [](const Slow& a, const Slow& b) { return a.milliseconds > b.milliseconds; });
  if (slowest_.size() > kKept) slowest_.resize(kKept);
}

}  // namespace voxmark::app
