#include "ui/panels/view_actions.h"

namespace voxmark::ui {
namespace {

/// A switch among the settings of the views.
void addSwitch(ActionList& actions, const ActionList::Entry& entry, bool ViewsState::*setting) {
  actions.addToggle(
      entry, [setting](const Document& d) { return d.views.*setting; },
      [setting](Document& d, bool on) { d.views.*setting = on; });
}

void addLayouts(ActionList& actions) {
  struct Layout {
    const char* id;
    const char* layout;
    QString text;
    QKeySequence key;
  };
  const Layout layouts[] = {{"view.quad", "quad", ActionList::tr("All four views"), QKeySequence("F4")},
                            {"view.axial", "axial", ActionList::tr("Axial only"), QKeySequence("A")},
                            {"view.sagittal", "sagittal", ActionList::tr("Sagittal only"), QKeySequence("S")},
                            {"view.coronal", "coronal", ActionList::tr("Coronal only"), QKeySequence("C")},
                            {"view.3d", "3d", ActionList::tr("3D only"), QKeySequence("V")}};
  for (const Layout& entry : layouts) {
    const std::string layout = entry.layout;
    actions.addChoice(
        {entry.id, "view", entry.text, {entry.key}}, [layout](const Document& d) { return d.views.layout == layout; },
        [layout](Document& d) { d.views.layout = layout; });
  }
}

}  // namespace

void addViewActions(ActionList& actions, Session&, ViewsArea& views) {
  actions.add({"view.reset", "view", ActionList::tr("Reset views"), {QKeySequence("R")}, "reset"},
              [&views] { views.resetViews(); });
  addSwitch(actions, {"view.crosshair", "view", ActionList::tr("Crosshair"), {QKeySequence("X")}, "crosshair"},
            &ViewsState::crosshairVisible);
  addSwitch(actions, {"view.annotations", "view", ActionList::tr("Annotations"), {QKeySequence(Qt::Key_Space)}},
            &ViewsState::annotations);
  addSwitch(actions, {"view.radiological", "view", ActionList::tr("Radiological (patient's right on the left)")},
            &ViewsState::radiological);
  actions.addSeparator("view");
  addLayouts(actions);
}

}  // namespace voxmark::ui
