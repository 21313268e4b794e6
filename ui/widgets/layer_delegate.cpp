#include "ui/widgets/layer_delegate.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "core/document/label_table.h"
#include "ui/models/layer_list_model.h"
#include "ui/widgets/color_map_swatch.h"

namespace voxmark::ui {
namespace {

constexpr int kEye = 26;
constexpr int kSwatch = 44;

void paintEye(QPainter* painter, const QRectF& rect, const QColor& colour, bool open) {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  const QPointF c = rect.center();
  QPainterPath lids;
  lids.moveTo(c.x() - 7, c.y());
  lids.quadTo(c.x(), c.y() - 8.5, c.x() + 7, c.y());
  lids.quadTo(c.x(), c.y() + 8.5, c.x() - 7, c.y());
  QColor pen = colour;
  if (!open) pen.setAlpha(110);
  painter->setPen(QPen(pen, 1.4));
  painter->drawPath(lids);
  painter->setBrush(open ? pen : Qt::transparent);
  painter->drawEllipse(c, 2.2, 2.2);
  if (!open) painter->drawLine(c + QPointF(-6, 6), c + QPointF(6, -6));
  painter->restore();
}

/// The colours that the first labels have without a table: enough to say what the row shows.
void paintLabelSwatch(QPainter* painter, const QRect& rect) {
  constexpr int kShown = 6;
  for (int n = 0; n < kShown; ++n) {
    const auto colour = labelOf(nullptr, n + 1).colour;
    const int left = rect.left() + rect.width() * n / kShown;
    const int right = rect.left() + rect.width() * (n + 1) / kShown;
    painter->fillRect(QRect(left, rect.top(), right - left, rect.height()), QColor(colour[0], colour[1], colour[2]));
  }
}

void paintSwatch(QPainter* painter, const QRect& rect, const QModelIndex& index) {
  if (index.data(LayerListModel::LabelsRole).toBool()) {
    paintLabelSwatch(painter, rect);
  } else if (index.data(LayerListModel::ColoursRole).toBool()) {
    const QColor parts[] = {QColor(200, 60, 60), QColor(60, 170, 80), QColor(70, 110, 220)};
    for (int n = 0; n < 3; ++n) {
      const int left = rect.left() + rect.width() * n / 3;
      painter->fillRect(QRect(left, rect.top(), rect.left() + rect.width() * (n + 1) / 3 - left, rect.height()),
                        parts[n]);
    }
  } else {
    const double ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect.topLeft(),
                        colorMapSwatch(index.data(LayerListModel::ColourMapRole).toString().toStdString(), rect.size(),
                                       ratio, index.data(LayerListModel::InvertRole).toBool()));
  }
  QColor frame = painter->pen().color();
  frame.setAlpha(90);
  painter->setPen(frame);
  painter->drawRect(rect.adjusted(0, 0, -1, -1));
}

QRect nameIn(const QRect& row) {
  return row.adjusted(kEye + 6, 0, -kSwatch - 14, 0);
}

}  // namespace

QRect LayerDelegate::eyeIn(const QRect& row) {
  return {row.left() + 4, row.top(), kEye, row.height()};
}

QRect LayerDelegate::swatchIn(const QRect& row) {
  return {row.right() - kSwatch - 6, row.center().y() - 6, kSwatch, 13};
}

void LayerDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
  QStyleOptionViewItem option = given;
  initStyleOption(&option, index);
  option.text.clear();
  QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
  const bool visible = index.data(LayerListModel::VisibleRole).toBool();
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
  painter->save();
  paintEye(painter, eyeIn(option.rect), text, visible);
  if (!visible) text.setAlpha(130);
  painter->setPen(text);
  QRect name = nameIn(option.rect);
  const int percent = index.data(LayerListModel::OpacityRole).toInt();
  if (percent < 100) {
    const QString opacity = QString("%1 %").arg(percent);
    painter->drawText(name, Qt::AlignRight | Qt::AlignVCenter, opacity);
    name.setRight(name.right() - option.fontMetrics.horizontalAdvance(opacity) - 8);
  }
  painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                    option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, name.width()));
  paintSwatch(painter, swatchIn(option.rect), index);
  painter->restore();
}

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const QSize size = QStyledItemDelegate::sizeHint(option, index);
  return {120, std::max(size.height() + 4, 28)};
}

void LayerDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const {
  editor->setGeometry(nameIn(option.rect).adjusted(-2, 2, 0, -2));
}

bool LayerDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
  const bool clicked = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
  if (clicked) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() == Qt::LeftButton && eyeIn(option.rect).contains(mouse->position().toPoint())) {
      return model->setData(index, !index.data(LayerListModel::VisibleRole).toBool(), LayerListModel::VisibleRole);
    }
  }
  if (event->type() == QEvent::MouseButtonRelease) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() == Qt::LeftButton && swatchIn(option.rect).contains(mouse->position().toPoint())) {
      Q_EMIT swatchClicked(index, mouse->globalPosition().toPoint());
      return true;
    }
  }
  return QStyledItemDelegate::editorEvent(event, model, option, index);
}

}  // namespace voxmark::ui
