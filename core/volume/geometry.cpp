#include "core/volume/geometry.h"

#include <algorithm>
#include <cmath>

namespace voxmark {
namespace {

Vec3 multiply(const Mat3& m, const Vec3& v) {
  return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
          m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
}

/// The orthogonal factor of the polar decomposition, by Newton's iteration (Higham 1986): the shearless axes that lie
/// nearest to those of `m`, which must be invertible.
Mat3 nearestOrthogonal(Mat3 m) {
  for (int step = 0; step < 100; ++step) {
    const Mat3 inverted = inverse(m);
    double change = 0;
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) {
        const double next = 0.5 * (m[3 * r + c] + inverted[3 * c + r]);
        change = std::max(change, std::abs(next - m[3 * r + c]));
        m[3 * r + c] = next;
      }
    }
    if (!(change > 1e-14)) break;
  }
  return m;
}

}  // namespace

Vec3 axisDirection(const Geometry& g, int axis) {
  const auto a = static_cast<std::size_t>(axis);
  return {g.direction[a], g.direction[3 + a], g.direction[6 + a]};
}

Vec3 voxelToWorld(const Geometry& g, const Vec3& voxel) {
  const Vec3 scaled{voxel[0] * g.spacing[0], voxel[1] * g.spacing[1], voxel[2] * g.spacing[2]};
  const Vec3 turned = multiply(g.direction, scaled);
  return plus(turned, g.origin);
}

Vec3 worldToVoxel(const Geometry& g, const Vec3& world) {
  const Vec3 turned = multiply(inverse(g.direction), minus(world, g.origin));
  return {turned[0] / g.spacing[0], turned[1] / g.spacing[1], turned[2] / g.spacing[2]};
}

AxisMap axisMapOf(const Geometry& g) {
  Mat3 axes = nearestOrthogonal(g.direction);
  AxisMap map;
  for (std::size_t a = 0; a < 3; ++a) {
    std::size_t best = 0;
    for (std::size_t p = 1; p < 3; ++p) {
      if (std::abs(axes[3 * p + a]) > std::abs(axes[3 * best + a])) best = p;
    }
    map.patientAxis[a] = static_cast<int>(best);
    map.reversed[a] = axes[3 * best + a] < 0;
    for (std::size_t later = 0; later < 3; ++later) axes[3 * best + later] = 0;
  }
  return map;
}

std::string orientationOf(const Geometry& g) {
  static constexpr char kPositive[] = "LPS";
  static constexpr char kNegative[] = "RAI";
  const AxisMap map = axisMapOf(g);
  std::string letters(3, ' ');
  for (std::size_t a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(map.patientAxis[a]);
    letters[a] = map.reversed[a] ? kNegative[axis] : kPositive[axis];
  }
  return letters;
}

double obliqueAngle(const Geometry& g) {
  const AxisMap map = axisMapOf(g);
  double angle = 0;
  for (std::size_t a = 0; a < 3; ++a) {
    const double cosine = std::abs(g.direction[3 * static_cast<std::size_t>(map.patientAxis[a]) + a]);
    angle = std::max(angle, std::acos(std::clamp(cosine, 0.0, 1.0)) * 180.0 / 3.14159265358979323846);
  }
  return angle;
}

double shearOf(const Geometry& g) {
  const Vec3 i = axisDirection(g, 0);
  const Vec3 j = axisDirection(g, 1);
  const Vec3 k = axisDirection(g, 2);
  return std::max({std::abs(dot(i, j)), std::abs(dot(i, k)), std::abs(dot(j, k))});
}

double determinant(const Mat3& m) {
  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

Mat3 inverse(const Mat3& m) {
  const double d = 1.0 / determinant(m);
  return {(m[4] * m[8] - m[5] * m[7]) * d, (m[2] * m[7] - m[1] * m[8]) * d, (m[1] * m[5] - m[2] * m[4]) * d,
          (m[5] * m[6] - m[3] * m[8]) * d, (m[0] * m[8] - m[2] * m[6]) * d, (m[2] * m[3] - m[0] * m[5]) * d,
          (m[3] * m[7] - m[4] * m[6]) * d, (m[1] * m[6] - m[0] * m[7]) * d, (m[0] * m[4] - m[1] * m[3]) * d};
}

Geometry cropped(const Geometry& g, const Region& region) {
  Geometry out = g;
  out.size = region.size;
  out.origin = voxelToWorld(g, {static_cast<double>(region.start[0]), static_cast<double>(region.start[1]),
                                static_cast<double>(region.start[2])});
  return out;
}

bool sameGrid(const Geometry& a, const Geometry& b, double tolerance) {
  if (a.size != b.size) return false;
  const double step = std::min({a.spacing[0], a.spacing[1], a.spacing[2]}) * tolerance;
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 voxel{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      voxel[axis] = ((corner >> axis) & 1) != 0 ? static_cast<double>(a.size[axis]) : 0.0;
    }
    const Vec3 p = voxelToWorld(a, voxel);
    const Vec3 q = voxelToWorld(b, voxel);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      if (!(std::abs(p[axis] - q[axis]) <= std::max(step, 1e-6 * std::abs(p[axis])))) return false;
    }
  }
  return true;
}

Vec3 centreOf(const Geometry& g) {
  return voxelToWorld(g, {0.5 * static_cast<double>(g.size[0] - 1), 0.5 * static_cast<double>(g.size[1] - 1),
                          0.5 * static_cast<double>(g.size[2] - 1)});
}

bool setAffine(Geometry& g, const Mat3& columns, const Vec3& origin) {
  Mat3 direction{};
  Vec3 spacing{};
  for (std::size_t a = 0; a < 3; ++a) {
    const Vec3 column{columns[a], columns[3 + a], columns[6 + a]};
    spacing[a] = std::sqrt(dot(column, column));
    if (!std::isfinite(spacing[a]) || spacing[a] <= 0 || !std::isfinite(origin[a])) return false;
    for (std::size_t r = 0; r < 3; ++r) direction[3 * r + a] = columns[3 * r + a] / spacing[a];
  }
  if (!(std::abs(determinant(direction)) > 1e-6)) return false;
  g.spacing = spacing;
  g.direction = direction;
  g.origin = origin;
  return true;
}

}  // namespace voxmark
