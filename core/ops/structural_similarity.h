#pragma once

#include <functional>
#include <span>

#include "core/jobs/job_context.h"
#include "core/volume/region.h"

namespace voxmark {

/// Loads a slice k of two volumes.
using LoadSlices = std::function<void(std::int64_t k, std::span<double> a, std::span<double> b)>;

/// Mean structural similarity of two scalar volumes, as Difference::ssim says; `range` above 0. Holds a few slices.
[[nodiscard]] double structuralSimilarity(const Index3& size, const LoadSlices& load, double range,
                                          const JobContext& job);

}  // namespace voxmark
