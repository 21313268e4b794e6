#include "core/volume/shared_lattice.h"

#include <algorithm>
#include <cmath>

namespace voxmark {
namespace {

constexpr double kRoom = 1e-3;  // voxels

bool nearWhole(double value) {
  return std::abs(value - std::nearbyint(value)) <= kRoom;
}

}  // namespace

Index3 SharedLattice::map(const Index3& voxel) const {
  Index3 out = offset;
  for (std::size_t a = 0; a < 3; ++a) out[axis[a]] += sign[a] * voxel[a];
  return out;
}

std::optional<SharedLattice> sharedLattice(const Geometry& from, const Geometry& to) {
  SharedLattice out;
  const Vec3 first = worldToVoxel(to, voxelToWorld(from, {0, 0, 0}));
  std::array<bool, 3> taken{false, false, false};
  for (std::size_t b = 0; b < 3; ++b) {
    if (!nearWhole(first[b]) || std::abs(first[b]) > 1e9) return std::nullopt;
    out.offset[b] = static_cast<std::int64_t>(std::nearbyint(first[b]));
  }
  for (std::size_t a = 0; a < 3; ++a) {
    // Over the whole length, so that small errors of the spacing show.
    const auto length = static_cast<double>(std::max<std::int64_t>(from.size[a] - 1, 1));
    Vec3 end{0, 0, 0};
    end[a] = length;
    const Vec3 last = worldToVoxel(to, voxelToWorld(from, end));
    bool found = false;
    for (std::size_t b = 0; b < 3; ++b) {
      const double run = last[b] - first[b];
      if (std::abs(run) <= kRoom) continue;
      if (found || taken[b] || std::abs(std::abs(run) - length) > kRoom) return std::nullopt;
      out.axis[a] = b;
      out.sign[a] = run < 0 ? -1 : 1;
      found = taken[b] = true;
    }
    if (!found) return std::nullopt;
  }
  return out;
}

}  // namespace voxmark
