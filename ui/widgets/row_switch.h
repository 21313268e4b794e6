#pragma once

#include <QStyledItemDelegate>

namespace voxmark::ui {

/// Draws the switch of an item that is off: styles draw it too faintly on dark grounds.
void paintEmptySwitch(QPainter* painter, const QStyleOptionViewItem& option);

/// Rows whose switch can be seen when it is off, and that a click anywhere turns.
class RowSwitchDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 protected:
  bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

}  // namespace voxmark::ui
