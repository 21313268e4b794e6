#include "core/document/rotation.h"

#include <cmath>
#include <numbers>

namespace voxmark {

Rotation rotationAbout(const Vec3& axis, double degrees) {
  const double half = degrees * std::numbers::pi / 360;
  const double factor = std::sin(half) / std::hypot(axis[0], axis[1], axis[2]);
  return {std::cos(half), axis[0] * factor, axis[1] * factor, axis[2] * factor};
}

Rotation compose(const Rotation& a, const Rotation& b) {
  const Rotation q{a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
                   a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
  const double length = std::hypot(std::hypot(q.w, q.x), std::hypot(q.y, q.z));
  return {q.w / length, q.x / length, q.y / length, q.z / length};
}

Vec3 rotate(const Rotation& q, const Vec3& v) {
  // v + 2w(u×v) + 2u×(u×v), u the vector part
  const auto cross = [](const Vec3& a, const Vec3& b) {
    return Vec3{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
  };
  const Vec3 u{q.x, q.y, q.z};
  const Vec3 once = cross(u, v);
  const Vec3 twice = cross(u, once);
  return {v[0] + 2 * (q.w * once[0] + twice[0]), v[1] + 2 * (q.w * once[1] + twice[1]),
          v[2] + 2 * (q.w * once[2] + twice[2])};
}

double angleOf(const Rotation& q) {
  return 2 * std::atan2(std::hypot(q.x, q.y, q.z), std::abs(q.w)) * 180 / std::numbers::pi;
}

}  // namespace voxmark
