#pragma once

#include "core/document/box_section.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::render {

/// What of a document the slice views draw: its visible layers that have voxels.
[[nodiscard]] std::vector<SliceLayer> sliceLayersOf(const Document& document);

/// Where the slice view of a plane cuts these layers; nothing without any.
[[nodiscard]] std::optional<SlicePlane> planeOf(const std::vector<SliceLayer>& layers, Plane plane,
                                                const ViewsState& views);

}  // namespace voxmark::render
