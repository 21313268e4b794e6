#pragma once

#include <QFrame>

#include "ui/models/step_fields.h"

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace voxmark::ui {

/// The steps that there are, in groups, found by typing a part of their names; lies over the window until one is
/// chosen, Esc is pressed or something else is clicked.
class AddStepPopup : public QFrame {
  Q_OBJECT
 public:
  explicit AddStepPopup(QWidget* parent);
  /// Opens below (or above) a button.
  void ask(const QWidget* button);

 Q_SIGNALS:
  void chosen(const QString& id);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void list();
  void addHeading(const QString& text);
  void mark(int step);
  void choose(const QListWidgetItem* item);

  QLineEdit* typed_;
  QListWidget* list_;
};

}  // namespace voxmark::ui
