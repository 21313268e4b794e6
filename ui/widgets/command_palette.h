#pragma once

#include <QFrame>

#include "ui/models/command_model.h"

class QLineEdit;
class QListView;

namespace voxmark::ui {

/// Everything that can be done, by typing a part of its name: a list that lies over the window until something is
/// chosen, Esc is pressed or something else is clicked.
class CommandPalette : public QFrame {
  Q_OBJECT
 public:
  CommandPalette(const ActionList& actions, QWidget* window);
  void ask();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void list();
  /// Marks another row, past those that cannot be chosen; `step` rows on, around the ends.
  void mark(int step);
  void choose();

  CommandModel model_;
  QLineEdit* typed_;
  QListView* list_;
};

}  // namespace voxmark::ui
