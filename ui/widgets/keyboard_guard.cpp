#include "ui/widgets/keyboard_guard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>

namespace voxmark::ui {
namespace {

bool isPlain(const QKeyEvent& key) {
  return (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
}

bool takesText(const QWidget* widget) {
  if (const auto* edit = qobject_cast<const QLineEdit*>(widget)) return !edit->isReadOnly();
  if (const auto* edit = qobject_cast<const QTextEdit*>(widget)) return !edit->isReadOnly();
  if (const auto* edit = qobject_cast<const QPlainTextEdit*>(widget)) return !edit->isReadOnly();
  if (const auto* box = qobject_cast<const QComboBox*>(widget)) return box->isEditable();
  return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

bool moves(int key) {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
      return true;
    default:
      return false;
  }
}

bool presses(int key) {
  return key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Select;
}

bool needs(const QWidget* widget, const QKeyEvent& key) {
  if (!isPlain(key)) return false;
  const int code = key.key();
  // Typing in a list that has popped up looks for an entry; a combo box's list chooses in this very event.
  if (widget->window()->windowType() == Qt::Popup) return code != Qt::Key_Return && code != Qt::Key_Enter;
  if (takesText(widget))
    return code < Qt::Key_Escape || moves(code) || code == Qt::Key_Backspace || code == Qt::Key_Delete ||
           code == Qt::Key_Escape;
  if (qobject_cast<const QAbstractButton*>(widget) != nullptr) return presses(code);
  const bool chooses = qobject_cast<const QAbstractItemView*>(widget) != nullptr ||
                       qobject_cast<const QComboBox*>(widget) != nullptr ||
                       qobject_cast<const QTabBar*>(widget) != nullptr;
  if (chooses) return presses(code) || moves(code);
  return qobject_cast<const QAbstractSlider*>(widget) != nullptr && moves(code);
}

}  // namespace

KeyboardGuard::KeyboardGuard(QObject* parent) : QObject(parent) {
  qApp->installEventFilter(this);
}

bool KeyboardGuard::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && object->isWidgetType() && object == QApplication::focusWidget() &&
      needs(static_cast<QWidget*>(object), *static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return QObject::eventFilter(object, event);
}

}  // namespace voxmark::ui
