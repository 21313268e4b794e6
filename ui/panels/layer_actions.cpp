#include "ui/panels/layer_actions.h"

#include "ui/models/layer_edits.h"
#include "ui/models/window_presets.h"

namespace voxmark::ui {
namespace {

void addWindows(ActionList& actions, Session& session) {
  actions.addMenu("view", "window", ActionList::tr("Window and level"));
  actions.add({"layer.resetWindow", "window", ActionList::tr("Reset window and level"), {QKeySequence(Qt::Key_Escape)}},
              [&session] { resetWindow(session); });
  actions.add({"layer.automaticWindow", "window", ActionList::tr("Automatic window"), {}},
              [&session] { automaticWindow(session); });
  actions.addSeparator("window");
  static const char* const kIds[] = {"window.brain", "window.softTissue", "window.abdomen", "window.lung",
                                     "window.bone",  "window.liver",      "window.angio",   "window.air"};
  constexpr int kFirstKey = 3;
  constexpr int kLastKey = 8;
  for (std::size_t n = 0; n < std::size(kIds); ++n) {
    const WindowPreset preset = ctWindows().at(n);
    const int key = kFirstKey + static_cast<int>(n);
    const QList<QKeySequence> keys =
        key <= kLastKey ? QList<QKeySequence>{QKeySequence(QString::number(key))} : QList<QKeySequence>{};
    const QString text =
        ActionList::tr("CT window: %1 %2 / %3").arg(preset.name).arg(preset.window.width).arg(preset.window.level);
    actions.add({kIds[n], "window", text, keys}, [&session, window = preset.window] {
      editActiveDisplay(session, ActionList::tr("Window preset"), [&](LayerDisplay& d) { d.window = window; });
    });
  }
}

/// A switch among the active layer's settings.
void addSwitch(ActionList& actions, const ActionList::Entry& entry, bool LayerDisplay::*setting) {
  actions.addToggle(
      entry, [setting](const Document& d) { return d.active() != nullptr && d.active()->display.*setting; },
      [setting](Document& d, bool on) {
        for (Layer& layer : d.layers) {
          if (layer.id == d.activeLayer) layer.display.*setting = on;
        }
      });
}

void onActive(Session& session, void (*act)(Session&, int)) {
  if (const auto id = session.document().activeLayer) act(session, *id);
}

}  // namespace

void addLayerActions(ActionList& actions, Session& session) {
  addWindows(actions, session);
  actions.addMenu("view", "layer", ActionList::tr("Active layer"));
  addSwitch(actions, {"layer.invert", "layer", ActionList::tr("Invert colours")}, &LayerDisplay::invert);
  addSwitch(actions, {"layer.interpolate", "layer", ActionList::tr("Smooth between voxels"), {QKeySequence("I")}},
            &LayerDisplay::interpolate);
  addSwitch(actions, {"layer.labels", "layer", ActionList::tr("Show as labels")}, &LayerDisplay::labels);
  addSwitch(actions, {"layer.labelOutline", "layer", ActionList::tr("Label outlines only")},
            &LayerDisplay::labelOutline);
  actions.addSeparator("layer");
  constexpr double kStep = 0.1;
  actions.add({"layer.fainter", "layer", ActionList::tr("Less opaque"), {QKeySequence("Q")}},
              [&session] { stepOpacity(session, -kStep); });
  actions.add({"layer.toggle", "layer", ActionList::tr("Show or hide"), {QKeySequence("W")}},
              [&session] { onActive(session, toggleLayer); });
  actions.add({"layer.denser", "layer", ActionList::tr("More opaque"), {QKeySequence("E")}},
              [&session] { stepOpacity(session, kStep); });
  actions.addSeparator("layer");
  actions.add({"layer.above", "layer", ActionList::tr("Choose the layer above"), {QKeySequence("]")}},
              [&session] { stepActiveLayer(session, 1); });
  actions.add({"layer.below", "layer", ActionList::tr("Choose the layer below"), {QKeySequence("[")}},
              [&session] { stepActiveLayer(session, -1); });
  actions.add({"layer.duplicate", "layer", ActionList::tr("Duplicate")},
              [&session] { onActive(session, duplicateLayer); });
  actions.add({"layer.remove", "layer", ActionList::tr("Remove")}, [&session] { onActive(session, removeLayer); });
}

}  // namespace voxmark::ui
