#include "core/document/load_layer.h"

#include <filesystem>

#include "core/ops/statistics.h"

namespace voxmark {

std::string displayName(const std::string& path) {
  std::filesystem::path p(path);
  if (p.filename().empty()) p = p.parent_path();
  return p.filename().string();
}

DisplayWindow initialWindow(const Volume& volume) {
  const VolumeInfo& info = volume.info();
  if (info.window && info.window->width > 0) return *info.window;
  const auto [low, high] = robustRange(volume, 0);
  return {high - low, (high + low) / 2};
}

Layer makeLayer(VolumePtr volume, int id, const std::string& name) {
  Layer layer;
  layer.id = id;
  layer.name = name;
  layer.path = volume->info().path;
  layer.display.window = initialWindow(*volume);
  layer.display.invert = volume->info().invertDisplay;
  layer.volume = std::move(volume);
  return layer;
}

Document withLayer(const Document& document, Layer layer) {
  Document out = document;
  if (out.layers.empty()) {
    out.views.crosshair = centreOf(layer.volume->geometry());
    out.views.slices.clear();
    out.views.frame = 0;
  }
  out.activeLayer = layer.id;
  out.nextLayerId = std::max(out.nextLayerId, layer.id + 1);
  out.layers.push_back(std::move(layer));
  return out;
}

}  // namespace voxmark
