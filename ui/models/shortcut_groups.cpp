#include "ui/models/shortcut_groups.h"

namespace voxmark::ui {

QList<ShortcutGroup> shortcutGroups(const ActionList& actions) {
  QList<ShortcutGroup> out;
  for (const QAction* action : actions.all()) {
    QStringList keys;
    for (const QKeySequence& key : action->shortcuts()) keys << key.toString(QKeySequence::NativeText);
    if (keys.isEmpty()) continue;
    const QString title = actions.menuPath(action);
    auto group = std::find_if(out.begin(), out.end(), [&](const ShortcutGroup& one) { return one.title == title; });
    if (group == out.end()) group = out.insert(out.end(), {title, {}});
    group->rows.append({ActionList::plainText(*action), keys.join(", ")});
  }
  return out;
}

}  // namespace voxmark::ui
