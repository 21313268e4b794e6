#pragma once

#include <QStyledItemDelegate>

namespace voxmark::ui {

/// Draws a layer's row: an eye, the name, how opaque it is, its colours. A click on the eye shows or hides the layer.
class LayerDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override;
  /// Where the eye and the colours lie in a row.
  [[nodiscard]] static QRect eyeIn(const QRect& row);
  [[nodiscard]] static QRect swatchIn(const QRect& row);

 Q_SIGNALS:
  /// The colours of a row were clicked.
  void swatchClicked(const QModelIndex& index, const QPoint& globalPosition);

 protected:
  bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

}  // namespace voxmark::ui
