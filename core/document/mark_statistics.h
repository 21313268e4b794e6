#pragma once

#include <functional>

#include "core/document/mark_size.h"
#include "core/document/voxel_number.h"
#include "core/ops/statistics.h"

namespace voxmark {

/// The values inside a region of interest.
struct MarkStatistics {
  Statistics values;    ///< count, mean, population deviation, extrema, non-finite; without percentiles
  double volumeMl = 0;  ///< of all voxels inside, non-finite ones too
  double areaMm2 = 0;   ///< of the plane through them: Rectangle and Ellipse
};

/// Statistics of the voxels of one frame whose centres lie inside a Rectangle, Ellipse or Box, on any grid.
///
/// A Box holds a centre whose coordinates along right, up and right × up all lie between those of the two corners,
/// borders included. A Rectangle does so along right and up, and an Ellipse where (u/a)² + (v/b)² ≤ 1 about the middle.
/// Across, both planar kinds hold what is within half a slice: -t/2 ≤ d < t/2 for the distance d from the first
/// corner's plane, where t is the largest step across it among the voxel axes, max |spacing·(axis·normal)|. On planes
/// along the grid t is the distance between its slices; on oblique ones every row of voxels along that axis crosses the
/// plane at exactly one voxel (the naive digital plane of Reveillès 1991), so that nothing counts twice and no hole is
/// left. Centres within 1e-6 of a border lie on it.
///
/// Throws Error(Usage) for other marks, what the source throws, and Cancelled.
[[nodiscard]] MarkStatistics regionStatistics(const Mark& mark, VolumeSource& source, std::int64_t frame,
                                              JobContext& job);
/// The box of voxels that holds all that the above counts; empty where the mark lies outside the grid.
[[nodiscard]] Region regionAround(const Mark& mark, const Geometry& geometry);

/// The number of the voxel that holds a place; empty outside the grid (more than half a voxel from all centres).
[[nodiscard]] std::optional<double> numberAt(const Vec3& world, VolumeSource& source, std::int64_t frame,
                                             JobContext& job);
[[nodiscard]] std::optional<Index3> voxelAt(const Vec3& world, const Geometry& geometry);

}  // namespace voxmark
