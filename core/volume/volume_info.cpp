#include "core/volume/volume_info.h"

#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

/// Multiplies, or throws where the product leaves 62 bits.
std::int64_t checkedProduct(const VolumeInfo& info, std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kLimit = std::int64_t{1} << 62;
  if (a > kLimit / b) {
    throw fileError(ErrorCode::Format, info.path,
                    fmt::format("size {}×{}×{} × {} frames is beyond any memory", info.geometry.size[0],
                                info.geometry.size[1], info.geometry.size[2], info.frames));
  }
  return a * b;
}

}  // namespace

void validate(const VolumeInfo& info) {
  const Geometry& g = info.geometry;
  std::int64_t bytes = static_cast<std::int64_t>(bytesOf(info.pixelType));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (g.size[axis] < 1) {
      throw fieldError(info.path, fmt::format("size along axis {}", axis), "1 or more", std::to_string(g.size[axis]));
    }
    // Its inverse too: world coordinates are divided by it.
    if (!(std::isfinite(g.spacing[axis]) && g.spacing[axis] > 0 && std::isfinite(1 / g.spacing[axis]))) {
      throw fieldError(info.path, fmt::format("spacing along axis {}", axis), "a positive number",
                       fmt::format("{}", g.spacing[axis]));
    }
    if (!std::isfinite(g.origin[axis])) {
      throw fieldError(info.path, "origin", "finite numbers", fmt::format("{}", g.origin[axis]));
    }
    bytes = checkedProduct(info, bytes, g.size[axis]);
  }
  for (double cosine : g.direction) {
    if (!std::isfinite(cosine)) throw fieldError(info.path, "direction", "finite numbers", fmt::format("{}", cosine));
  }
  if (!(std::abs(determinant(g.direction)) > 1e-6)) {
    throw fieldError(info.path, "direction", "three axes that span space", "axes in one plane");
  }
  const Vec3 corner =
      voxelToWorld(g, {static_cast<double>(g.size[0]), static_cast<double>(g.size[1]), static_cast<double>(g.size[2])});
  for (const double coordinate : corner) {
    if (!std::isfinite(coordinate)) {
      throw fieldError(info.path, "spacing", "a grid that ends at finite coordinates", fmt::format("{}", coordinate));
    }
  }
  if (info.components < 1) throw fieldError(info.path, "components", "1 or more", std::to_string(info.components));
  if (info.frames < 1) throw fieldError(info.path, "frames", "1 or more", std::to_string(info.frames));
  bytes = checkedProduct(info, bytes, info.components);
  checkedProduct(info, bytes, info.frames);
}

}  // namespace voxmark
