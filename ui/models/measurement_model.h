#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/models/mark_measurements.h"
#include "ui/models/mark_text.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// The document's marks as a table, a row each, oldest first: name (editable, ticked while the mark is shown), kind,
/// size, and the values on the active layer.
class MeasurementModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Kind, Size, Mean, Deviation, Minimum, Maximum, Voxels, Amount, ColumnCount };
  MeasurementModel(Session& session, MarkMeasurements& measurements, QObject* parent);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  /// Id of the mark in a row.
  [[nodiscard]] int markAt(int row) const { return rows_.at(static_cast<std::size_t>(row)).id; }
  /// The rows, tab-separated under their headings, as spreadsheets take them from the clipboard.
  [[nodiscard]] QString text(const std::vector<int>& rows) const;

 private:
  void follow();
  void showMeasured(int mark);
  [[nodiscard]] QString valueText(const Mark& mark, int column) const;

  Session& session_;
  MarkMeasurements& measurements_;
  std::vector<Mark> rows_;  ///< as the views know them
};

}  // namespace voxmark::ui
