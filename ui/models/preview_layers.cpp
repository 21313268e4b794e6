#include "ui/models/preview_layers.h"

#include <algorithm>
#include <set>

namespace voxmark::ui {
namespace {

/// Results are younger than what they were made of, so the way back ends.
bool madeOf(const Document& document, const Layer& layer, int source) {
  const Layer* from = &layer;
  while (from != nullptr && from->derivedFrom && *from->derivedFrom < from->id) {
    if (*from->derivedFrom == source) return true;
    from = document.find(*from->derivedFrom);
  }
  return false;
}

}  // namespace

void hideResults(std::vector<render::SliceLayer>& layers, const Document& document, const Layer& source) {
  std::set<VolumePtr> results;
  for (const Layer& layer : document.layers) {
    if (layer.volume && layer.id != document.activeLayer && madeOf(document, layer, source.id)) {
      results.insert(layer.volume);
    }
  }
  for (render::SliceLayer& one : layers) {
    if (!one.active && results.contains(one.volume)) one.display.visible = false;
  }
}

void showInPlaceOfActive(std::vector<render::SliceLayer>& layers, const Layer& source) {
  const auto active = std::find_if(layers.begin(), layers.end(), [](const auto& one) { return one.active; });
  if (active == layers.end()) return;
  active->shown = source.volume;
  active->display = source.display;
  active->display.visible = true;
}

}  // namespace voxmark::ui
