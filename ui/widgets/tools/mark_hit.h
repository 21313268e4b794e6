#pragma once

#include <QPointF>
#include <optional>

#include "core/document/mark_geometry.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::ui {

/// A mark under the pointer, and what of it.
struct MarkHit {
  int id = 0;
  Grip grip;
};

/// The visible mark at a renderer's pixel: a grip within reach before a line, the selected mark before others. `ratio`:
/// device pixels a pixel.
[[nodiscard]] std::optional<MarkHit> markAt(const Document& document, const render::SliceRenderer& slices,
                                            const QPointF& pixel, double ratio);

}  // namespace voxmark::ui
