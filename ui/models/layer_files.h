#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "core/io/source_registry.h"

namespace voxmark::ui {

/// A file that an open layer was read from.
struct LayerFile {
  std::string path;
  std::string layer;  ///< name
};

/// All files of the layers: both of a pair, every slice of a folder. Looks into headers, so not for the GUI thread.
[[nodiscard]] std::vector<LayerFile> filesOf(const std::vector<Layer>& layers, const SourceRegistry& sources);

/// The first of `files` that writing to `target` would replace, whatever name it goes by.
[[nodiscard]] std::optional<LayerFile> replacedBy(const std::string& target, const std::vector<LayerFile>& files);

}  // namespace voxmark::ui
