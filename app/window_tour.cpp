#include "app/window_tour.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <QWheelEvent>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "app/timed_application.h"
#include "core/base/error.h"
#include "ui/models/event_loop_watch.h"
#include "ui/panels/main_window.h"
#include "ui/panels/session_desk.h"

namespace voxmark::app {
namespace {

constexpr int kMostMs = 120000;

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

class Tour {
 public:
  Tour(TimedApplication& application, ui::MainWindow& window, const QStringList& files)
      : application_(application), window_(window), files_(files) {}

  bool firstPicture() {
    const double made = sinceProcessStart();
    application_.restart();
    window_.show();
    const double shown = sinceProcessStart();
    window_.open(files_, true);
    ui::SliceView* view = window_.views().slices().front();
    double drawn = 0;
    bool painted = false;
    const auto seen = QObject::connect(view, &ui::VtkWidget::drawn, view, [&, view] {
      if (painted || view->slices().sliceCount() == 0) return;
      painted = true;
      QTimer::singleShot(0, view, [&] { drawn = sinceProcessStart(); });  // once it has gone to the screen
    });
    if (!waitFor([&] { return drawn > 0 || !window_.lastError().isEmpty(); }) || drawn == 0) return false;
    QObject::disconnect(seen);
    say(
        fmt::format("first picture: {:.0f} ms after the start of the process (window made after {:.0f}, shown after "
                    "{:.0f})",
                    drawn, made, shown));
    saySlowest();
    return true;
  }

  void rest() {
    // What a start costs is the line above; from here on the loop runs.
    part("reading and first 3D picture", [&] { return settled(); });
    part("turning slices", [&] { return turn(); });
    part("changing the layout", [&] { return layouts(); });
    window_.desk().keep();
    part("a second layer, its histogram", [&] {
      window_.open(files_, false);
      return letRun(100) && settled();
    });
    part("hiding layers, autosave", [&] { return hide(); });
  }

 private:
  bool waitFor(const std::function<bool()>& condition, int ms = kMostMs) {
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < ms) application_.processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
  }
  bool letRun(int ms) {
    (void)waitFor([] { return false; }, ms);
    return true;
  }
  bool settled() {
    return waitFor([&] { return window_.settled(); }) && letRun(200) && waitFor([&] { return window_.settled(); });
  }

  void part(const char* name, const std::function<bool()>& act) {
    application_.restart();
    watch_.restart();
    const bool done = act();
    say(fmt::format("{}: longest pause {:.1f} ms; {:.1f} ms without waiting for a processor; {:.1f} ms computed{}",
                    name, watch_.longestMs(), watch_.longestOwnMs(), watch_.longestCpuMs(),
                    done ? "" : " (was not done in time)"));
    saySlowest();
  }
  void saySlowest() {
    for (const TimedApplication::Slow& slow : application_.slowest()) {
      say(fmt::format("    {:.1f} ms  {}", slow.milliseconds, slow.what.toStdString()));
    }
  }

  bool turn() {
    ui::SliceView* view = window_.views().slices().front();
    const QPointF at = view->rect().center();
    const int before = view->pictures();
    QElapsedTimer clock;
    clock.start();
    for (int n = 0; n < 150; ++n) {
      const int notch = (n / 50) % 2 == 0 ? 120 : -120;
      QWheelEvent wheel(at, view->mapToGlobal(at), {}, {0, notch}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                        false);
      application_.notify(view, &wheel);
      letRun(5);
    }
    say(fmt::format("turning slices: {:.0f} pictures of each of the views a second",
                    1000.0 * (view->pictures() - before) / static_cast<double>(clock.elapsed())));
    return true;
  }
  bool layouts() {
    for (const std::string& layout : layoutNames()) {
      window_.session().edit("Layout", [&](Document& d) { d.views.arrange(layout); });
      letRun(400);
    }
    window_.session().edit("Layout", [](Document& d) { d.views.arrange("quad"); });
    return settled();
  }
  bool hide() {
    for (int n = 0; n < 4; ++n) {
      window_.session().edit("Visibility", [](Document& d) {
        for (Layer& layer : d.layers) layer.display.visible = !layer.display.visible;
      });
      letRun(200);
    }
    return letRun(4000) && settled();
  }

  TimedApplication& application_;
  ui::MainWindow& window_;
  QStringList files_;
  ui::EventLoopWatch watch_;
};

}  // namespace

double sinceProcessStart() {
  std::ifstream file("/proc/self/stat");
  std::string text;
  std::getline(file, text);
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string field;
  constexpr int kStartTime = 20;  // after the name
  for (int n = 0; n < kStartTime; ++n) fields >> field;
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  const double ticks = std::stod(field);
  return 1e3 * (static_cast<double>(now.tv_sec) - ticks / static_cast<double>(sysconf(_SC_CLK_TCK))) +
         1e-6 * static_cast<double>(now.tv_nsec);
}

int measureWindow(TimedApplication& application, ui::MainWindow& window, const QStringList& files, bool firstOnly) {
  if (files.isEmpty()) throw Error(ErrorCode::Usage, "there is nothing to measure without a file");
  Tour tour(application, window, files);
  if (!tour.firstPicture()) {
    throw Error(ErrorCode::Display, window.lastError().isEmpty() ? "no picture was drawn within two minutes"
                                                                 : window.lastError().toStdString());
  }
  if (!firstOnly) tour.rest();
  return 0;
}

}  // namespace voxmark::app
