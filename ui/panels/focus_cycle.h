#pragma once

#include <QMap>
#include <QObject>
#include <QPointer>

class QMainWindow;
class QWidget;

namespace voxmark::ui {

/// Takes the keyboard from one part of the window to the next: views, the docks that can be seen, tool bar. A part is
/// entered where it was left.
class FocusCycle : public QObject {
  Q_OBJECT
 public:
  explicit FocusCycle(QMainWindow* window);
  void step(int by);

 private:
  [[nodiscard]] QList<QWidget*> parts() const;

  QPointer<QMainWindow> window_;  ///< null while the window goes and its widgets still pass on the keyboard
  QMap<const QWidget*, QPointer<QWidget>> left_;
};

}  // namespace voxmark::ui
