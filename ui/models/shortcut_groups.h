#pragma once

#include <QList>
#include <QString>
#include <utility>

#include "ui/models/action_list.h"

namespace voxmark::ui {

/// What can be done and how, under one heading.
struct ShortcutGroup {
  QString title;
  QList<std::pair<QString, QString>> rows;  ///< what, with which keys or buttons
};

/// The actions that have keys, by their menus in the order of the menu bar.
[[nodiscard]] QList<ShortcutGroup> shortcutGroups(const ActionList& actions);

}  // namespace voxmark::ui
