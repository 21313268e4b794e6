#pragma once

#include <optional>

#include "core/document/mark.h"

namespace voxmark {

/// What a mark measures by itself, whatever layer it lies on.
struct MarkSize {
  std::optional<double> length;  ///< mm: Distance and Profile
  std::optional<double> angle;   ///< degrees, 0 to 180, at the vertex: Angle whose sides have a length
  std::optional<double> width;   ///< mm, along `right`: Rectangle, Ellipse and Box
  std::optional<double> height;  ///< mm, along `up`: the same
  std::optional<double> depth;   ///< mm, across both: Box
  std::optional<double> area;    ///< mm²: Rectangle and Ellipse, as drawn (no voxels are counted)
};
[[nodiscard]] MarkSize sizeOf(const Mark& mark);
/// Where a mark is looked for: its point, the middle of its line or region, the vertex of its angle. LPS mm.
[[nodiscard]] Vec3 middleOf(const Mark& mark);
/// Whether the mark encloses voxels: Rectangle, Ellipse and Box.
[[nodiscard]] bool enclosesVoxels(MarkKind kind);
/// "point", "distance", …: the name in files.
[[nodiscard]] const char* kindName(MarkKind kind);

/// The box of a Rectangle, Ellipse or Box in axes of its own: right, up, and across both, perpendicular unit vectors
/// (up gives up what it has along right).
struct MarkFrame {
  Vec3 origin;               ///< the mark's first point, LPS mm
  std::array<Vec3, 3> axes;  ///< right, up, right × up
  Vec3 low;                  ///< mm along the axes, from the origin
  Vec3 high;
  [[nodiscard]] Vec3 toLocal(const Vec3& world) const;
  [[nodiscard]] Vec3 toWorld(const Vec3& local) const;
};
/// Empty where the mark is no region, has too few points, or its axes span no plane.
[[nodiscard]] std::optional<MarkFrame> frameOf(const Mark& mark);

}  // namespace voxmark
