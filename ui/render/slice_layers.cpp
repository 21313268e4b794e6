#include "ui/render/slice_layers.h"

#include "ui/render/slice_layout.h"

namespace voxmark::render {

std::vector<SliceLayer> sliceLayersOf(const Document& document) {
  std::vector<SliceLayer> out;
  for (const Layer& layer : document.layers) {
    if (layer.volume && layer.display.visible) {
      out.push_back({layer.volume, layer.display, document.activeLayer == layer.id, nullptr});
    }
  }
  return out;
}

std::optional<SlicePlane> planeOf(const std::vector<SliceLayer>& layers, Plane plane, const ViewsState& views) {
  if (layers.empty()) return std::nullopt;
  const SliceLayout layout = layoutOf(layers.front().volume->geometry(), plane, views);
  return SlicePlane{layout.sceneOf({0, 0, 0})[2] - layout.planeThrough(views.crosshair), layout.axes[2]};
}

}  // namespace voxmark::render
