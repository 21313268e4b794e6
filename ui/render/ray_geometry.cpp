#include "ui/render/ray_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace voxmark::render {
namespace {

constexpr double kParallelStep = 1e-12;  ///< voxels; a ray that moves less along an axis stays where it is

/// `instead` for a vector without direction.
Vec3 unit(const Vec3& v, const Vec3& instead) {
  const double length = lengthOf(v);
  return length > 1e-12 ? scaled(v, 1 / length) : instead;
}

/// Evenly spread over neighbouring pixels (J. Jimenez, Next generation post processing in Call of Duty, 2014): an eye
/// takes it for a shade where plain noise would be seen as grain.
double jitterAt(int x, int y) {
  const double slow = 0.06711056 * x + 0.00583715 * y;
  const double fast = 52.9829189 * (slow - std::floor(slow));
  return fast - std::floor(fast);
}

}  // namespace

RayGeometry::RayGeometry(const Geometry& geometry, const RayCamera& camera, int width, int height, double step,
                         bool jitter)
    : size_(geometry.size), parallel_(camera.parallel), jitter_(jitter), width_(width), height_(height) {
  stepMm_ = step * std::min({geometry.spacing[0], geometry.spacing[1], geometry.spacing[2]});
  Mat3 columns{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      columns[3 * row + column] = geometry.direction[3 * row + column] * geometry.spacing[column];
    }
  }
  worldToVoxels_ = inverse(columns);
  for (std::size_t row = 0; row < 3; ++row) {
    rows_[row] = F4{static_cast<float>(worldToVoxels_[3 * row]), static_cast<float>(worldToVoxels_[3 * row + 1]),
                    static_cast<float>(worldToVoxels_[3 * row + 2]), 0};
  }
  eye_ = worldToVoxel(geometry, camera.position);
  forward_ = unit(minus(camera.focalPoint, camera.position), {0, 1, 0});
  const Vec3 right = unit(cross(forward_, camera.up), {1, 0, 0});
  const double half = parallel_ ? camera.parallelScale : std::tan(0.5 * camera.viewAngle * std::numbers::pi / 180.0);
  right_ = scaled(right, half);
  up_ = scaled(cross(right, forward_), half);
}

Vec3 RayGeometry::turned(const Vec3& world) const {
  Vec3 out{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) out[row] += worldToVoxels_[3 * row + column] * world[column];
  }
  return out;
}

Ray RayGeometry::through(int x, int y) const {
  const double u = (2.0 * x + 1 - width_) / height_;
  const double v = (2.0 * y + 1 - height_) / height_;
  const Vec3 aside = plus(scaled(right_, u), scaled(up_, v));
  const Vec3 direction = parallel_ ? forward_ : unit(plus(forward_, aside), forward_);
  const Vec3 start = parallel_ ? plus(eye_, turned(aside)) : eye_;
  const Vec3 perMm = turned(direction);
  // An eye inside of the volume sees what is before it; parallel rays come from everywhere.
  double near = parallel_ ? -std::numeric_limits<double>::infinity() : 0;
  double far = std::numeric_limits<double>::infinity();
  Ray ray{};
  for (std::size_t a = 0; a < 3; ++a) {
    const double low = -0.5 - start[a];
    const double high = static_cast<double>(size_[a]) - 0.5 - start[a];
    if (std::abs(perMm[a]) < kParallelStep) {
      if (low > 0 || high < 0) return ray;
      continue;
    }
    near = std::max(near, std::min(low / perMm[a], high / perMm[a]));
    far = std::min(far, std::max(low / perMm[a], high / perMm[a]));
  }
  if (!(near < far) || !std::isfinite(near) || !std::isfinite(far)) return ray;
  const double first = near + (jitter_ ? jitterAt(x, y) : 0.5) * stepMm_;
  ray.samples = static_cast<int>(std::clamp(std::ceil((far - first) / stepMm_), 0.0, 1e6));
  for (std::size_t a = 0; a < 3; ++a) {
    const int n = static_cast<int>(a);
    ray.start[n] = static_cast<float>(start[a] + first * perMm[a]);
    ray.step[n] = static_cast<float>(perMm[a] * stepMm_);
    ray.perStep[n] = std::abs(ray.step[n]) > 1e-12F ? 1 / ray.step[n] : 1e30F;
    ray.direction[n] = static_cast<float>(direction[a]);
  }
  return ray;
}

}  // namespace voxmark::render
