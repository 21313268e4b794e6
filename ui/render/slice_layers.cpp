#include "ui/render/slice_layers.h"

#include <algorithm>

#include "ui/render/slice_image.h"
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

bool paintLayers(const std::vector<SliceLayer>& layers, std::int64_t frame, const PixelPlane& plane, int line,
                 std::vector<std::uint8_t>& scratch, std::uint8_t* picture) {
  bool incomplete = false;
  const auto pixels = static_cast<std::size_t>(plane.columns * plane.rows);
  scratch.resize(4 * pixels);
  for (const SliceLayer& layer : layers) {
    const VolumePtr& drawn = layer.shown ? layer.shown : layer.volume;
    if (!drawn || !layer.display.visible || !drawn->onHost()) continue;
    const std::int64_t own = std::clamp<std::int64_t>(frame, 0, drawn->info().frames - 1);
    incomplete = incomplete || !drawn->complete(own);  // asked before painting: better once too often
    paintSlice(*drawn, own, gridIn(plane, drawn->geometry()), layer.display, scratch.data(), line);
    blendLayer(scratch.data(), pixels, layer.display.blend, layer.display.opacity, picture);
  }
  return incomplete;
}

std::vector<std::uint8_t> sliceAbout(const std::vector<SliceLayer>& layers, const ViewsState& views, Plane plane,
                                     const Vec3& world, double mm, int side, int line) {
  const auto pixels = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  std::vector<std::uint8_t> out(4 * pixels, 0);
  for (std::size_t n = 0; n < pixels; ++n) out[4 * n + 3] = 255;
  if (layers.empty()) return out;
  const SliceLayout layout = layoutOf(layers.front().volume->geometry(), plane, views);
  const Vec3 middle = layout.sceneOf(world);
  const PixelPlane cut =
      pixelPlane(layout, {middle[0], middle[1]}, layout.planeThrough(views.crosshair), mm, side, side, views.slab);
  std::vector<std::uint8_t> scratch;
  paintLayers(layers, views.frame, cut, line, scratch, out.data());
  return out;
}

}  // namespace voxmark::render
