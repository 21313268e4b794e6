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

/// A part of one frame as real values, densely packed.
template <typename Real>
struct RealBox {
  const Real* data = nullptr;
  Region region;  ///< in the input's grid; `size` of the whole input
  Index3 whole{0, 0, 0};
};

/// Samples a row of the output: voxels (start[0] + n, start[1], start[2]). Trilinear or tricubic (Keys, a = -1/2), the
/// border as Resample says, averaged over `subsamples` positions a voxel along each output axis.
template <typename Real>
void sampleRow(const RealBox<Real>& box, const GridMap& map, Interpolation interpolation, const Index3& subsamples,
               const Index3& start, std::size_t count, Real fill, Real* out);

/// Positions a voxel along each output axis, such that none is farther from the next than an input voxel.
[[nodiscard]] Index3 subsamplesOf(const GridMap& map);

extern template void sampleRow(const RealBox<float>&, const GridMap&, Interpolation, const Index3&, const Index3&,
                               std::size_t, float, float*);
extern template void sampleRow(const RealBox<double>&, const GridMap&, Interpolation, const Index3&, const Index3&,
                               std::size_t, double, double*);

}  // namespace voxmark
