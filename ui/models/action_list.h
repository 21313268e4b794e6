#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <functional>

#include "ui/models/session.h"

class QMainWindow;
class QMenu;
class QToolBar;

namespace voxmark::ui {

/// Everything that can be done by name: the one list behind menus, tool bar, shortcuts and command palette. An action's
/// objectName is its id ("view.reset"), under which the user's own shortcut is kept.
class ActionList : public QObject {
  Q_OBJECT
 public:
  struct Entry {
    const char* id;
    const char* menu;  ///< "file", "edit", "view", "tools", "help"
    QString text;
    QList<QKeySequence> keys{};
    const char* icon = nullptr;  ///< of :/icons; actions with one are on the tool bar
  };
  ActionList(QMainWindow* window, Session& session);

  QAction* add(const Entry& entry, std::function<void()> run);
  /// A setting of the document, shown with a tick: `value` reads it, `set` is one undoable step named after the entry.
  QAction* addToggle(const Entry& entry, std::function<bool(const Document&)> value,
                     std::function<void(Document&, bool)> set);
  /// A value among several of a setting of the document (layouts, modes): ticked where `is` holds.
  QAction* addChoice(const Entry& entry, std::function<bool(const Document&)> is, std::function<void(Document&)> set);
  /// Takes an action of Qt's (a dock's own) into the list, the menu and the shortcuts.
  void adopt(QAction* action, const char* id, const char* menu, const QList<QKeySequence>& keys = {});
  void addSeparator(const char* menu);
  /// A submenu whose actions are added under the name `id`.
  QMenu* addMenu(const char* parent, const char* id, const QString& title);
  [[nodiscard]] QMenu* menu(const char* id) const;
  [[nodiscard]] QAction* find(const QString& id) const;
  /// In the order in which they were added.
  [[nodiscard]] const QList<QAction*>& all() const { return actions_; }
  /// Without the marks of the keys that menus use: "Open…", not "&Open…".
  [[nodiscard]] static QString plainText(const QAction& action);
  /// The menus that lead to it: "View › Window and level". Empty where it is in none.
  [[nodiscard]] QString menuPath(const QAction* action) const;
  /// Other actions that have one of `keys`.
  [[nodiscard]] QList<QAction*> usersOf(const QKeySequence& key, const QAction* except) const;
  /// What `action` comes with, whatever the user has set.
  [[nodiscard]] QList<QKeySequence> defaultKeys(const QAction* action) const;
  /// Keeps the user's own keys for an action; the default ones are not kept.
  void setKeys(QAction* action, const QList<QKeySequence>& keys);

 Q_SIGNALS:
  void keysChanged();

 private:
  void enlist(QAction* action, const char* menu, const QList<QKeySequence>& keys);
  QMainWindow* window_;
  Session& session_;
  QToolBar* bar_;
  QMap<QString, QMenu*> menus_;
  QList<QAction*> actions_;
  QMap<const QAction*, QMenu*> homes_;
  QMap<QString, QList<QKeySequence>> defaults_;
};

}  // namespace voxmark::ui
