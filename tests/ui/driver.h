#pragma once

#include <QPoint>
#include <QString>
#include <functional>

class QWidget;

namespace voxmark::testing {

/// Lets the application run until `condition` holds; false where `ms` were not enough.
[[nodiscard]] bool waitFor(const std::function<bool()>& condition, int ms = 20000);
/// Lets the application run for a while.
void letRun(int ms);

/// A person at the X server: moves the real pointer and presses the real buttons and keys, so that every event takes
/// the way that a user's takes. Positions are the widget's own.
class Driver {
 public:
  enum Button { Left = 1, Middle = 2, Right = 3, WheelUp = 4, WheelDown = 5 };
  /// Gives `window` the keyboard, as a window manager would when it is clicked.
  void focus(QWidget* window);
  void moveTo(const QWidget* widget, const QPoint& position);
  void click(const QWidget* widget, const QPoint& position, Button button = Left, int times = 1);
  /// Clicks the middle of a widget.
  void click(const QWidget* widget);
  void wheel(const QWidget* widget, const QPoint& position, int notches, const QString& modifier = {});
  void drag(const QWidget* widget, const QPoint& from, const QPoint& to, Button button = Left,
            const QString& modifier = {});
  /// Presses a button at a place, or lets go of it.
  void button(const QWidget* widget, const QPoint& position, bool down, Button button = Left);
  /// Moves there with a key held: "shift".
  void moveHolding(const QWidget* widget, const QPoint& position, const QString& modifier);
  /// "ctrl+o", "Escape", "a"
  void key(const QString& name);
  void type(const QString& text);

 private:
  static void run(const QStringList& arguments);
};

}  // namespace voxmark::testing
