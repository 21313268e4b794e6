#pragma once

#include "core/volume/geometry.h"

namespace voxmark {

/// A rotation in the patient (LPS) as a unit quaternion w + xi + yj + zk; 1 0 0 0 turns nothing.
struct Rotation {
  double w = 1;
  double x = 0;
  double y = 0;
  double z = 0;
  [[nodiscard]] bool none() const { return x == 0 && y == 0 && z == 0; }
  friend bool operator==(const Rotation&, const Rotation&) = default;
};

/// By `degrees` about `axis` (any length above 0), right-handed.
[[nodiscard]] Rotation rotationAbout(const Vec3& axis, double degrees);
/// First `first`, then `second`; of unit length whatever the factors' rounding.
[[nodiscard]] Rotation compose(const Rotation& second, const Rotation& first);
[[nodiscard]] Vec3 rotate(const Rotation& rotation, const Vec3& v);
/// The angle that it turns by, degrees, 0 to 180.
[[nodiscard]] double angleOf(const Rotation& rotation);

}  // namespace voxmark
