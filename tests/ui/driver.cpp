#include "tests/ui/driver.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QThread>
#include <QWidget>

#include <gtest/gtest.h>

namespace voxmark::testing {

bool waitFor(const std::function<bool()>& condition, int ms) {
  QElapsedTimer clock;
  clock.start();
  while (!condition()) {
    if (clock.elapsed() > ms) return false;
    QApplication::processEvents(QEventLoop::AllEvents, 5);
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QThread::msleep(1);
  }
  return true;
}

void letRun(int ms) {
  QElapsedTimer clock;
  clock.start();
  (void)waitFor([&] { return clock.elapsed() >= ms; }, ms + 1000);
}

void Driver::run(const QStringList& arguments) {
  QProcess process;
  process.start("xdotool", arguments);
  const bool ended = waitFor([&] { return process.state() == QProcess::NotRunning; });
  if (!ended || process.exitCode() != 0) {
    ADD_FAILURE() << "xdotool " << arguments.join(' ').toStdString() << ": "
                  << process.readAllStandardError().toStdString();
  }
  letRun(15);
  QGuiApplication::sync();  // everything that the server has sent until now is dealt with
  letRun(1);
}

namespace {

QStringList to(const QWidget* widget, const QPoint& position) {
  const QPoint at = widget->mapToGlobal(position);
  return {"mousemove", QString::number(at.x()), QString::number(at.y())};
}

QStringList held(const QString& modifier, const QStringList& middle) {
  if (modifier.isEmpty()) return middle;
  return QStringList{"keydown", modifier} + middle + QStringList{"keyup", modifier};
}

}  // namespace

void Driver::focus(QWidget* window) {
  window->activateWindow();
  if (!waitFor([&] { return window->isActiveWindow(); }, 5000)) ADD_FAILURE() << "the window does not become active";
}

void Driver::moveTo(const QWidget* widget, const QPoint& position) {
  run(to(widget, position));
}

void Driver::click(const QWidget* widget, const QPoint& position, Button button, int times) {
  run(to(widget, position) +
      QStringList{"click", "--repeat", QString::number(times), "--delay", "40", QString::number(button)});
}

void Driver::click(const QWidget* widget) {
  click(widget, widget->rect().center());
}

void Driver::wheel(const QWidget* widget, const QPoint& position, int notches, const QString& modifier) {
  run(to(widget, position) + held(modifier, {"click", "--repeat", QString::number(std::abs(notches)), "--delay", "15",
                                             QString::number(notches > 0 ? WheelUp : WheelDown)}));
}

void Driver::drag(const QWidget* widget, const QPoint& from, const QPoint& end, Button button,
                  const QString& modifier) {
  QStringList path{"mousedown", QString::number(button)};
  constexpr int kSteps = 8;
  for (int n = 1; n <= kSteps; ++n) path += to(widget, from + (end - from) * n / kSteps) + QStringList{"sleep", "0.02"};
  path += {"mouseup", QString::number(button)};
  run(to(widget, from) + held(modifier, path));
}

void Driver::button(const QWidget* widget, const QPoint& position, bool down, Button button) {
  run(to(widget, position) + QStringList{down ? "mousedown" : "mouseup", QString::number(button)});
}

void Driver::moveHolding(const QWidget* widget, const QPoint& position, const QString& modifier) {
  run(held(modifier, to(widget, position)));
}

void Driver::key(const QString& name) {
  run({"key", name});
}

void Driver::type(const QString& text) {
  run({"type", "--delay", "8", "--", text});
}

}  // namespace voxmark::testing
