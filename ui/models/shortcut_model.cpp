#include "ui/models/shortcut_model.h"

#include <QFont>

namespace voxmark::ui {

ShortcutModel::ShortcutModel(ActionList& actions, QObject* parent) : QAbstractTableModel(parent), actions_(actions) {
  connect(&actions_, &ActionList::keysChanged, this, [this] {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, Keys), index(rowCount() - 1, Keys));
  });
}

int ShortcutModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(actions_.all().size());
}

int ShortcutModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Columns;
}

QVariant ShortcutModel::data(const QModelIndex& index, int role) const {
  const QAction* one = action(index.row());
  if (!index.isValid() || one == nullptr) return {};
  if (role == Qt::FontRole && one->shortcuts() != actions_.defaultKeys(one)) {
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Name:
      return ActionList::plainText(*one);
    case Menu:
      return actions_.menuPath(one);
    default:
      return QKeySequence::listToString(one->shortcuts(), QKeySequence::NativeText).replace("; ", ", ");
  }
}

QVariant ShortcutModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  const QString names[] = {tr("Action"), tr("Menu"), tr("Keys")};
  return section < Columns ? names[section] : QVariant();
}

void ShortcutModel::setKey(int row, const QKeySequence& key) {
  QAction* one = action(row);
  if (one == nullptr) return;
  QList<QKeySequence> keys;
  if (!key.isEmpty()) {
    keys = one->shortcuts().mid(1);
    keys.removeAll(key);
    keys.prepend(key);
  }
  actions_.setKeys(one, keys);
}

void ShortcutModel::moveKey(int row, const QKeySequence& key) {
  for (QAction* other : actions_.usersOf(key, action(row))) {
    QList<QKeySequence> keys = other->shortcuts();
    keys.removeAll(key);
    actions_.setKeys(other, keys);
  }
  setKey(row, key);
}

void ShortcutModel::reset(int row) {
  QAction* one = action(row);
  if (one != nullptr) actions_.setKeys(one, actions_.defaultKeys(one));
}

void ShortcutModel::resetAll() {
  for (int row = 0; row < rowCount(); ++row) reset(row);
}

}  // namespace voxmark::ui
