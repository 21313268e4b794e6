#pragma once

#include <QListView>

#include "ui/models/step_list_model.h"

namespace voxmark::ui {

/// The steps in their order: rows are dragged or moved with Alt and the arrows, Space or a click on its box switches a
/// step, F2 renames, Ctrl+D doubles, Delete removes, the right button offers all of it.
class StepList : public QListView {
  Q_OBJECT
 public:
  StepList(Session& session, QWidget* parent);
  [[nodiscard]] StepListModel& steps() { return *steps_; }
  [[nodiscard]] int row() const { return currentIndex().isValid() ? currentIndex().row() : -1; }
  void setRow(int row);
  /// Moves the chosen step up (-1) or down (1).
  void moveChosen(int by);

 Q_SIGNALS:
  void chosen(int row);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  Session& session_;
  StepListModel* steps_;
};

}  // namespace voxmark::ui
