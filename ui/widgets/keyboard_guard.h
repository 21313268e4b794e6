#pragma once

#include <QObject>

namespace voxmark::ui {

/// Leaves to a widget the keys that it needs itself, although the window has shortcuts on them: what is typed into a
/// field, Space on a button, arrows in a list. From a number it takes undo and redo, which are the document's as long
/// as nothing is being typed. Watches every widget of the application.
class KeyboardGuard : public QObject {
  Q_OBJECT
 public:
  explicit KeyboardGuard(QObject* parent);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
};

}  // namespace voxmark::ui
