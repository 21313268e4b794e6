#pragma once

#include <array>
#include <vector>

#include "core/document/mark.h"

namespace voxmark {

/// A box with sides of its own: a crop in the voxels of a layer, a region of interest in millimetres. Position
/// (a, b, c) of it lies at origin + a·axes[0] + b·axes[1] + c·axes[2], LPS mm; the axes need not be perpendicular.
struct OrientedBox {
  Vec3 origin{0, 0, 0};
  std::array<Vec3, 3> axes{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  Vec3 low{0, 0, 0};
  Vec3 high{0, 0, 0};  ///< any of them may lie below `low`

  [[nodiscard]] Vec3 at(const Vec3& position) const;
  /// The part of a world vector along each axis.
  [[nodiscard]] Vec3 along(const Vec3& vector) const;
};

/// Distance from a slice: offset + gradient · world, mm.
struct SlicePlane {
  double offset = 0;
  Vec3 gradient{0, 0, 1};
  [[nodiscard]] double operator()(const Vec3& world) const {
    return offset + gradient[0] * world[0] + gradient[1] * world[1] + gradient[2] * world[2];
  }
};

/// One line of the polygon in which a plane cuts a box, and the side of the box that it lies in.
struct BoxEdge {
  Vec3 from{};
  Vec3 to{};
  int axis = 0;
  bool high = false;
};

/// The box of a region's whole voxels, in continuous voxel indices.
[[nodiscard]] OrientedBox boxOf(const Geometry& geometry, const Region& region);
/// The box of a Rectangle, Ellipse (flat) or Box mark, in mm from its first point.
[[nodiscard]] OrientedBox boxOf(const Mark& mark);

/// The edges in turn, each beginning where the one before ends: 3 to 6, or none where the plane misses the box.
[[nodiscard]] std::vector<BoxEdge> section(const OrientedBox& box, const SlicePlane& plane);

}  // namespace voxmark
