#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/volume/geometry.h"
#include "core/volume/region.h"

namespace voxmark {

enum class MarkKind { Point, Distance, Profile, Angle, Rectangle, Ellipse, Box };

/// Something the user has placed in the patient: a measurement, or a region whose values are of interest. It lies in
/// the world, so that it stays where it is whatever layer is looked at.
struct Mark {
  int id = 0;
  MarkKind kind = MarkKind::Point;
  std::string name;
  /// LPS mm: Point 1; Distance and Profile 2; Angle 3 (the second is the vertex); Rectangle, Ellipse and Box 2
  /// opposite corners (of the ellipse's bounding rectangle).
  std::vector<Vec3> points;
  /// Unit vectors (LPS) of the sides of Rectangle, Ellipse and Box: right and up in the view that it was drawn in.
  Vec3 right{1, 0, 0};
  Vec3 up{0, 1, 0};
  bool visible = true;
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// A box of voxels that is being cut out of a layer, dragged in the views before it becomes a step.
struct CropBox {
  int layer = 0;  ///< id
  Region region;
  friend bool operator==(const CropBox&, const CropBox&) = default;
};

}  // namespace voxmark
