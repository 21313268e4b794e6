#include "ui/models/step_references.h"

#include <map>

namespace voxmark::ui {

OpenFile opener(const Document& document, const SourceRegistry& sources) {
  std::map<std::string, VolumePtr> open;
  std::map<std::string, std::string> series;
  for (const Layer& layer : document.layers) {
    if (layer.path.empty() || !layer.volume || layer.opening) continue;
    series[layer.path] = layer.series;
    const FilledSlices* filled = layer.volume->filled();
    if (filled == nullptr || filled->complete()) open[layer.path] = layer.volume;
  }
  return [open, series, &sources](const std::string& path) -> std::unique_ptr<VolumeSource> {
    const auto layer = open.find(path);
    if (layer != open.end()) return std::make_unique<MemorySource>(layer->second);
    const auto known = series.find(path);
    return sources.open(path, {known == series.end() ? std::string() : known->second});
  };
}

}  // namespace voxmark::ui
