#include "ui/panels/step_list.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

#include "ui/models/step_edits.h"
#include "ui/widgets/step_delegate.h"

namespace voxmark::ui {

StepList::StepList(Session& session, QWidget* parent)
    : QListView(parent), session_(session), steps_(new StepListModel(session, this)) {
  setObjectName("pipelineSteps");
  setAccessibleName(tr("Steps"));
  setItemDelegate(new StepDelegate(this));
  setModel(steps_);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
  setDragDropMode(QAbstractItemView::InternalMove);
  setDefaultDropAction(Qt::MoveAction);
  setDropIndicatorShown(true);
  connect(steps_, &StepListModel::moved, this, &StepList::setRow);
  // Heights depend on what is wrong.
  connect(steps_, &QAbstractItemModel::dataChanged, this, [this] { scheduleDelayedItemsLayout(); });
}

void StepList::setRow(int row) {
  const QModelIndex wanted = steps_->index(row);
  if (wanted != currentIndex()) setCurrentIndex(wanted);
  scrollTo(wanted);
}

void StepList::moveChosen(int by) {
  const int target = row() + by;
  if (row() < 0 || target < 0 || target >= steps_->rowCount()) return;
  moveStep(session_, row(), target);
  setRow(target);
}

void StepList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  Q_EMIT chosen(current.isValid() ? current.row() : -1);
}

void StepList::resizeEvent(QResizeEvent* event) {
  QListView::resizeEvent(event);
  scheduleDelayedItemsLayout();
}

void StepList::keyPressEvent(QKeyEvent* event) {
  const bool alt = event->modifiers().testFlag(Qt::AltModifier);
  const bool control = event->modifiers().testFlag(Qt::ControlModifier);
  const int key = event->key();
  if (alt && (key == Qt::Key_Up || key == Qt::Key_Down)) {
    moveChosen(key == Qt::Key_Up ? -1 : 1);
  } else if (control && key == Qt::Key_D) {
    duplicateStep(session_, row());
  } else if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
    removeStep(session_, row());
  } else {
    QListView::keyPressEvent(event);
    return;
  }
  event->accept();
}

void StepList::contextMenuEvent(QContextMenuEvent* event) {
  const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
  if (!index.isValid()) return;
  const int at = index.row();
  const bool on = session_.document().steps[static_cast<std::size_t>(at)].enabled;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setObjectName("stepMenu");
  const auto add = [&](const QString& text, const QString& key, auto run) {
    return menu->addAction(text + "\t" + key, this, run);
  };
  add(on ? tr("Switch off") : tr("Switch on"), tr("Space"), [this, at, on] { switchStep(session_, at, !on); });
  add(tr("Rename"), "F2", [this, index] { edit(index); });
  add(tr("Duplicate"), "Ctrl+D", [this, at] { duplicateStep(session_, at); });
  menu->addSeparator();
  add(tr("Move up"), "Alt+↑", [this] { moveChosen(-1); })->setEnabled(at > 0);
  add(tr("Move down"), "Alt+↓", [this] { moveChosen(1); })->setEnabled(at + 1 < steps_->rowCount());
  menu->addSeparator();
  add(tr("Remove"), tr("Del"), [this, at] { removeStep(session_, at); });
  menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

}  // namespace voxmark::ui
