#pragma once

#include "core/document/box_section.h"
#include "ui/render/slice_layout.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::render {

/// What of a document the slice views draw: its visible layers that have voxels.
[[nodiscard]] std::vector<SliceLayer> sliceLayersOf(const Document& document);

/// Where the slice view of a plane cuts these layers; nothing without any.
[[nodiscard]] std::optional<SlicePlane> planeOf(const std::vector<SliceLayer>& layers, Plane plane,
                                                const ViewsState& views);

/// Cuts the layers by the pixels of a plane and lays them on an opaque `picture` of RGBA, bottom row first; outlines of
/// labels are `line` pixels wide. `scratch` is one such picture, for reuse. True where a layer lacks voxels still.
bool paintLayers(const std::vector<SliceLayer>& layers, std::int64_t frame, const PixelPlane& plane, int line,
                 std::vector<std::uint8_t>& scratch, std::uint8_t* picture);

/// A square of `side` pixels of `mm` each about a place of the slice that the view of `plane` shows of `layers`, made
/// of the voxels as that view is: RGBA, bottom row first. Black without a volume.
[[nodiscard]] std::vector<std::uint8_t> sliceAbout(const std::vector<SliceLayer>& layers, const ViewsState& views,
                                                   Plane plane, const Vec3& world, double mm, int side, int line);

}  // namespace voxmark::render
