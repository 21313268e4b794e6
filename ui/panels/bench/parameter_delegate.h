#pragma once

#include <QStyledItemDelegate>

namespace voxmark::ui {

/// Edits a parameter of a scenario: a list where it has choices, else a number.
class ParameterDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace voxmark::ui
