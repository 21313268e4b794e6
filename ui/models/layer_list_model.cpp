#include "ui/models/layer_list_model.h"

#include <algorithm>
#include <cmath>

#include "ui/models/layer_edits.h"

namespace voxmark::ui {
namespace {

/// What a layer was made from and how.
QString originOf(const Layer& layer) {
  QStringList lines{QString::fromStdString(layer.name)};
  if (layer.recipe && !layer.recipe->path.empty()) {
    lines << LayerListModel::tr("made from %1").arg(QString::fromStdString(layer.recipe->path));
  }
  for (const Operation& step : layer.history) lines << "→ " + QString::fromStdString(describe(step));
  return lines.join('\n');
}

}  // namespace

LayerListModel::LayerListModel(Session& session, QObject* parent) : QAbstractListModel(parent), session_(session) {
  connect(&session_, &Session::changed, this, &LayerListModel::refresh);
  refresh();
}

LayerListModel::Row LayerListModel::rowFor(const Layer& layer) {
  return {layer.id,
          QString::fromStdString(layer.name),
          layer.path.empty() ? originOf(layer) : QString::fromStdString(layer.path),
          layer.display,
          layer.volume && layer.volume->info().meaning == ComponentMeaning::Colour,
          QString::fromStdString(layer.missing)};
}

int LayerListModel::rowOf(int id) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [id](const Row& row) { return row.id == id; });
  return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

void LayerListModel::refresh() {
  std::vector<Row> wanted;
  const auto& layers = session_.document().layers;
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) wanted.push_back(rowFor(*layer));
  follow(wanted);
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    if (rows_[n] == wanted[n]) continue;
    rows_[n] = wanted[n];
    const QModelIndex at = index(static_cast<int>(n));
    Q_EMIT dataChanged(at, at);
  }
}

void LayerListModel::follow(const std::vector<Row>& wanted) {
  const auto placeIn = [](const std::vector<Row>& rows, int id) {
    return std::find_if(rows.begin(), rows.end(), [id](const Row& row) { return row.id == id; }) - rows.begin();
  };
  for (auto n = static_cast<int>(rows_.size()) - 1; n >= 0; --n) {
    if (placeIn(wanted, idAt(n)) != std::ssize(wanted)) continue;
    beginRemoveRows({}, n, n);
    rows_.erase(rows_.begin() + n);
    endRemoveRows();
  }
  for (std::ptrdiff_t n = 0; n < std::ssize(wanted); ++n) {
    const int id = wanted[static_cast<std::size_t>(n)].id;
    const std::ptrdiff_t now = placeIn(rows_, id);
    const bool missing = now == std::ssize(rows_);
    if (now == n && !missing) continue;
    if (missing) {
      beginInsertRows({}, static_cast<int>(n), static_cast<int>(n));
      rows_.insert(rows_.begin() + n, wanted[static_cast<std::size_t>(n)]);
      endInsertRows();
      continue;
    }
    // The row that is here has been moved down, or the one that is wanted here has been moved up.
    const std::ptrdiff_t goal = placeIn(wanted, idAt(static_cast<int>(n)));
    const bool down = now == n + 1 && goal < std::ssize(rows_);
    const std::ptrdiff_t from = down ? n : now;
    const std::ptrdiff_t to = down ? goal + 1 : n;
    beginMoveRows({}, static_cast<int>(from), static_cast<int>(from), {}, static_cast<int>(to));
    if (down) {
      std::rotate(rows_.begin() + from, rows_.begin() + from + 1, rows_.begin() + to);
    } else {
      std::rotate(rows_.begin() + to, rows_.begin() + from, rows_.begin() + from + 1);
    }
    endMoveRows();
    if (down) --n;  // look at this place again
  }
}

int LayerListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant LayerListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const auto percent = static_cast<int>(std::lround(row.display.opacity * 100));
  switch (role) {
    case Qt::DisplayRole:
      return row.missing.isEmpty() ? row.name : tr("%1 — not loaded").arg(row.name);
    case Qt::EditRole:
      return row.name;
    case Qt::ToolTipRole:
      return (row.path.isEmpty() ? row.name : row.path) + (row.missing.isEmpty() ? QString() : "\n" + row.missing);
    case Qt::AccessibleTextRole:
      return tr("%1, %2, %3 % opaque").arg(row.name, row.display.visible ? tr("visible") : tr("hidden")).arg(percent);
    case IdRole:
      return row.id;
    case ColourMapRole:
      return QString::fromStdString(row.display.colorMap);
    case InvertRole:
      return row.display.invert;
    case OpacityRole:
      return percent;
    case VisibleRole:
      return row.display.visible;
    case LabelsRole:
      return row.display.labels;
    case ColoursRole:
      return row.colours;
    default:
      return {};
  }
}

Qt::ItemFlags LayerListModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::ItemIsDropEnabled;  // between the rows, not onto them
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled |
         Qt::ItemNeverHasChildren;
}

bool LayerListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
  if (role == Qt::EditRole) {
    renameLayer(session_, idAt(index.row()), value.toString());
  } else if (role == VisibleRole) {
    if (value.toBool() != data(index, VisibleRole).toBool()) toggleLayer(session_, idAt(index.row()));
  } else {
    return false;
  }
  return true;
}

bool LayerListModel::moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int child) {
  if (from.isValid() || to.isValid() || count != 1 || row < 0 || row >= rowCount() || child < 0 || child > rowCount()) {
    return false;
  }
  if (child == row || child == row + 1) return false;
  const int target = child > row ? child - 1 : child;
  moveLayer(session_, idAt(row), static_cast<std::size_t>(rowCount() - 1 - target));
  return true;
}

}  // namespace voxmark::ui
