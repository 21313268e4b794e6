#include "ui/models/action_list.h"

#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QToolBar>

#include "ui/widgets/themed_icon.h"

namespace voxmark::ui {
namespace {

QString settingOf(const QAction* action) {
  return "shortcuts/" + action->objectName();
}

}  // namespace

ActionList::ActionList(QMainWindow* window, Session& session)
    : QObject(window), window_(window), session_(session), bar_(window->addToolBar(tr("Tools"))) {
  bar_->setObjectName("toolBar");
  bar_->setMovable(false);
  bar_->setIconSize({20, 20});
  bar_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  const std::pair<const char*, QString> menus[] = {{"file", tr("&File")},
                                                   {"edit", tr("&Edit")},
                                                   {"view", tr("&View")},
                                                   {"tools", tr("&Tools")},
                                                   {"help", tr("&Help")}};
  for (const auto& [id, title] : menus) menus_[id] = window->menuBar()->addMenu(title);
}

QAction* ActionList::add(const Entry& entry, std::function<void()> run) {
  auto* action = new QAction(entry.text, window_);
  action->setObjectName(entry.id);
  if (entry.icon != nullptr) {
    action->setIcon(themedIcon(entry.icon));
    bar_->addAction(action);
    bar_->widgetForAction(action)->setFocusPolicy(Qt::TabFocus);
  }
  enlist(action, entry.menu, entry.keys);
  connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
  return action;
}

void ActionList::adopt(QAction* action, const char* id, const char* menu, const QList<QKeySequence>& keys) {
  action->setObjectName(id);
  enlist(action, menu, keys);
}

void ActionList::enlist(QAction* action, const char* menu, const QList<QKeySequence>& keys) {
  defaults_[action->objectName()] = keys;
  const QVariant own = QSettings().value(settingOf(action));
  action->setShortcuts(own.isValid() ? QKeySequence::listFromString(own.toString()) : keys);
  homes_[action] = this->menu(menu);
  homes_[action]->addAction(action);
  window_->addAction(action);  // so that its keys work in full screen, without the menu bar
  actions_ << action;
}

QAction* ActionList::addToggle(const Entry& entry, std::function<bool(const Document&)> value,
                               std::function<void(Document&, bool)> set) {
  QAction* action = add(entry, [this, text = entry.text, value, set = std::move(set)] {
    const bool on = !value(session_.document());
    session_.edit(text, [&](Document& d) { set(d, on); });
  });
  action->setCheckable(true);
  const auto follow = [this, action, value] { action->setChecked(value(session_.document())); };
  connect(&session_, &Session::changed, action, follow);
  follow();
  return action;
}

QAction* ActionList::addChoice(const Entry& entry, std::function<bool(const Document&)> is,
                               std::function<void(Document&)> set) {
  QAction* action = add(entry, [this, text = entry.text, set = std::move(set)] { session_.edit(text, set); });
  action->setCheckable(true);
  const auto follow = [this, action, is] { action->setChecked(is(session_.document())); };
  connect(&session_, &Session::changed, action, follow);
  connect(action, &QAction::triggered, action, follow);  // choosing what is chosen leaves the tick
  follow();
  return action;
}

void ActionList::addSeparator(const char* menu) {
  this->menu(menu)->addSeparator();
}

QMenu* ActionList::addMenu(const char* parent, const char* id, const QString& title) {
  return menus_[id] = menu(parent)->addMenu(title);
}

QMenu* ActionList::menu(const char* id) const {
  return menus_.value(id);
}

QAction* ActionList::find(const QString& id) const {
  for (QAction* action : actions_) {
    if (action->objectName() == id) return action;
  }
  return nullptr;
}

QString ActionList::plainText(const QAction& action) {
  QString out = action.text();
  return out.replace("&&", "\x01").remove('&').replace('\x01', '&');
}

QString ActionList::menuPath(const QAction* action) const {
  QStringList path;
  const QWidget* menu = homes_.value(action);
  while (const auto* one = qobject_cast<const QMenu*>(menu)) {
    path.prepend(plainText(*one->menuAction()));
    menu = one->parentWidget();
  }
  return path.join(" › ");
}

QList<QAction*> ActionList::usersOf(const QKeySequence& key, const QAction* except) const {
  QList<QAction*> out;
  for (QAction* action : actions_) {
    if (action != except && !key.isEmpty() && action->shortcuts().contains(key)) out << action;
  }
  return out;
}

QList<QKeySequence> ActionList::defaultKeys(const QAction* action) const {
  return defaults_.value(action->objectName());
}

void ActionList::setKeys(QAction* action, const QList<QKeySequence>& keys) {
  QSettings settings;
  if (keys == defaultKeys(action)) {
    settings.remove(settingOf(action));
  } else {
    settings.setValue(settingOf(action), QKeySequence::listToString(keys));
  }
  action->setShortcuts(keys);
  Q_EMIT keysChanged();
}

}  // namespace voxmark::ui
