#include "app/window_command.h"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <cstdlib>
#include <filesystem>

#include "app/composition.h"
#include "app/single_instance.h"
#include "app/timed_application.h"
#include "app/window_tour.h"
#include "core/base/error.h"
#include "ui/models/preferences.h"
#include "ui/panels/main_window.h"
#include "ui/panels/session_desk.h"
#include "ui/render/display_server.h"
#include "ui/widgets/language.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::app {
namespace {

/// Waits until everything is loaded and drawn, at most two minutes; false where that time was not enough.
bool waitUntilDrawn(ui::MainWindow& window) {
  QElapsedTimer clock;
  clock.start();
  int quiet = 0;
  while (clock.elapsed() < 120000 && quiet < 20) {
    QApplication::processEvents(QEventLoop::AllEvents, 20);
    QElapsedTimer pause;
    pause.start();
    while (pause.elapsed() < 30) QApplication::processEvents(QEventLoop::AllEvents, 10);
    quiet = window.settled() ? quiet + 1 : 0;
  }
  return quiet >= 20;
}

/// Brings a panel to the front, by the name of its tab.
void showPanel(ui::MainWindow& window, const QString& title) {
  for (QDockWidget* dock : window.findChildren<QDockWidget*>()) {
    if (dock->windowTitle().compare(title, Qt::CaseInsensitive) != 0) continue;
    dock->show();
    dock->raise();
    return;
  }
  throw Error(ErrorCode::Usage, "there is no panel " + title.toStdString());
}

int takeScreenshot(ui::MainWindow& window, const QString& path) {
  if (!waitUntilDrawn(window)) throw Error(ErrorCode::Display, "the window was not drawn within two minutes");
  if (!window.lastError().isEmpty()) throw Error(ErrorCode::Io, window.lastError().toStdString());
  if (!window.grab().save(path, "PNG"))
    throw fileError(ErrorCode::Io, path.toStdString(), "the picture cannot be written");
  return 0;
}

/// Files of a second start: the window comes to the front with them.
void openInFront(ui::MainWindow& window, const QStringList& files) {
  window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
  window.raise();
  window.activateWindow();
  if (!files.isEmpty()) window.open(files, true);
}

/// A mistyped command is no file either: say so before anything is asked of a display.
void checkFiles(int argc, char** argv) {
  for (int n = 1; n < argc; ++n) {
    const std::string argument = argv[n];
    if (argument == "--screenshot" || argument == "--panel") ++n;
    if (argument.starts_with("-") || std::filesystem::exists(argument)) continue;
    throw Error(ErrorCode::NotFound,
                argument + ": there is no such file, folder or command (voxmark --help lists the commands)");
  }
}

/// The value of an option, which is taken out of the list with it; empty where it is not given.
QString takeOption(QStringList& arguments, const char* name, const char* complaint) {
  const auto at = arguments.indexOf(name);
  if (at < 0) return {};
  if (at + 1 >= arguments.size()) throw Error(ErrorCode::Usage, complaint);
  QString value = arguments.takeAt(at + 1);
  arguments.removeAt(at);
  return value;
}

}  // namespace

int runWindow(int argc, char** argv) {
  checkFiles(argc, argv);
  if (std::getenv("WAYLAND_DISPLAY") == nullptr) render::requireDisplay();  // Qt would abort without one
  ui::requestSurfaceFormat();
  TimedApplication application(argc, argv);
  QApplication::setOrganizationName("voxmark");
  QApplication::setApplicationName("voxmark");
  QStringList files = QApplication::arguments().mid(1);
  const QString panel = takeOption(files, "--panel", "--panel needs the name of a panel, such as process");
  const QString screenshot = takeOption(files, "--screenshot", "--screenshot needs the name of a PNG file");
  if (!screenshot.isEmpty()) {
    QApplication::setOrganizationName("voxmark-screenshot");  // the same picture whatever the user has arranged
  }
  ui::applyTheme(application);
  ui::installLanguage(application);
  const bool ownWindow = files.removeAll("--new-window") > 0;
  const bool firstOnly = files.removeAll("--measure-start") > 0;
  const bool measured = files.removeAll("--measure") > 0 || firstOnly;
  if (measured) QApplication::setOrganizationName("voxmark-measure");
  for (const QString& file : files) {
    if (file.startsWith("-")) {
      throw Error(ErrorCode::Usage,
                  "there is no option " + file.toStdString() + " (voxmark --help lists what there is)");
    }
  }
  SingleInstance instance;
  if (screenshot.isEmpty() && !ownWindow && !measured && ui::oneWindow() && instance.forward(files)) return 0;
  Composition composition = compose(screenshot.isEmpty() ? ui::computingThreads() : 0);
  ui::MainWindow window({composition.sources, composition.writers, composition.backends});
  if (measured) return measureWindow(application, window, files, firstOnly);
  instance.onFiles([&window](const QStringList& more) { openInFront(window, more); });
  window.show();
  if (!panel.isEmpty()) showPanel(window, panel);
  if (screenshot.isEmpty()) window.desk().keep();
  window.open(files, true);
  return screenshot.isEmpty() ? QApplication::exec() : takeScreenshot(window, screenshot);
}

}  // namespace voxmark::app
