#pragma once

#include <QFrame>
#include <QPointer>

#include "ui/models/action_list.h"

class QScrollArea;

namespace voxmark::ui {

/// All keys by menu and what the mouse does, over the whole window; made anew each time from what holds then. Esc, ? or
/// a click closes it.
class ShortcutSheet : public QFrame {
  Q_OBJECT
 public:
  ShortcutSheet(const ActionList& actions, QWidget* window);
  void ask();

 protected:
  bool event(QEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  void fill();
  void leave();

  const ActionList& actions_;
  QScrollArea* scroll_;
  QPointer<QWidget> before_;  ///< had the keyboard
};

}  // namespace voxmark::ui
