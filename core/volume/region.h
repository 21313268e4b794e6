#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace voxmark {

/// Three voxel counts or indices, in the order i, j, k (i runs fastest in memory).
using Index3 = std::array<std::int64_t, 3>;

/// A box of voxels: `start` inclusive, `size` voxels along each axis.
struct Region {
  Index3 start{0, 0, 0};
  Index3 size{0, 0, 0};

  [[nodiscard]] std::int64_t voxels() const { return size[0] * size[1] * size[2]; }
  [[nodiscard]] bool empty() const { return size[0] <= 0 || size[1] <= 0 || size[2] <= 0; }
  /// One past the last voxel along each axis; the largest (or smallest) integer where the sum is beyond it.
  [[nodiscard]] Index3 end() const;
  [[nodiscard]] bool contains(const Index3& index) const;
  [[nodiscard]] bool contains(const Region& other) const;
  friend bool operator==(const Region&, const Region&) = default;
};

/// The whole of a grid.
[[nodiscard]] inline Region wholeOf(const Index3& size) {
  return {{0, 0, 0}, size};
}
/// The part that two boxes share; empty (size 0) where they do not meet.
[[nodiscard]] Region intersect(const Region& a, const Region& b);
/// The slices [begin, end) along the third axis of `region`, counted from its start.
[[nodiscard]] Region slab(const Region& region, std::int64_t begin, std::int64_t end);
/// "x,y,z,dx,dy,dz", the notation of the command line.
[[nodiscard]] std::string toString(const Region& region);

}  // namespace voxmark
