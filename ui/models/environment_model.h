#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/profiling/environment.h"

namespace voxmark::ui {

/// Where the surroundings of two runs differ. What makes their times not comparable has a warning.
class EnvironmentModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { What, Baseline, Current, ColumnCount };
  explicit EnvironmentModel(QObject* parent) : QAbstractTableModel(parent) {}
  void setDifferences(std::vector<profiling::EnvironmentDifference> differences);
  [[nodiscard]] bool comparable() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<profiling::EnvironmentDifference> rows_;
};

}  // namespace voxmark::ui
