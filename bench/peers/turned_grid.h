#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace voxmark::peers {

/// A grid turned by 20° about z and then 10° about x, in index space, about the middle of a volume. The Python
/// programs have the same.
struct TurnedGrid {
  std::array<std::int64_t, 3> size{};
  double spacing = 1;
  std::array<double, 9> rotation{};  ///< row-major; its columns are the axes
  std::array<double, 3> origin{};    ///< of the first voxel
};

inline TurnedGrid turnedGrid(const std::array<std::int64_t, 3>& of, const std::array<std::int64_t, 3>& size,
                             double spacing) {
  constexpr double kDegree = 3.14159265358979323846 / 180;
  const double c = std::cos(20 * kDegree), s = std::sin(20 * kDegree);
  const double d = std::cos(10 * kDegree), t = std::sin(10 * kDegree);
  TurnedGrid out{size, spacing, {c, -s, 0, d * s, d * c, -t, t * s, t * c, d}, {}};
  for (std::size_t row = 0; row < 3; ++row) {
    out.origin[row] = static_cast<double>(of[row] - 1) / 2;
    for (std::size_t a = 0; a < 3; ++a) {
      out.origin[row] -= out.rotation[3 * row + a] * spacing * static_cast<double>(size[a] - 1) / 2;
    }
  }
  return out;
}

/// As many voxels as the volume has, as large.
inline TurnedGrid turnedVolume(const std::array<std::int64_t, 3>& of) {
  return turnedGrid(of, of, 1);
}
/// 512 × 512 of half the size.
inline TurnedGrid turnedSlice(const std::array<std::int64_t, 3>& of) {
  return turnedGrid(of, {512, 512, 1}, 0.5);
}

}  // namespace voxmark::peers
