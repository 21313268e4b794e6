#pragma once

#include <array>
#include <cmath>

namespace voxmark {

using Vec3 = std::array<double, 3>;

/// a + factor · b
[[nodiscard]] inline Vec3 plus(const Vec3& a, const Vec3& b, double factor = 1) {
  return {a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]};
}
[[nodiscard]] inline Vec3 minus(const Vec3& a, const Vec3& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
[[nodiscard]] inline Vec3 scaled(const Vec3& a, double factor) {
  return {a[0] * factor, a[1] * factor, a[2] * factor};
}
[[nodiscard]] inline double dot(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
[[nodiscard]] inline Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
/// Does not overflow where the squares would.
[[nodiscard]] inline double lengthOf(const Vec3& a) {
  return std::hypot(a[0], a[1], a[2]);
}

}  // namespace voxmark
