#pragma once

#include <string>

#include "app/composition.h"
#include "core/document/document.h"

namespace voxmark::app {

/// Puts the first frame of a file on top of a document. Throws Error.
void addFileLayer(Document& document, const std::string& path, const std::string& series,
                  const Composition& composition);

/// The document of a session file with the voxels of the frame that it shows. Throws Error, naming the layer that
/// cannot be read.
[[nodiscard]] Document openSession(const std::string& path, const Composition& composition);

}  // namespace voxmark::app
