#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "core/ops/label_summary.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// The labels of the active layer, by number: those of its table and those that its voxels hold. What is edited here is
/// an undoable change of the layer's table.
class LabelListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Shown, Number, Name, Voxels, Opacity, ColumnCount };
  /// Of any column: the label's number, its colour, and whether the frame shown holds it.
  enum Role { ValueRole = Qt::UserRole, ColourRole, PresentRole };
  LabelListModel(Session& session, QObject* parent);
  /// What the voxels of the shown frame hold; null: not known.
  void setSummary(std::shared_ptr<const LabelSummary> summary);
  /// Where a label lies; null where it is not known.
  [[nodiscard]] const LabelExtent* extentOf(std::int64_t value) const;
  [[nodiscard]] std::int64_t valueAt(int row) const { return values_.at(static_cast<std::size_t>(row)); }
  void setColour(std::int64_t value, const QColor& colour);
  /// Shows these labels and hides all others that are listed.
  void showOnly(const std::vector<std::int64_t>& values);
  void showAll();
  /// The table with an entry for every label that is listed here.
  [[nodiscard]] LabelTable fullTable() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 private:
  void refresh();
  [[nodiscard]] Label labelAt(std::int64_t value) const { return labelOf(table_.get(), value); }
  [[nodiscard]] QVariant textAt(std::int64_t value, int column, bool edited) const;
  void edit(const QString& what, const std::function<void(LabelTable&)>& change, const std::string& key = {});

  Session& session_;
  int layer_ = 0;
  LabelTablePtr table_;
  std::shared_ptr<const LabelSummary> summary_;
  std::vector<std::int64_t> values_;
};

}  // namespace voxmark::ui
