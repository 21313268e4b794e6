#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "core/document/mark_geometry.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::render {

using Pixel = std::array<double, 2>;

/// Something that can be taken hold of, and where it is.
struct GripPlace {
  Grip grip;
  Pixel at{};
  Vec3 world{};
};

/// A mark as one slice view shows it, in device pixels from the lower left: the one thing that is drawn, and that the
/// pointer finds.
struct MarkShape {
  int id = 0;
  std::vector<std::vector<Pixel>> lines;
  std::vector<GripPlace> grips;
  std::string text;  ///< what it measures, or its name
  Pixel textAt{};    ///< where the text begins
  bool dim = false;  ///< the slice only cuts it
};

/// Nothing where the shown slice does not meet the mark. A mark that lies on the slice, to half a slice, is drawn as
/// it is; of one that only crosses it, the lines that it leaves on the slice. `ratio`: device pixels a pixel.
[[nodiscard]] std::optional<MarkShape> shapeOf(const Mark& mark, const SliceRenderer& slices, double ratio = 1);
/// The section of a box of voxels, with a grip on each side and corner; id is the layer's.
[[nodiscard]] std::optional<MarkShape> shapeOf(const CropBox& crop, const Geometry& geometry,
                                               const SliceRenderer& slices);

/// From the nearest line, pixels; infinite without any.
[[nodiscard]] double distanceTo(const MarkShape& shape, const Pixel& at);
/// The grip nearest to a pixel, if one is within `reach` pixels.
[[nodiscard]] const GripPlace* gripAt(const MarkShape& shape, const Pixel& at, double reach);
/// Whether a pixel lies inside the (convex) polygon of the grips of a section.
[[nodiscard]] bool encloses(const MarkShape& shape, const Pixel& at);

}  // namespace voxmark::render
