#include "core/document/load_layer.h"

#include <algorithm>
#include <filesystem>

#include "core/ops/statistics.h"

namespace voxmark {

std::string displayName(const std::string& path) {
  std::filesystem::path p(path);
  if (p.filename().empty()) p = p.parent_path();
  return p.filename().string();
}

DisplayWindow initialWindow(const Volume& volume, std::int64_t frame) {
  const auto& given = volume.info().window;
  const bool usable = given && given->width > 0;
  if (usable && !volume.complete(frame)) return *given;
  const auto [low, high] = robustRange(volume, frame);
  if (usable) {
    // Some programs leave a range in their headers that has nothing to do with the voxels, which would all be black.
    constexpr double kLeastShare = 0.01;
    const double from = given->level - given->width / 2;
    const double shown = std::min(high, from + given->width) - std::max(low, from);
    if (shown >= kLeastShare * given->width) return *given;
  }
  return {high - low, (high + low) / 2};
}

Layer makeLayer(VolumePtr volume, int id, const std::string& name, std::int64_t frame) {
  const DisplayWindow window = initialWindow(*volume, frame);
  return layerOf(std::move(volume), id, name, window);
}

Layer layerOf(VolumePtr volume, int id, const std::string& name, const DisplayWindow& window) {
  Layer layer;
  layer.id = id;
  layer.name = name;
  layer.path = volume->info().path;
  layer.automatic = layer.display.window = window;
  layer.display.invert = volume->info().invertDisplay;
  layer.volume = std::move(volume);
  return layer;
}

std::shared_ptr<VolumeSource> sourceOf(const Layer& layer) {
  if (layer.frames) return layer.frames;
  return std::make_shared<MemorySource>(layer.volume);
}

Recipe recipeOf(const Layer& source, const Pipeline& steps) {
  Recipe out{source.path, source.series, source.reduction, {}};
  if (source.recipe) out = *source.recipe;
  out.steps.insert(out.steps.end(), steps.begin(), steps.end());
  return out;
}

bool withdrawLayer(Document& document, int id, const Document& before, bool replaced) {
  if (document.find(id) == nullptr) return false;
  std::erase_if(document.layers, [id](const Layer& layer) { return layer.id == id; });
  if (replaced) {
    std::vector<Layer> layers = before.layers;
    for (Layer& layer : document.layers) {
      if (before.find(layer.id) == nullptr) layers.push_back(std::move(layer));
    }
    document.layers = std::move(layers);
    if (document.steps.empty()) document.steps = before.steps;
    document.views.crosshair = before.views.crosshair;
    document.views.frame = before.views.frame;
    document.views.slices = before.views.slices;
  }
  if (document.activeLayer == id) document.activeLayer = before.activeLayer;
  document.nextLayerId = std::max(document.nextLayerId, id + 1);
  return true;
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
