#pragma once

#include <QStringList>

namespace voxmark::ui {
class MainWindow;
}

namespace voxmark::app {

class TimedApplication;

/// Milliseconds since this process was started, to 10 ms.
[[nodiscard]] double sinceProcessStart();

/// Opens a file in a window that is not shown yet, does with it what users do, and prints lines of numbers: when the
/// first picture of its slices was on the screen, how long the event loop kept the user waiting in each part, and what
/// for. `firstOnly` ends after the first picture. Returns the program's exit status.
int measureWindow(TimedApplication& application, ui::MainWindow& window, const QStringList& files, bool firstOnly);

}  // namespace voxmark::app
