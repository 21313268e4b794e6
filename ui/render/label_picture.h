#pragma once

#include <cstdint>

#include "core/document/layer_display.h"
#include "ui/render/slice_grid.h"
#include "ui/render/slice_voxels.h"

namespace voxmark::render {

/// Labels nearest to the grid's positions, by their table, filled or as outlines `line` pixels wide; as paintSlice.
void paintLabels(const SliceVoxels& voxels, const SliceGrid& grid, const LayerDisplay& display, int line,
                 std::uint8_t* rgba);

}  // namespace voxmark::render
