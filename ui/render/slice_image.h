#pragma once

#include <cstdint>
#include <vector>

#include "core/document/layer_display.h"
#include "core/volume/volume.h"
#include "ui/render/slice_grid.h"

namespace voxmark::render {

/// One frame at the positions of `grid`, as colours: RGBA, 8 bits each, columns fastest, bottom row first;
/// columns·rows·4 bytes. Nearest voxels, or between them where display.interpolate is set; scale, window and colour map
/// are applied to the sampled values. Colour voxels (three or four components) keep their colours, 8-bit ones exactly,
/// others windowed; vectors are shown by their length or, with three components, as the colours of their direction (see
/// VectorStyle; the components are taken to lie along the patient's axes); labels by their table, outlines `line`
/// pixels wide; of other voxels the first component. NaN, hidden values and positions outside the volume are
/// transparent black. Slices of the volume that are not read yet are striped in dark grey. The volume must be in host
/// memory and `frame` one of its own. Opacity and blending are blendLayer's.
void paintSlice(const Volume& volume, std::int64_t frame, const SliceGrid& grid, const LayerDisplay& display,
                std::uint8_t* rgba, int line = 1);

[[nodiscard]] std::vector<std::uint8_t> sliceImage(const Volume& volume, std::int64_t frame, const SliceGrid& grid,
                                                   const LayerDisplay& display);

/// Lays a painted layer on an opaque picture of the same size: over, added, or the larger of each colour, by its alpha
/// and the layer's opacity.
void blendLayer(const std::uint8_t* layer, std::size_t pixels, Blend blend, double opacity, std::uint8_t* picture);

}  // namespace voxmark::render
