#pragma once

#include <cstdint>
#include <vector>

#include "core/document/document.h"
#include "ui/render/slice_layout.h"

namespace voxmark::render {

/// The voxels of one frame nearest to the positions of `grid`, as colours: RGBA, 8 bits each, columns fastest, bottom
/// row first; columns·rows·4 bytes. Scale, window and colour map are applied in the one pass over the stored type.
/// Colour voxels (three or four components) keep their colours, 8-bit ones exactly, others windowed; vectors are shown
/// by their magnitude; of other voxels the first component. NaN and positions outside the volume are transparent black.
/// Slices of the volume that are not read yet are striped in dark grey. The volume must be in host memory and `frame`
/// one of its own.
void paintSlice(const Volume& volume, std::int64_t frame, const SliceGrid& grid, const LayerDisplay& display,
                std::uint8_t* rgba);

[[nodiscard]] std::vector<std::uint8_t> sliceImage(const Volume& volume, std::int64_t frame, const SliceGrid& grid,
                                                   const LayerDisplay& display);

}  // namespace voxmark::render
