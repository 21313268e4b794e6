#pragma once

#include <cstdint>
#include <cstring>

#include "core/volume/region.h"

namespace voxmark::render {

// Vectors of four that the compiler maps to any machine's registers. On x86-64 this needs SSE2 alone, so that the
// same picture comes out of every processor.
using F4 [[gnu::vector_size(16)]] = float;
using I4 [[gnu::vector_size(16)]] = std::int32_t;
using U4 [[gnu::vector_size(8)]] = std::uint16_t;

[[nodiscard]] inline F4 splat(float x) {
  return F4{x, x, x, x};
}
[[nodiscard]] inline F4 least(F4 a, F4 b) {
  return a < b ? a : b;
}
[[nodiscard]] inline F4 most(F4 a, F4 b) {
  return a > b ? a : b;
}
[[nodiscard]] inline float sum(F4 a) {
  return (a[0] + a[2]) + (a[1] + a[3]);
}

/// A volume of u16 between its voxels: linear values, and gradients as linear mixtures of the central differences at
/// the eight voxels around (which change smoothly where those of the linear values alone would jump).
class VoxelSampler {
 public:
  VoxelSampler(const std::uint16_t* voxels, const Index3& size)
      : voxels_(voxels),
        last_{static_cast<std::int32_t>(size[0] - 1), static_cast<std::int32_t>(size[1] - 1),
              static_cast<std::int32_t>(size[2] - 1), 0},
        strideY_(size[0]),
        strideZ_(size[0] * size[1]) {
    const I4 lastCell = last_ - 1;
    lastCell_ = lastCell > 0 ? lastCell : I4{0, 0, 0, 0};
  }

  /// The voxels around one place.
  struct Cell {
    const std::uint16_t* corner;  ///< the voxel below it along every axis
    I4 index;                     ///< of that voxel
    F4 weight;                    ///< of the upper voxels, an axis each
    bool inside;                  ///< all 4³ voxels around exist
    F4 rows[4];                   ///< four voxels along x: at (y, z), (y+1, z), (y, z+1), (y+1, z+1)
    F4 mixed;                     ///< those rows, interpolated along y and z
  };

  /// `at` in voxels; beyond the outermost centres the nearest values go on.
  [[nodiscard]] Cell cellAt(F4 at) const {
    Cell cell;
    const F4 clamped = kept(at);
    cell.index = cellOf(clamped);
    cell.weight = clamped - __builtin_convertvector(cell.index, F4);
    cell.corner = voxels_ + cell.index[0] + cell.index[1] * strideY_ + cell.index[2] * strideZ_;
    const I4 room = last_ - cell.index;
    cell.inside =
        cell.index[0] > 0 && cell.index[1] > 0 && cell.index[2] > 0 && room[0] > 1 && room[1] > 1 && room[2] > 1;
    cell.rows[0] = row(cell, 0, 0);
    cell.rows[1] = row(cell, 1, 0);
    cell.rows[2] = row(cell, 0, 1);
    cell.rows[3] = row(cell, 1, 1);
    const F4 fy = splat(cell.weight[1]);
    const F4 lower = cell.rows[0] + fy * (cell.rows[1] - cell.rows[0]);
    const F4 upper = cell.rows[2] + fy * (cell.rows[3] - cell.rows[2]);
    cell.mixed = lower + splat(cell.weight[2]) * (upper - lower);
    return cell;
  }

  /// The lower voxel of the cell that `at` is in.
  [[nodiscard]] I4 cellIndex(F4 at) const { return cellOf(kept(at)); }

  [[nodiscard]] static float value(const Cell& cell) {
    return cell.mixed[1] + cell.weight[0] * (cell.mixed[2] - cell.mixed[1]);
  }

  /// Twice the change a voxel, along every axis.
  [[nodiscard]] F4 gradient(const Cell& cell) const {
    const float fx = cell.weight[0];
    const F4 fy = splat(cell.weight[1]);
    const F4 fz = splat(cell.weight[2]);
    const float lower = cell.mixed[2] - cell.mixed[0];
    const float dx = lower + fx * (cell.mixed[3] - cell.mixed[1] - lower);
    const F4 y0 = changeAlong(row(cell, -1, 0), cell.rows[0], cell.rows[1], row(cell, 2, 0), fy);
    const F4 y1 = changeAlong(row(cell, -1, 1), cell.rows[2], cell.rows[3], row(cell, 2, 1), fy);
    const F4 dy = y0 + fz * (y1 - y0);
    const F4 z0 = changeAlong(row(cell, 0, -1), cell.rows[0], cell.rows[2], row(cell, 0, 2), fz);
    const F4 z1 = changeAlong(row(cell, 1, -1), cell.rows[1], cell.rows[3], row(cell, 1, 2), fz);
    const F4 dz = z0 + fy * (z1 - z0);
    return F4{dx, dy[1] + fx * (dy[2] - dy[1]), dz[1] + fx * (dz[2] - dz[1]), 0};
  }

 private:
  [[nodiscard]] F4 kept(F4 at) const { return least(most(at, F4{}), __builtin_convertvector(last_, F4)); }
  [[nodiscard]] I4 cellOf(F4 clamped) const {
    const I4 truncated = __builtin_convertvector(clamped, I4);
    return truncated < lastCell_ ? truncated : lastCell_;
  }
  [[nodiscard]] static F4 changeAlong(F4 a, F4 b, F4 c, F4 d, F4 weight) {
    const F4 lower = c - a;
    return lower + weight * (d - b - lower);
  }

  [[nodiscard]] F4 row(const Cell& cell, int dy, int dz) const {
    if (!cell.inside) return edgeRow(cell, dy, dz);
    U4 four;
    std::memcpy(&four, cell.corner + dy * strideY_ + dz * strideZ_ - 1, sizeof four);
    return __builtin_convertvector(__builtin_convertvector(four, I4), F4);
  }

  /// As row, where the volume ends nearby: voxels that do not exist are as their nearest neighbours.
  [[nodiscard, gnu::noinline]] F4 edgeRow(const Cell& cell, int dy, int dz) const {
    const auto clamped = [&](int axis, int index) { return index < 0 ? 0 : index > last_[axis] ? last_[axis] : index; };
    const std::uint16_t* p =
        voxels_ + clamped(1, cell.index[1] + dy) * strideY_ + clamped(2, cell.index[2] + dz) * strideZ_;
    F4 out{};
    for (int n = 0; n < 4; ++n) out[n] = static_cast<float>(p[clamped(0, cell.index[0] - 1 + n)]);
    return out;
  }

  const std::uint16_t* voxels_;
  I4 last_;
  I4 lastCell_;
  std::ptrdiff_t strideY_;
  std::ptrdiff_t strideZ_;
};

}  // namespace voxmark::render
