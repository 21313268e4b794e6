#include "ui/panels/tool_actions.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>

#include "ui/panels/go_to_popup.h"
#include "ui/widgets/mouse_bindings.h"
#include "ui/widgets/themed_icon.h"
#include "ui/widgets/tools/crop_tool.h"
#include "ui/widgets/tools/mark_menu.h"
#include "ui/widgets/tools/tool_list.h"

namespace voxmark::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("ToolActions", source);
}

QList<QAction*> addTools(ActionList& actions) {
  QList<QAction*> out;
  for (const ToolEntry& tool : toolList()) {
    const std::string name = tool.name;
    if (name == "point" || name == "crop") actions.addSeparator("tools");
    const std::string id = "tool." + name;
    QAction* action = actions.addChoice(
        {id.c_str(), "tools", tool.text, {tool.key}}, [name](const Document& d) { return d.views.tool == name; },
        [name](Document& d) {
          d.views.tool = name;
          if (name == "crop") beginCrop(d);
        });
    // The tool bar has one button for all of them.
    action->setIcon(themedIcon(QString("tool_") + tool.name));
    action->setToolTip(tool.text + ": " + tool.summary);
    action->setStatusTip(tool.summary);
    out << action;
  }
  return out;
}

/// A button that shows the chosen tool and opens the list of them.
void addToolButton(QMainWindow& window, Session& session, const QList<QAction*>& tools) {
  auto* bar = window.findChild<QToolBar*>("toolBar");
  if (bar == nullptr) return;
  auto* button = new QToolButton(bar);
  button->setObjectName("toolButton");
  button->setAccessibleName(text("Tool of the left button"));
  button->setPopupMode(QToolButton::InstantPopup);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  auto* menu = new QMenu(button);
  for (QAction* action : tools) {
    const QString id = action->objectName();
    if (id == "tool.point" || id == "tool.crop") menu->addSeparator();
    menu->addAction(action);
  }
  button->setMenu(menu);
  bar->addSeparator();
  bar->addWidget(button);
  const auto follow = [button, tools] {
    for (const QAction* action : tools) {
      if (!action->isChecked()) continue;
      button->setIcon(action->icon());
      button->setText(action->text());
      button->setToolTip(action->toolTip());
    }
  };
  QObject::connect(&session, &Session::changed, button, follow);
  follow();
}

void addMousePresets(ActionList& actions) {
  QMenu* menu = actions.addMenu("tools", "mouse", text("Mouse"));
  menu->setToolTipsVisible(true);
  QList<QAction*> choices;
  for (const MousePreset& preset : mousePresets()) {
    const QString id = preset.id;
    const QByteArray name = "mouse." + id.toUtf8();
    QAction* action =
        actions.add({name.constData(), "mouse", text("Mouse as in %1").arg(preset.name)}, [id] { setMousePreset(id); });
    action->setCheckable(true);
    action->setToolTip(preset.summary);
    action->setData(id);
    choices << action;
  }
  actions.addSeparator("mouse");
  QAction* invert = actions.add({"mouse.invertLevel", "mouse", text("Dragging down raises the level")},
                                [] { QSettings().setValue("mouse/invertLevel", !levelInverted()); });
  invert->setCheckable(true);
  const auto follow = [choices, invert] {
    const QString now = currentMousePreset().id;
    for (QAction* action : choices) action->setChecked(action->data().toString() == now);
    invert->setChecked(levelInverted());
  };
  // The settings may be changed elsewhere, so what is ticked is found out when it is looked at.
  QObject::connect(menu, &QMenu::aboutToShow, menu, follow);
  for (QAction* action : choices + QList<QAction*>{invert}) QObject::connect(action, &QAction::triggered, menu, follow);
  follow();
}

}  // namespace

void addToolActions(ActionList& actions, Session& session, QMainWindow& window) {
  const QList<QAction*> tools = addTools(actions);
  addToolButton(window, session, tools);
  actions.addSeparator("tools");
  addMousePresets(actions);
  QAction* straight =
      actions.add({"tools.resetRotation", "tools", text("Turn planes back"), {QKeySequence("Shift+T")}},
                  [&session] { session.edit(text("Turn planes back"), [](Document& d) { d.views.rotation = {}; }); });
  QAction* remove = actions.add({"mark.delete", "tools", text("Delete the selected mark")}, [&session] {
    if (session.document().selectedMark) deleteMark(session, *session.document().selectedMark);
  });
  auto* goTo = new GoToPopup(session, &window);
  actions.add({"tools.goTo", "tools", text("Go to coordinate…"), {QKeySequence("G")}}, [goTo] { goTo->ask(); });
  const auto follow = [&session, straight, remove] {
    const Document& document = session.document();
    straight->setEnabled(!document.views.rotation.none());
    remove->setEnabled(document.selectedMark && document.findMark(*document.selectedMark) != nullptr);
  };
  QObject::connect(&session, &Session::changed, straight, follow);
  follow();
}

}  // namespace voxmark::ui
