#pragma once

#include <QImage>

#include "core/document/document.h"

namespace voxmark::ui {

/// A small square picture of a layer: the axial slice through its middle, radiological, grey through its window (colour
/// voxels keep their colours). The frame must be complete.
[[nodiscard]] QImage thumbnailOf(const Layer& layer, std::int64_t frame, int pixels);

}  // namespace voxmark::ui
