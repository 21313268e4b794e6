#pragma once

#include <vector>

#include "core/document/document.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::ui {

/// Hides the results of `source` in a picture, but the active layer: they would lie over its preview.
void hideResults(std::vector<render::SliceLayer>& layers, const Document& document, const Layer& source);
/// Draws `source` as it is where the active layer, a result of it, is.
void showInPlaceOfActive(std::vector<render::SliceLayer>& layers, const Layer& source);

}  // namespace voxmark::ui
