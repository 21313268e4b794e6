#include "ui/panels/comfort_actions.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>

#include "ui/models/layer_edits.h"
#include "ui/panels/focus_cycle.h"
#include "ui/panels/help_actions.h"
#include "ui/panels/main_window.h"
#include "ui/panels/session_desk.h"
#include "ui/panels/settings/appearance_page.h"
#include "ui/panels/settings/cache_page.h"
#include "ui/panels/settings/general_page.h"
#include "ui/panels/settings/mouse_page.h"
#include "ui/panels/settings/settings_dialog.h"
#include "ui/panels/settings/shortcuts_page.h"
#include "ui/render/color_map.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/keyboard_guard.h"
#include "ui/widgets/vtk_widget.h"

namespace voxmark::ui {
namespace {

/// The Menu key in a view opens what can be done with views.
class ViewMenuKey : public QObject {
 public:
  ViewMenuKey(QMenu* menu, QObject* parent) : QObject(parent), menu_(menu) { qApp->installEventFilter(this); }

 protected:
  bool eventFilter(QObject* object, QEvent* event) override {
    if (event->type() != QEvent::ContextMenu) return false;
    auto* view = qobject_cast<VtkWidget*>(object);
    if (view == nullptr || static_cast<QContextMenuEvent*>(event)->reason() != QContextMenuEvent::Keyboard)
      return false;
    menu_->popup(view->mapToGlobal(view->rect().center()));
    return true;
  }

 private:
  QMenu* menu_;
};

void addColourMaps(ActionList& actions) {
  actions.addMenu("view", "colourMap", ActionList::tr("Colour map"));
  for (const std::string& name : render::colorMapNames()) {
    const std::string id = "colourMap." + name;
    actions.addChoice(
        {id.c_str(), "colourMap", ActionList::tr("Colour map: %1").arg(QString::fromStdString(name))},
        [name](const Document& d) { return d.active() != nullptr && d.active()->display.colorMap == name; },
        [name](Document& d) {
          for (Layer& layer : d.layers) {
            if (layer.id == d.activeLayer) layer.display.colorMap = name;
          }
        });
  }
}

void addPanels(MainWindow& window) {
  ActionList& actions = window.actions();
  actions.addMenu("view", "panels", ActionList::tr("Panels"));
  for (QDockWidget* dock : window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
    QAction* toggle = dock->toggleViewAction();
    actions.adopt(toggle, ("panel." + dock->objectName()).toUtf8().constData(), "panels");
    QObject::connect(toggle, &QAction::triggered, dock, [dock](bool shown) {
      if (shown) dock->raise();  // not behind the others of its tab bar
    });
  }
}

void addFullScreen(MainWindow& window) {
  QAction* action = window.actions().add(
      {"view.fullScreen", "view", ActionList::tr("Full screen"), {QKeySequence(Qt::Key_F11)}}, [&window] {
        window.setWindowState(window.windowState() ^ Qt::WindowFullScreen);
        window.menuBar()->setVisible(!window.isFullScreen());
      });
  action->setCheckable(true);
  const auto follow = [&window, action] { action->setChecked(window.isFullScreen()); };
  QObject::connect(action, &QAction::triggered, action, follow);
  QObject::connect(window.actions().menu("view"), &QMenu::aboutToShow, action, follow);
}

void addSettings(MainWindow& window) {
  auto* dialog = new SettingsDialog(&window);
  dialog->addPage(ActionList::tr("General"), "general", new GeneralPage(window.desk(), dialog));
  dialog->addPage(ActionList::tr("Appearance"), "appearance", new AppearancePage(dialog));
  dialog->addPage(ActionList::tr("Mouse"), "mousePage", new MousePage(dialog));
  dialog->addPage(ActionList::tr("Shortcuts"), "shortcuts", new ShortcutsPage(window.actions(), dialog));
  dialog->addPage(ActionList::tr("Memory and cache"), "cache", new CachePage(dialog));
  window.actions().addSeparator("edit");
  window.actions().add({"edit.settings", "edit", ActionList::tr("&Settings…"), {QKeySequence("Ctrl+,")}},
                       [dialog] { dialog->ask(); });
}

void addFocus(MainWindow& window) {
  auto* cycle = new FocusCycle(&window);
  ActionList& actions = window.actions();
  actions.add({"view.nextPart", "panels", ActionList::tr("Next part of the window"), {QKeySequence(Qt::Key_F6)}},
              [cycle] { cycle->step(1); });
  actions.add(
      {"view.previousPart", "panels", ActionList::tr("Previous part of the window"), {QKeySequence("Shift+F6")}},
      [cycle] { cycle->step(-1); });
  new KeyboardGuard(&window);
  new ViewMenuKey(actions.menu("view"), &window);
}

}  // namespace

void addComfortActions(MainWindow& window, const BackendRegistry& backends) {
  ActionList& actions = window.actions();
  addColourMaps(actions);
  addPanels(window);
  addFullScreen(window);
  addSettings(window);
  addFocus(window);
  addHelpActions(window, backends);
}

}  // namespace voxmark::ui
