#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/document/mark.h"

namespace voxmark {

/// What of a mark or box is taken hold of: one of its points, sides of a box, or (neither) all of it.
struct Grip {
  int point = -1;
  std::array<int, 3> side{0, 0, 0};  ///< by axis of the box: -1 the low side, 1 the high one, 0 none
  [[nodiscard]] bool whole() const { return point < 0 && side == std::array<int, 3>{0, 0, 0}; }
  friend bool operator==(const Grip&, const Grip&) = default;
};

/// How many points a person gives to place a mark: 1, 2 or 3.
[[nodiscard]] std::size_t pointCount(MarkKind kind);
/// A mark of the points given in a view, whose unit vectors are right, up and across (LPS). A box becomes as deep as
/// its shorter side, half on each side of the slice. `points` holds pointCount(kind) positions.
[[nodiscard]] Mark placedMark(MarkKind kind, const std::vector<Vec3>& points, const std::array<Vec3, 3>& axes);

/// The outline of a Rectangle (4 corners) or Ellipse (64 positions), to be closed.
[[nodiscard]] std::vector<Vec3> outlineOf(const Mark& mark);

/// The mark after what is held has been moved by `by`, mm.
[[nodiscard]] Mark dragged(const Mark& mark, const Grip& grip, const Vec3& by);
/// The same for a box of voxels of a layer: sides snap to whole voxels, and at least one voxel is kept; all of it moves
/// by whole voxels and stays in the layer.
[[nodiscard]] Region dragged(const Region& region, const Geometry& geometry, const Grip& grip, const Vec3& by);
/// The same box in another grid of the same patient, as far as it reaches there; empty where it does not.
[[nodiscard]] Region regionIn(const Geometry& other, const Geometry& geometry, const Region& region);

}  // namespace voxmark
