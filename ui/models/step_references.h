#pragma once

#include "core/backend/references.h"
#include "core/document/document.h"
#include "core/io/source_registry.h"

namespace voxmark::ui {

/// Opens what steps refer to: a layer that is open where one came from that path, as much of it as was loaded, else
/// the file. To be made on the GUI thread; works on any.
[[nodiscard]] OpenFile opener(const Document& document, const SourceRegistry& sources);

}  // namespace voxmark::ui
