#pragma once

#include <QSortFilterProxyModel>

#include "ui/models/label_list_model.h"

namespace voxmark::ui {

/// Those labels whose number or name holds a text and, where asked for, that the voxels hold.
class LabelFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  LabelFilter(LabelListModel& labels, QObject* parent) : QSortFilterProxyModel(parent) {
    setSourceModel(&labels);
    setSortRole(Qt::EditRole);
    setDynamicSortFilter(true);
  }
  void setText(const QString& text) {
    text_ = text.trimmed();
    invalidateFilter();
  }
  void setPresentOnly(bool on) {
    presentOnly_ = on;
    invalidateFilter();
  }

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    const QModelIndex name = sourceModel()->index(row, LabelListModel::Name, parent);
    if (presentOnly_ && !name.data(LabelListModel::PresentRole).toBool()) return false;
    if (text_.isEmpty()) return true;
    return name.data().toString().contains(text_, Qt::CaseInsensitive) ||
           name.data(LabelListModel::ValueRole).toString() == text_;
  }

 private:
  QString text_;
  bool presentOnly_ = true;
};

}  // namespace voxmark::ui
