#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "core/jobs/job_context.h"
#include "core/volume/volume.h"

namespace voxmark {

/// Where the voxels of one label lie.
struct LabelExtent {
  std::uint64_t voxels = 0;
  Vec3 centroid{0, 0, 0};   ///< mean voxel index
  Index3 nearest{0, 0, 0};  ///< the label's own voxel that is nearest to it, in mm
};

/// By value: scaled values rounded to whole numbers, as label maps are drawn.
using LabelSummary = std::map<std::int64_t, LabelExtent>;

/// The labels of one frame (of its first component, of the slices that are in place). Nothing where there are more
/// than `limit`: that is no label map. Throws Cancelled.
[[nodiscard]] std::optional<LabelSummary> summariseLabels(const Volume& volume, std::int64_t frame, JobContext& job,
                                                          std::size_t limit = 65536);

}  // namespace voxmark
