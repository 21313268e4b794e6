#pragma once

#include "ui/render/slice_renderer.h"

namespace voxmark::render {

/// What of a document the slice views draw: its visible layers that have voxels.
[[nodiscard]] std::vector<SliceLayer> sliceLayersOf(const Document& document);

}  // namespace voxmark::render
