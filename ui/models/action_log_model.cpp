#include "ui/models/action_log_model.h"

#include <algorithm>

namespace voxmark::ui {

void ActionLogModel::follow(const TraceLog& log) {
  const auto& actions = log.actions();
  const auto kept = [&](const Row& row) {
    return std::any_of(actions.begin(), actions.end(), [&](const auto& one) { return one.id == row.report.id; });
  };
  for (int n = static_cast<int>(rows_.size()) - 1; n >= 0; --n) {
    if (kept(rows_[static_cast<std::size_t>(n)])) continue;
    beginRemoveRows({}, n, n);
    rows_.erase(rows_.begin() + n);
    endRemoveRows();
  }
  for (const trace::ActionReport& action : actions) {
    const auto mine =
        std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.report.id == action.id; });
    if (mine != rows_.end() && mine->report.finished) continue;  // nothing of it changes any more
    Row row{action, action.finished ? widestStage(log.coverageOf(action)) : tr("running")};
    if (mine == rows_.end()) {
      beginInsertRows({}, 0, 0);
      rows_.insert(rows_.begin(), std::move(row));
      endInsertRows();
      continue;
    }
    *mine = std::move(row);
    const int at = static_cast<int>(mine - rows_.begin());
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
  }
}

int ActionLogModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ActionLogModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString ActionLogModel::text(const Row& row, int column) {
  switch (column) {
    case Title:
      return QString::fromStdString(row.report.title);
    case Time:
      return durationText(row.report.ms);
    case Rate:
      if (row.report.bytes == 0 || !(row.report.ms > 0)) return {};
      return QString("%1 MB/s").arg(static_cast<double>(row.report.bytes) / 1e3 / row.report.ms, 0, 'f', 0);
    default:
      return row.widest;
  }
}

QVariant ActionLogModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return text(row, index.column());
  if (role == Qt::TextAlignmentRole && (index.column() == Time || index.column() == Rate))
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant ActionLogModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString titles[] = {tr("Action"), tr("Time"), tr("Rate"), tr("Widest stage")};
  return section >= 0 && section < ColumnCount ? QVariant(titles[section]) : QVariant();
}

}  // namespace voxmark::ui
