#include "ui/widgets/keyboard_guard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
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

bool undoes(const QKeyEvent& key) {
  const Qt::KeyboardModifiers held = key.modifiers() & ~Qt::KeypadModifier;
  if (held == Qt::ControlModifier) return key.key() == Qt::Key_Z || key.key() == Qt::Key_Y;
  return held == (Qt::ControlModifier | Qt::ShiftModifier) && key.key() == Qt::Key_Z;
}

/// Whether a number holds something that does not count yet.
bool typedInto(const QAbstractSpinBox* widget) {
  if (const auto* box = qobject_cast<const QDoubleSpinBox*>(widget)) {
    return box->cleanText() != box->textFromValue(box->value());
  }
  if (const auto* box = qobject_cast<const QSpinBox*>(widget)) {
    bool whole = false;
    const int typed = box->locale().toInt(box->cleanText(), &whole);
    return !whole || typed != box->value();
  }
  return false;
}

/// Whether undoing means the document though a number has the keyboard: nothing is typed that does not count yet. In
/// dialogs there is no document to undo.
bool undoesDocument(const QWidget* widget, const QKeyEvent& key) {
  const auto* number = qobject_cast<const QAbstractSpinBox*>(widget);
  if (!undoes(key) || number == nullptr || typedInto(number)) return false;
  return qobject_cast<const QDialog*>(widget->window()) == nullptr;
}

bool needs(const QWidget* widget, const QKeyEvent& key) {
  if (!isPlain(key)) return false;
  const int code = key.key();
  // Typing in a list that has popped up looks for an entry. Other keys Qt's combo boxes take from this very event.
  if (widget->window()->windowType() == Qt::Popup) return code < Qt::Key_Escape;
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
  if (event->type() == QEvent::ShortcutOverride && object->isWidgetType() && object == QApplication::focusWidget()) {
    const auto* widget = static_cast<QWidget*>(object);
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (needs(widget, key)) {
      event->accept();
      return true;
    }
    if (undoesDocument(widget, key)) {
      event->ignore();
      return true;
    }
  }
  return QObject::eventFilter(object, event);
}

}  // namespace voxmark::ui
