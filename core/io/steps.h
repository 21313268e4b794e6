#pragma once

#include <algorithm>
#include <cstddef>

#include "core/jobs/job_context.h"

namespace voxmark {

/// Most bytes handled between two looks at whether the job was cancelled: about a millisecond of reading or converting.
inline constexpr std::size_t kStepBytes = std::size_t{1} << 20;

/// Calls part(begin, bytes) for consecutive parts of [0, total) bytes, each of at most kStepBytes and of whole `unit`s
/// (one unit where that alone is longer), and looks at the job before each. Throws Cancelled.
template <typename Part>
void inSteps(std::size_t total, std::size_t unit, const JobContext& job, Part&& part) {
  const std::size_t step = std::max(kStepBytes / unit, std::size_t{1}) * unit;
  for (std::size_t begin = 0; begin < total; begin += step) {
    job.throwIfCancelled();
    part(begin, std::min(step, total - begin));
  }
}

}  // namespace voxmark
