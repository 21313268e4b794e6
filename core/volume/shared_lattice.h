#pragma once

#include <array>
#include <optional>

#include "core/volume/geometry.h"

namespace voxmark {

/// How the voxels of one grid coincide with those of another one: cropping, padding, flipping and exchanging axes keep
/// it so.
struct SharedLattice {
  std::array<std::size_t, 3> axis{0, 1, 2};  ///< of the other grid, along which each axis of this one runs
  std::array<std::int64_t, 3> sign{1, 1, 1};
  Index3 offset{0, 0, 0};  ///< of this grid's first voxel in the other one

  /// Index in the other grid, which may lie outside of it.
  [[nodiscard]] Index3 map(const Index3& voxel) const;
};

/// Empty where voxels of the two do not coincide to within a thousandth of a voxel, all over `from`.
[[nodiscard]] std::optional<SharedLattice> sharedLattice(const Geometry& from, const Geometry& to);

}  // namespace voxmark
