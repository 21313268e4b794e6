#include "ui/widgets/row_switch.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace voxmark::ui {

void paintEmptySwitch(QPainter* painter, const QStyleOptionViewItem& option) {
  QStyleOptionViewItem copy = option;
  const QStyle* style = QApplication::style();
  const QRect box = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &copy, option.widget);
  QRect square(0, 0, 12, 12);
  square.moveCenter(box.center());
  painter->setPen(themeColours().faint);
  painter->setBrush(themeColours().base);
  painter->drawRect(square);
}

void RowSwitchDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, given, index);
  const QVariant state = index.data(Qt::CheckStateRole);
  if (!state.isValid() || state.toInt() != Qt::Unchecked) return;
  QStyleOptionViewItem option = given;
  initStyleOption(&option, index);
  painter->save();
  paintEmptySwitch(painter, option);
  painter->restore();
}

bool RowSwitchDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                    const QModelIndex& index) {
  const bool pressed = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
  if (!pressed && event->type() != QEvent::MouseButtonRelease) {
    return QStyledItemDelegate::editorEvent(event, model, option, index);
  }
  const auto* mouse = static_cast<QMouseEvent*>(event);
  const Qt::ItemFlags needed = Qt::ItemIsEnabled | Qt::ItemIsUserCheckable;
  if (mouse->button() != Qt::LeftButton || (index.flags() & needed) != needed) return false;
  if (pressed) return false;  // the row is chosen; letting go turns the switch
  const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
  return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

}  // namespace voxmark::ui
