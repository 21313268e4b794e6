#include "ui/models/scenario_tree_model.h"

namespace voxmark::ui {
namespace {

constexpr quintptr kTop = 0;  ///< internal id of top rows; of a parameter: its parent's row + 1

}  // namespace

ScenarioTreeModel::ScenarioTreeModel(QObject* parent) : QAbstractItemModel(parent) {
  setPreset(profiling::presetNamed("quick"));
}

void ScenarioTreeModel::setScenarios(std::vector<Scenario> scenarios) {
  beginResetModel();
  scenarios_ = std::move(scenarios);
  endResetModel();
}

void ScenarioTreeModel::rename(int scenario, const QString& name) {
  scenarios_[static_cast<std::size_t>(scenario)].name = name;
  const QModelIndex row = index(scenario + 1, Name);
  Q_EMIT dataChanged(row, row);
}

void ScenarioTreeModel::setPreset(const profiling::Preset& preset) {
  preset_ = QString::fromStdString(preset.name);
  const bool first = counts_.empty();
  counts_ = {{tr("Warm-ups"), QString::number(preset.warmUps), {}, 0},
             {tr("Blocks"), QString::number(preset.blocks), {}, 1},
             {tr("Repetitions a block"), QString::number(preset.repetitions), {}, 1}};
  if (first) return;
  const QModelIndex top = index(0, 0);
  Q_EMIT dataChanged(top, index(0, Value));
  Q_EMIT dataChanged(index(0, 0, top), index(rowCount(top) - 1, Value, top));
}

profiling::Preset ScenarioTreeModel::preset() const {
  return {preset_.toStdString(), counts_[0].value.toInt(), counts_[1].value.toInt(), counts_[2].value.toInt()};
}

const std::vector<ScenarioParameter>& ScenarioTreeModel::parametersOf(int row) const {
  return row == 0 ? counts_ : scenarios_[static_cast<std::size_t>(row - 1)].parameters;
}

const ScenarioParameter* ScenarioTreeModel::parameterAt(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == kTop) return nullptr;
  return &parametersOf(static_cast<int>(index.internalId()) - 1)[static_cast<std::size_t>(index.row())];
}

QModelIndex ScenarioTreeModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : kTop);
}

QModelIndex ScenarioTreeModel::parent(const QModelIndex& child) const {
  if (!child.isValid() || child.internalId() == kTop) return {};
  return createIndex(static_cast<int>(child.internalId()) - 1, 0, kTop);
}

int ScenarioTreeModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return 1 + static_cast<int>(scenarios_.size());
  if (parent.internalId() != kTop || parent.column() != 0) return 0;
  return static_cast<int>(parametersOf(parent.row()).size());
}

int ScenarioTreeModel::columnCount(const QModelIndex&) const {
  return ColumnCount;
}

QVariant ScenarioTreeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (const ScenarioParameter* parameter = parameterAt(index)) {
    if (role == Qt::DisplayRole || role == Qt::EditRole || role == Qt::ToolTipRole)
      return index.column() == Name ? parameter->title : parameter->value;
    if (role == ChoicesRole) return parameter->choices;
    if (role == TextRole) return parameter->text;
    if (role == Qt::AccessibleTextRole) return parameter->title + ": " + parameter->value;
    return {};
  }
  if (index.row() == 0) {
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    return index.column() == Name ? tr("How often") : preset_;
  }
  const Scenario& scenario = scenarios_[static_cast<std::size_t>(index.row() - 1)];
  if (index.column() != Name) return {};
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return scenario.name;
  if (role == Qt::CheckStateRole) return static_cast<int>(scenario.chosen ? Qt::Checked : Qt::Unchecked);
  return {};
}

QVariant ScenarioTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  if (section == Name) return tr("Scenario");
  return section == Value ? QVariant(tr("Value")) : QVariant();
}

Qt::ItemFlags ScenarioTreeModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractItemModel::flags(index);
  const ScenarioParameter* parameter = parameterAt(index);
  if (parameter != nullptr && index.column() == Value) flags |= Qt::ItemIsEditable;
  if (parameter == nullptr && index.row() > 0 && index.column() == Name) flags |= Qt::ItemIsUserCheckable;
  return flags;
}

bool ScenarioTreeModel::accepts(const ScenarioParameter& parameter, const QString& value) const {
  if (!parameter.choices.isEmpty()) return parameter.choices.contains(value);
  if (parameter.text) return !value.trimmed().isEmpty();
  constexpr int kMost = 10000;
  bool isNumber = false;
  const int number = value.toInt(&isNumber);
  return isNumber && number >= parameter.least && number <= kMost;
}

bool ScenarioTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (const ScenarioParameter* parameter = parameterAt(index)) {
    if (role != Qt::EditRole || index.column() != Value || !accepts(*parameter, value.toString())) return false;
    const int top = static_cast<int>(index.internalId()) - 1;
    auto& list = top == 0 ? counts_ : scenarios_[static_cast<std::size_t>(top - 1)].parameters;
    list[static_cast<std::size_t>(index.row())].value = value.toString();
    Q_EMIT dataChanged(index, index);
    if (top == 0 && preset_ != "own") {
      preset_ = "own";
      Q_EMIT dataChanged(this->index(0, Value), this->index(0, Value));
    }
    if (top > 0) Q_EMIT parameterEdited(top - 1, index.row(), value.toString());
    return true;
  }
  if (role != Qt::CheckStateRole || !index.isValid() || index.row() == 0) return false;
  scenarios_[static_cast<std::size_t>(index.row() - 1)].chosen = value.toInt() == Qt::Checked;
  Q_EMIT dataChanged(index, index);
  return true;
}

}  // namespace voxmark::ui
