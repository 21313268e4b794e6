#include "ui/models/layer_files.h"

#include <filesystem>

#include "core/base/error.h"
#include "core/io/writer_registry.h"

namespace voxmark::ui {

std::vector<LayerFile> filesOf(const std::vector<Layer>& layers, const SourceRegistry& sources) {
  std::vector<LayerFile> out;
  for (const Layer& layer : layers) {
    if (layer.path.empty()) continue;
    out.push_back({layer.path, layer.name});
    try {
      const std::vector<std::string> files =
          layer.frames ? layer.frames->files() : sources.open(layer.path, {layer.series})->files();
      for (const std::string& file : files) out.push_back({file, layer.name});
    } catch (const Error&) {  // it can no longer be read, so its own name is all that is known
    }
  }
  return out;
}

std::optional<LayerFile> replacedBy(const std::string& target, const std::vector<LayerFile>& files) {
  for (const std::string& written : WriterRegistry::filesOf(target)) {
    std::error_code none;
    if (!std::filesystem::exists(written, none)) continue;
    for (const LayerFile& file : files) {
      if (std::filesystem::equivalent(written, file.path, none)) return LayerFile{written, file.layer};
    }
  }
  return std::nullopt;
}

}  // namespace voxmark::ui
