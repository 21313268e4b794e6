#include "ui/render/slice_layers.h"

#include <algorithm>

#include "ui/render/slice_image.h"

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

bool paintLayers(const std::vector<SliceLayer>& layers, std::int64_t frame, const PixelPlane& plane, int line,
                 std::vector<std::uint8_t>& scratch, std::uint8_t* picture) {
  bool incomplete = false;
  const auto pixels = static_cast<std::size_t>(plane.columns * plane.rows);
  scratch.resize(4 * pixels);
  for (const SliceLayer& layer : layers) {
    if (!layer.volume || !layer.display.visible || !layer.volume->onHost()) continue;
    const std::int64_t own = std::clamp<std::int64_t>(frame, 0, layer.volume->info().frames - 1);
    incomplete = incomplete || !layer.volume->complete(own);  // asked before painting: better once too often
    paintSlice(*layer.volume, own, gridIn(plane, layer.volume->geometry()), layer.display, scratch.data(), line);
    blendLayer(scratch.data(), pixels, layer.display.blend, layer.display.opacity, picture);
  }
  return incomplete;
}

std::vector<std::uint8_t> sliceAbout(const Document& document, Plane plane, const Vec3& world, double mm, int side,
                                     int line) {
  const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  std::vector<std::uint8_t> out(4 * pixels, 0);
  for (std::size_t n = 0; n < pixels; ++n) out[4 * n + 3] = 255;
  const std::vector<SliceLayer> layers = sliceLayersOf(document);
  if (layers.empty()) return out;
  const ViewsState& views = document.views;
  const SliceLayout layout = layoutOf(layers.front().volume->geometry(), plane, views);
  const Vec3 middle = layout.sceneOf(world);
  const PixelPlane cut =
      pixelPlane(layout, {middle[0], middle[1]}, layout.planeThrough(views.crosshair), mm, side, side, views.slab);
  std::vector<std::uint8_t> scratch;
  paintLayers(layers, views.frame, cut, line, scratch, out.data());
  return out;
}

}  // namespace voxmark::render
