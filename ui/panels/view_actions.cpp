#include "ui/panels/view_actions.h"

#include <QMainWindow>
#include <QMenu>
#include <QToolBar>

#include "ui/panels/layout_button.h"
#include "ui/panels/view_settings.h"
#include "ui/widgets/themed_icon.h"

namespace voxmark::ui {
namespace {

/// A switch among the settings of the views.
void addSwitch(ActionList& actions, const ActionList::Entry& entry, bool ViewsState::*setting) {
  actions.addToggle(
      entry, [setting](const Document& d) { return d.views.*setting; },
      [setting](Document& d, bool on) { d.views.*setting = on; });
}

QList<QAction*> addLayouts(ActionList& actions) {
  struct Layout {
    const char* id;
    const char* layout;
    const char* icon;
    QString text;
    QKeySequence key;
  };
  const Layout layouts[] = {
      {"view.quad", "quad", "layout_quad", ActionList::tr("All four views"), QKeySequence("F4")},
      {"view.row", "row", "layout_row", ActionList::tr("Three slices in a row"), QKeySequence("F5")},
      {"view.oneAndThree", "1+3", "layout_1_3", ActionList::tr("Axial large, three small"), QKeySequence("F9")},
      {"view.largeSagittal", "1+3:sagittal", "layout_1_3", ActionList::tr("Sagittal large, three small"),
       QKeySequence("Ctrl+F9")},
      {"view.largeCoronal", "1+3:coronal", "layout_1_3", ActionList::tr("Coronal large, three small"),
       QKeySequence("Shift+F9")},
      {"view.large3d", "1+3:3d", "layout_1_3", ActionList::tr("3D large, three small"), QKeySequence("Ctrl+Shift+F9")},
      {"view.lightbox", "lightbox", "layout_lightbox", ActionList::tr("Lightbox"), QKeySequence("F7")},
      {"view.axial", "axial", "layout_one", ActionList::tr("Axial only"), QKeySequence("A")},
      {"view.sagittal", "sagittal", "layout_one", ActionList::tr("Sagittal only"), QKeySequence("S")},
      {"view.coronal", "coronal", "layout_one", ActionList::tr("Coronal only"), QKeySequence("C")},
      {"view.3d", "3d", "layout_one", ActionList::tr("3D only"), QKeySequence("V")}};
  actions.addMenu("view", "layout", ActionList::tr("Layout"));
  QList<QAction*> out;
  for (const Layout& entry : layouts) {
    const std::string layout = entry.layout;
    if (layout == "axial") actions.addSeparator("layout");
    out << actions.addChoice(
        {entry.id, "layout", entry.text, {entry.key}}, [layout](const Document& d) { return d.views.layout == layout; },
        [layout](Document& d) { d.views.arrange(layout); });
    out.back()->setIcon(themedIcon(entry.icon));
  }
  return out;
}

void addPlanes(ActionList& actions) {
  actions.addToggle(
      {"view.patientAxes", "view", ActionList::tr("Planes along the patient's axes"), {QKeySequence("Shift+A")}},
      [](const Document& d) { return d.views.alignment == Alignment::Patient; },
      [](Document& d, bool on) { d.views.alignment = on ? Alignment::Patient : Alignment::Image; });
  struct Mode {
    const char* id;
    SlabMode mode;
    QString text;
  };
  const Mode modes[] = {{"slab.off", SlabMode::Off, ActionList::tr("Single slices")},
                        {"slab.maximum", SlabMode::Maximum, ActionList::tr("Slab: maximum (MIP)")},
                        {"slab.minimum", SlabMode::Minimum, ActionList::tr("Slab: minimum (MinIP)")},
                        {"slab.mean", SlabMode::Mean, ActionList::tr("Slab: mean")}};
  actions.addMenu("view", "slab", ActionList::tr("Slab"));
  for (const Mode& entry : modes) {
    actions.addChoice(
        {entry.id, "slab", entry.text}, [mode = entry.mode](const Document& d) { return d.views.slab.mode == mode; },
        [mode = entry.mode](Document& d) { d.views.slab.mode = mode; });
  }
  actions.addMenu("view", "lightboxPlane", ActionList::tr("Plane of the lightbox"));
  const std::pair<const char*, QString> planes[] = {{"axial", ActionList::tr("Lightbox of axial slices")},
                                                    {"sagittal", ActionList::tr("Lightbox of sagittal slices")},
                                                    {"coronal", ActionList::tr("Lightbox of coronal slices")}};
  for (const auto& [plane, text] : planes) {
    const std::string name = plane;
    const std::string id = "lightbox." + name;
    actions.addChoice(
        {id.c_str(), "lightboxPlane", text}, [name](const Document& d) { return d.views.lightbox.plane == name; },
        [name](Document& d) {
          d.views.lightbox.plane = name;
          d.views.lightboxScroll = 0;
        });
  }
}

}  // namespace

void addViewActions(ActionList& actions, Session& session, ViewsArea& views) {
  actions.add({"view.reset", "view", ActionList::tr("Reset views"), {QKeySequence("R")}, "reset"},
              [&views] { views.resetViews(); });
  addSwitch(actions, {"view.crosshair", "view", ActionList::tr("Crosshair"), {QKeySequence("X")}, "crosshair"},
            &ViewsState::crosshairVisible);
  addSwitch(actions, {"view.annotations", "view", ActionList::tr("Annotations"), {QKeySequence(Qt::Key_Space)}},
            &ViewsState::annotations);
  addSwitch(actions, {"view.legend", "view", ActionList::tr("Colour legend"), {QKeySequence("Shift+L")}},
            &ViewsState::legend);
  addSwitch(actions, {"view.speed", "view", ActionList::tr("Speed of drawing"), {QKeySequence("Shift+F")}},
            &ViewsState::speed);
  actions.addSeparator("view");
  addSwitch(actions, {"view.radiological", "view", ActionList::tr("Radiological (patient's right on the left)")},
            &ViewsState::radiological);
  addSwitch(actions,
            {"view.linkedZoom", "view", ActionList::tr("Zoom and move slices together"), {QKeySequence("Shift+Z")}},
            &ViewsState::linkedZoom);
  addPlanes(actions);
  actions.addSeparator("view");
  const QList<QAction*> layouts = addLayouts(actions);
  auto* window = qobject_cast<QMainWindow*>(views.window());
  auto* bar = window->findChild<QToolBar*>("toolBar");
  auto* picker = new LayoutButton(session, layouts, bar);
  bar->addWidget(picker);
  auto* settings = new ViewSettings(session, window);
  QAction* open =
      actions.add({"view.settings", "view", ActionList::tr("View settings…"), {QKeySequence("F8")}, "view_settings"},
                  [settings, bar] { settings->open(bar->findChild<QWidget*>("viewSettingsButton")); });
  open->setToolTip(ActionList::tr("Planes, slab, lightbox and what is drawn over the slices (F8)"));
  bar->widgetForAction(open)->setObjectName("viewSettingsButton");
}

}  // namespace voxmark::ui
