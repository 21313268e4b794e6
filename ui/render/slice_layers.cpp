#include "ui/render/slice_layers.h"

namespace voxmark::render {

std::vector<SliceLayer> sliceLayersOf(const Document& document) {
  std::vector<SliceLayer> out;
  for (const Layer& layer : document.layers) {
    if (layer.volume && layer.display.visible) {
      out.push_back({layer.volume, layer.display, document.activeLayer == layer.id});
    }
  }
  return out;
}

}  // namespace voxmark::render
