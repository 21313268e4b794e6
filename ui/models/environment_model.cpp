#include "ui/models/environment_model.h"

#include <algorithm>

#include "ui/models/verdict_look.h"

namespace voxmark::ui {

void EnvironmentModel::setDifferences(std::vector<profiling::EnvironmentDifference> differences) {
  beginResetModel();
  rows_ = std::move(differences);
  endResetModel();
}

bool EnvironmentModel::comparable() const {
  return std::none_of(rows_.begin(), rows_.end(), [](const auto& row) { return row.mismatch; });
}

int EnvironmentModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int EnvironmentModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant EnvironmentModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::DecorationRole && index.column() == What)
    return iconOf(row.mismatch ? VerdictMark::Regressed : VerdictMark::Inconclusive);
  if (role == Qt::ToolTipRole && row.mismatch && index.column() == What)
    return tr("Times from the two runs are not comparable");
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  switch (index.column()) {
    case What:
      return QString::fromStdString(row.label);
    case Baseline:
      return row.baseline.empty() ? QString("–") : QString::fromStdString(row.baseline);
    default:
      return row.current.empty() ? QString("–") : QString::fromStdString(row.current);
  }
}

QVariant EnvironmentModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString titles[] = {tr("Differs"), tr("Baseline"), tr("Run in front")};
  return section >= 0 && section < ColumnCount ? QVariant(titles[section]) : QVariant();
}

}  // namespace voxmark::ui
