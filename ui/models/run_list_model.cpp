#include "ui/models/run_list_model.h"

#include <QFont>
#include <algorithm>

namespace voxmark::ui {
namespace {

QString fieldOf(const profiling::Environment& environment, const char* key) {
  const auto found = environment.find(key);
  return found == environment.end() ? QString() : QString::fromStdString(found->second);
}

}  // namespace

RunListModel::RunListModel(BenchRuns& runs, QObject* parent) : QAbstractTableModel(parent), runs_(runs) {
  connect(&runs_, &BenchRuns::changed, this, &RunListModel::follow);
  follow();
}

RunListModel::Row RunListModel::rowFor(const BenchRun& run) const {
  Row row;
  row.id = run.id;
  row.title = run.title;
  const QString host = fieldOf(run.file.environment, "host_name");
  const QString date = fieldOf(run.file.environment, "date").left(16).replace('T', ' ');
  row.measured = date.isEmpty() ? host : date.mid(5);  // the year, and where, are in the tip
  const QString path = QString::fromStdString(run.file.path);
  row.tip =
      QStringList{path.isEmpty() ? tr("Not saved") : path, date, host, fieldOf(run.file.environment, "voxmark.cpu")}
          .join('\n')
          .trimmed();
  row.current = runs_.current() == &run;
  row.baseline = runs_.baseline() == &run;
  return row;
}

void RunListModel::follow() {
  std::vector<Row> wanted;
  for (auto it = runs_.all().rbegin(); it != runs_.all().rend(); ++it) wanted.push_back(rowFor(*it));
  const auto isWanted = [&](const Row& row) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Row& one) { return one.id == row.id; });
  };
  for (int n = static_cast<int>(rows_.size()) - 1; n >= 0; --n) {
    if (isWanted(rows_[static_cast<std::size_t>(n)])) continue;
    beginRemoveRows({}, n, n);
    rows_.erase(rows_.begin() + n);
    endRemoveRows();
  }
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    const int row = static_cast<int>(n);
    if (n >= rows_.size() || rows_[n].id != wanted[n].id) {  // they are never moved
      beginInsertRows({}, row, row);
      rows_.insert(rows_.begin() + row, wanted[n]);
      endInsertRows();
    } else if (rows_[n] != wanted[n]) {
      rows_[n] = wanted[n];
      Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
  }
}

int RunListModel::rowOf(int id) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [id](const Row& row) { return row.id == id; });
  return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int RunListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RunListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole) return index.column() == Title ? row.title : row.measured;
  if (role == Qt::ToolTipRole) return row.tip;
  if (role == Qt::CheckStateRole && index.column() == Title)
    return static_cast<int>(row.baseline ? Qt::Checked : Qt::Unchecked);
  if (role == Qt::FontRole && row.current) {
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  return {};
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  if (section == Title) return tr("Run (ticked: the baseline)");
  return section == Measured ? QVariant(tr("Measured")) : QVariant();
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.column() == Title) flags |= Qt::ItemIsUserCheckable;
  return flags;
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Title) return false;
  runs_.setBaseline(value.toInt() == Qt::Checked ? idAt(index.row()) : 0);
  return true;
}

}  // namespace voxmark::ui
