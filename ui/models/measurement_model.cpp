#include "ui/models/measurement_model.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace voxmark::ui {
namespace {

QString number(double value) {
  return QString::number(value, 'g', 6);
}

/// Statistics of the samples along a profile, which cover it evenly.
Statistics alongLine(const LineProfile& profile) {
  Statistics out;
  double squares = 0;
  for (const double value : profile.value) {
    if (!std::isfinite(value)) continue;
    out.min = out.count == 0 ? value : std::min(out.min, value);
    out.max = out.count == 0 ? value : std::max(out.max, value);
    const double before = value - out.mean;
    out.mean += before / static_cast<double>(++out.count);
    squares += before * (value - out.mean);
  }
  if (out.count > 0) out.std = std::sqrt(squares / static_cast<double>(out.count));
  return out;
}

QString statisticText(const Statistics& values, int column) {
  if (values.count == 0) return "–";
  switch (column) {
    case MeasurementModel::Mean:
      return number(values.mean);
    case MeasurementModel::Deviation:
      return number(values.std);
    case MeasurementModel::Minimum:
      return number(values.min);
    case MeasurementModel::Maximum:
      return number(values.max);
    default:
      return {};
  }
}

QString regionText(const MarkStatistics& region, int column) {
  const Statistics& values = region.values;
  if (column == MeasurementModel::Voxels) {
    QString text = QString::number(values.count + values.nonfinite);
    if (values.nonfinite > 0) text += MeasurementModel::tr(" (%1 no number)").arg(values.nonfinite);
    return text;
  }
  if (column == MeasurementModel::Amount) return QString::number(region.volumeMl, 'g', 4) + " ml";
  return statisticText(values, column);
}

}  // namespace

MeasurementModel::MeasurementModel(Session& session, MarkMeasurements& measurements, QObject* parent)
    : QAbstractTableModel(parent), session_(session), measurements_(measurements) {
  rows_ = session_.document().marks;
  connect(&session_, &Session::changed, this, &MeasurementModel::follow);
  connect(&measurements_, &MarkMeasurements::measured, this, &MeasurementModel::showMeasured);
}

void MeasurementModel::follow() {
  const std::vector<Mark>& marks = session_.document().marks;
  const auto isGone = [&](const Mark& row) { return session_.document().findMark(row.id) == nullptr; };
  for (int row = rowCount() - 1; row >= 0; --row) {
    if (!isGone(rows_[static_cast<std::size_t>(row)])) continue;
    beginRemoveRows({}, row, row);
    rows_.erase(rows_.begin() + row);
    endRemoveRows();
  }
  for (std::size_t n = 0; n < marks.size(); ++n) {
    const int row = static_cast<int>(n);
    if (n < rows_.size() && rows_[n].id == marks[n].id) {
      if (rows_[n] == marks[n]) continue;
      rows_[n] = marks[n];
      Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    } else if (std::any_of(rows_.begin(), rows_.end(), [&](const Mark& one) { return one.id == marks[n].id; })) {
      beginResetModel();  // another order
      rows_ = marks;
      endResetModel();
      return;
    } else {
      beginInsertRows({}, row, row);
      rows_.insert(rows_.begin() + row, marks[n]);
      endInsertRows();
    }
  }
}

void MeasurementModel::showMeasured(int mark) {
  for (std::size_t n = 0; n < rows_.size(); ++n) {
    const int row = static_cast<int>(n);
    if (rows_[n].id == mark) Q_EMIT dataChanged(index(row, Mean), index(row, ColumnCount - 1));
  }
}

int MeasurementModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int MeasurementModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString MeasurementModel::valueText(const Mark& mark, int column) const {
  const MarkMeasurements::Entry& entry = measurements_.of(mark.id);
  switch (entry.state) {
    case MarkMeasurements::State::Nothing:
      return {};
    case MarkMeasurements::State::Waiting:
      return column == Mean ? "…" : QString();
    case MarkMeasurements::State::Failed:
      return column == Mean ? tr("failed") : QString();
    case MarkMeasurements::State::Done:
      break;
  }
  if (entry.values.region) return regionText(*entry.values.region, column);
  if (mark.kind == MarkKind::Profile) return statisticText(alongLine(entry.profile), column);
  if (column != Mean) return {};
  return entry.values.value ? number(*entry.values.value) : tr("outside");
}

QVariant MeasurementModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Mark& mark = rows_[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      if (column == Name) return markTitle(mark);
      if (column == Kind) return markKindText(mark.kind);
      if (column == Size) return markSizeText(mark);
      return valueText(mark, column);
    case Qt::EditRole:
      return column == Name ? QVariant(markTitle(mark)) : QVariant();
    case Qt::CheckStateRole:
      if (column != Name) return {};
      return static_cast<int>(mark.visible ? Qt::Checked : Qt::Unchecked);
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter | (column >= Mean ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
      if (const QString& error = measurements_.of(mark.id).error; !error.isEmpty()) return error;
      return column == Name ? tr("Tick to show it in the views; press F2 for another name") : QString();
    default:
      return {};
  }
}

QVariant MeasurementModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
  const QString titles[ColumnCount] = {tr("Name"), tr("Kind"), tr("Size"),   tr("Mean or value"), tr("SD"),
                                       tr("Min"),  tr("Max"),  tr("Voxels"), tr("Volume")};
  if (role == Qt::DisplayRole) return titles[section];
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(Qt::AlignVCenter | (section >= Mean ? Qt::AlignRight : Qt::AlignLeft));
  }
  if (role == Qt::ToolTipRole && section == Deviation) return tr("Standard deviation (of the population)");
  if (role == Qt::ToolTipRole && section == Voxels) return tr("Voxels of the active layer whose centres lie inside");
  return {};
}

Qt::ItemFlags MeasurementModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  const Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
  return index.column() == Name ? all | Qt::ItemIsEditable | Qt::ItemIsUserCheckable : all;
}

bool MeasurementModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || index.column() != Name || (role != Qt::EditRole && role != Qt::CheckStateRole)) return false;
  const Mark& row = rows_[static_cast<std::size_t>(index.row())];
  Mark changed = row;
  if (role == Qt::CheckStateRole) {
    changed.visible = value.toInt() == Qt::Checked;
  } else if (value.toString() != markTitle(row)) {
    changed.name = value.toString().simplified().toStdString();
  }
  if (changed == row) return false;
  const QString label = role == Qt::EditRole ? tr("Rename measurement")
                        : changed.visible    ? tr("Show measurement")
                                             : tr("Hide measurement");
  session_.edit(label, [&](Document& d) {
    for (Mark& mark : d.marks) {
      if (mark.id == changed.id) mark = changed;
    }
  });
  return true;
}

QString MeasurementModel::text(const std::vector<int>& rows) const {
  const auto line = [](const auto& cell) {
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column) cells << cell(column);
    return cells.join('\t') + '\n';
  };
  QString out = line([&](int c) { return headerData(c, Qt::Horizontal, Qt::DisplayRole).toString(); });
  for (const int row : rows) {
    out += line([&](int c) { return data(index(row, c)).toString(); });
  }
  return out;
}

}  // namespace voxmark::ui
