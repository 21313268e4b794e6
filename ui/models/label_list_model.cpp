#include "ui/models/label_list_model.h"

#include <QColor>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <set>

#include "ui/models/layer_edits.h"

namespace voxmark::ui {

LabelListModel::LabelListModel(Session& session, QObject* parent) : QAbstractTableModel(parent), session_(session) {
  connect(&session_, &Session::changed, this, &LabelListModel::refresh);
  refresh();
}

void LabelListModel::setSummary(std::shared_ptr<const LabelSummary> summary) {
  if (summary == summary_) return;
  summary_ = std::move(summary);
  table_.reset();
  layer_ = 0;
  refresh();
}

void LabelListModel::refresh() {
  const Layer* active = session_.document().active();
  const bool shown = active != nullptr && active->display.labels;
  const int layer = shown ? active->id : 0;
  const LabelTablePtr table = shown ? active->display.labelTable : nullptr;
  if (layer == layer_ && table == table_) return;
  layer_ = layer;
  std::set<std::int64_t> all;
  if (table) {
    for (const auto& [value, label] : table->labels) all.insert(value);
  }
  if (shown && summary_) {
    for (const auto& [value, extent] : *summary_) {
      if (value != 0) all.insert(value);  // what no label covers
    }
  }
  if (std::equal(all.begin(), all.end(), values_.begin(), values_.end())) {
    table_ = table;
    if (!values_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    return;
  }
  beginResetModel();
  table_ = table;
  values_.assign(all.begin(), all.end());
  endResetModel();
}

const LabelExtent* LabelListModel::extentOf(std::int64_t value) const {
  if (!summary_) return nullptr;
  const auto found = summary_->find(value);
  return found == summary_->end() ? nullptr : &found->second;
}

int LabelListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(values_.size());
}

int LabelListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant LabelListModel::textAt(std::int64_t value, int column, bool edited) const {
  const LabelExtent* extent = extentOf(value);
  switch (column) {
    case Number:
      return static_cast<qlonglong>(value);
    case Name:
      return QString::fromStdString(labelAt(value).name);
    case Voxels:
      if (!summary_) return {};
      return static_cast<qulonglong>(extent != nullptr ? extent->voxels : 0);
    case Opacity: {
      const auto percent = static_cast<int>(std::lround(labelAt(value).opacity * 100));
      return edited ? QVariant(percent) : QVariant(QString("%1 %").arg(percent));
    }
    default:
      return {};
  }
}

QVariant LabelListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const std::int64_t value = valueAt(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return textAt(value, index.column(), false);
    case Qt::EditRole:
      return textAt(value, index.column(), true);
    case Qt::CheckStateRole:
      if (index.column() != Shown) return {};
      return static_cast<int>(labelAt(value).visible ? Qt::Checked : Qt::Unchecked);
    case Qt::DecorationRole:
    case ColourRole: {
      if (role == Qt::DecorationRole && index.column() != Shown) return {};
      const auto& colour = labelAt(value).colour;
      return QColor(colour[0], colour[1], colour[2]);
    }
    case Qt::TextAlignmentRole:
      return static_cast<int>((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
      return index.column() == Shown ? tr("Show label %1").arg(value) : QVariant();
    case ValueRole:
      return static_cast<qlonglong>(value);
    case PresentRole:
      return summary_ == nullptr || extentOf(value) != nullptr;
    default:
      return {};
  }
}

QVariant LabelListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString names[] = {QString(), tr("No."), tr("Name"), tr("Voxels"), tr("Opacity")};
  return section >= 0 && section < ColumnCount ? QVariant(names[section]) : QVariant();
}

Qt::ItemFlags LabelListModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags out = QAbstractTableModel::flags(index);
  if (index.column() == Shown) out |= Qt::ItemIsUserCheckable;
  if (index.column() == Name || index.column() == Opacity) out |= Qt::ItemIsEditable;
  return out;
}

bool LabelListModel::setData(const QModelIndex& index, const QVariant& to, int role) {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
  const std::int64_t value = valueAt(index.row());
  Label label = labelAt(value);
  QString what;
  if (index.column() == Shown && role == Qt::CheckStateRole) {
    label.visible = to.toInt() == Qt::Checked;
    what = label.visible ? tr("Show label") : tr("Hide label");
  } else if (index.column() == Name && role == Qt::EditRole) {
    label.name = to.toString().trimmed().toStdString();
    what = tr("Rename label");
  } else if (index.column() == Opacity && role == Qt::EditRole) {
    label.opacity = std::clamp(to.toDouble() / 100, 0.0, 1.0);
    what = tr("Label opacity");
  } else {
    return false;
  }
  if (label != labelAt(value)) edit(what, [&](LabelTable& table) { table.labels[value] = label; });
  return true;
}

void LabelListModel::setColour(std::int64_t value, const QColor& colour) {
  Label label = labelAt(value);
  label.colour = {static_cast<std::uint8_t>(colour.red()), static_cast<std::uint8_t>(colour.green()),
                  static_cast<std::uint8_t>(colour.blue())};
  edit(tr("Label colour"), [&](LabelTable& table) { table.labels[value] = label; });
}

void LabelListModel::showOnly(const std::vector<std::int64_t>& values) {
  LabelTable all = fullTable();
  for (auto& [value, label] : all.labels) {
    label.visible = std::find(values.begin(), values.end(), value) != values.end();
  }
  edit(tr("Show only these labels"), [&](LabelTable& table) { table = all; });
}

void LabelListModel::showAll() {
  LabelTable all = fullTable();
  for (auto& [value, label] : all.labels) label.visible = value != 0;
  edit(tr("Show all labels"), [&](LabelTable& table) { table = all; });
}

LabelTable LabelListModel::fullTable() const {
  LabelTable out = table_ ? *table_ : LabelTable{};
  for (const std::int64_t value : values_) out.labels.try_emplace(value, labelAt(value));
  return out;
}

void LabelListModel::edit(const QString& what, const std::function<void(LabelTable&)>& change, const std::string& key) {
  auto table = std::make_shared<LabelTable>(table_ ? *table_ : LabelTable{});
  change(*table);
  editDisplay(
      session_, layer_, what, [&](LayerDisplay& d) { d.labelTable = table; }, key);
}

}  // namespace voxmark::ui
