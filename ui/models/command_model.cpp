#include "ui/models/command_model.h"

#include <QMenu>
#include <QSettings>
#include <algorithm>

#include "ui/models/fuzzy_match.h"

namespace voxmark::ui {
namespace {

constexpr qsizetype kRecent = 8;
constexpr int kPathPart = 4;  ///< a match in the menus' names counts a quarter
const QString kList = "palette/recent";

QString keysOf(const QAction& action) {
  QStringList keys;
  for (const QKeySequence& key : action.shortcuts()) keys << key.toString(QKeySequence::NativeText);
  return keys.join(", ");
}

}  // namespace

CommandModel::CommandModel(const ActionList& actions, QObject* parent) : QAbstractListModel(parent), actions_(actions) {
  setFilter({});
}

int CommandModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

QVariant CommandModel::data(const QModelIndex& index, int role) const {
  const QAction* one = action(index.row());
  if (one == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return ActionList::plainText(*one);
    case Path:
      return actions_.menuPath(one);
    case Keys:
      return keysOf(*one);
    case Checked:
      return one->isCheckable() && one->isChecked();
    case Qt::ToolTipRole:
      return one->statusTip();
    case Qt::AccessibleTextRole:
      return QStringList{ActionList::plainText(*one), actions_.menuPath(one), keysOf(*one)}.join(", ");
    default:
      return {};
  }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex& index) const {
  const QAction* one = action(index.row());
  if (one == nullptr) return Qt::NoItemFlags;
  return one->isEnabled() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled : Qt::NoItemFlags;
}

void CommandModel::setFilter(const QString& typed) {
  struct Ranked {
    QAction* action;
    int score;
    qsizetype recent;  ///< 0: the last one used
  };
  const QStringList recent = QSettings().value(kList).toStringList();
  std::vector<Ranked> ranked;
  for (QAction* one : actions_.all()) {
    if (one->objectName() == "help.palette") continue;  // that is where one is
    const QString text = ActionList::plainText(*one);
    std::optional<int> score = fuzzyMatch(typed, text);
    if (!score) {
      score = fuzzyMatch(typed, actions_.menuPath(one) + ' ' + text);
      if (score) score = *score / kPathPart;
    }
    if (!score) continue;
    const qsizetype used = recent.indexOf(one->objectName());
    ranked.push_back({one, *score, used < 0 ? kRecent : used});
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.recent < b.recent;
  });
  beginResetModel();
  shown_.clear();
  for (const Ranked& one : ranked) shown_.push_back(one.action);
  endResetModel();
}

QAction* CommandModel::action(int row) const {
  return row < 0 || row >= rowCount() ? nullptr : shown_[static_cast<std::size_t>(row)];
}

void CommandModel::noteUsed(const QAction& action) {
  QSettings settings;
  QStringList recent = settings.value(kList).toStringList();
  recent.removeAll(action.objectName());
  recent.prepend(action.objectName());
  settings.setValue(kList, QStringList(recent.mid(0, kRecent)));
}

}  // namespace voxmark::ui
