#pragma once

#include "core/ops/operations.h"

namespace voxmark {

/// From the voxel indices of one grid to the continuous ones of another: x ↦ matrix·x + offset.
struct GridMap {
  Mat3 matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
  Vec3 offset{0, 0, 0};
  [[nodiscard]] Vec3 apply(const Vec3& voxel) const;
  /// Whether each axis of the one grid runs along the same axis of the other, either way, to within a millionth.
  [[nodiscard]] bool parallel() const;
};
[[nodiscard]] GridMap mapBetween(const Geometry& from, const Geometry& to);

/// Input voxels that sampling an output region needs, `reach` voxels around each sample (0 nearest, 1 linear, 2 cubic);
/// empty where the region lies outside of the input.
[[nodiscard]] Region sampledRegion(const GridMap& map, const Region& output, const Index3& inputSize, double reach);

/// A part of one frame in memory, one component of it, as it is stored.
struct StoredBox {
  const std::byte* data = nullptr;  ///< the component of voxel region.start
  PixelType type = PixelType::F32;
  Region region;           ///< in the input's grid
  Index3 whole{0, 0, 0};   ///< size of the whole input
  Index3 stride{0, 0, 0};  ///< elements from one voxel to the next along each axis
  LinearScale scale;
};

/// Samples a row of the output: voxels (start[0] + n, start[1], start[2]). Trilinear or tricubic (Keys, a = -1/2), the
/// border as Resample says, averaged over `subsamples` positions a voxel along each output axis. Real is double for f64
/// and float for all others.
template <typename Real>
void sampleRow(const StoredBox& box, const GridMap& map, Interpolation interpolation, const Index3& subsamples,
               const Index3& start, std::size_t count, Real fill, Real* out);

/// Positions a voxel along each output axis, such that none is farther from the next than an input voxel.
[[nodiscard]] Index3 subsamplesOf(const GridMap& map);

extern template void sampleRow(const StoredBox&, const GridMap&, Interpolation, const Index3&, const Index3&,
                               std::size_t, float, float*);
extern template void sampleRow(const StoredBox&, const GridMap&, Interpolation, const Index3&, const Index3&,
                               std::size_t, double, double*);

}  // namespace voxmark
