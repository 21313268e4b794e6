#pragma once

#include <vector>

#include "core/document/mark.h"
#include "core/document/voxel_number.h"

namespace voxmark {

/// Values along a line.
struct LineProfile {
  std::vector<double> distance;  ///< mm from the first point
  std::vector<double> value;     ///< NaN outside the grid, and where a voxel around holds no number
};

enum class ProfileSampling {
  Linear,   ///< between the eight voxels around
  Nearest,  ///< for labels, which have nothing between them
};

/// Samples a frame from `from` to `to` (LPS mm), both included, at equal steps of at most half of the grid's smallest
/// spacing (100 000 samples at most). Up to half a voxel beyond the outermost centres, where their voxels end, the
/// outermost values go on. Numbers as voxelNumberOf() says. Throws what the source throws, and Cancelled.
[[nodiscard]] LineProfile lineProfile(const Vec3& from, const Vec3& to, VolumeSource& source, std::int64_t frame,
                                      ProfileSampling sampling, JobContext& job);

}  // namespace voxmark
