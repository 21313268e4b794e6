#pragma once

#include <functional>

#include "core/document/mark_statistics.h"

namespace voxmark {

/// The number that a mark has on one frame: of a Point that of its voxel, of a region its mean; NaN outside the grid
/// and where there is nothing finite. Throws Error(Usage) for other marks, what the source throws, and Cancelled.
[[nodiscard]] double courseValue(const Mark& mark, VolumeSource& source, std::int64_t frame, JobContext& job);
/// Whether a mark has a course over the frames.
[[nodiscard]] bool hasCourse(MarkKind kind);

/// Reads what `marks` need of the given frames, in their order and nothing beyond it, and tells the numbers frame by
/// frame: `numbers` has one a mark. A frame that cannot be read has NaN alone; the first reason is thrown at the end.
/// Throws Cancelled at once.
using CourseListener = std::function<void(std::int64_t frame, const std::vector<double>& numbers)>;
void readCourses(const std::vector<Mark>& marks, VolumeSource& source, const std::vector<std::int64_t>& frames,
                 const CourseListener& tell, JobContext& job);

}  // namespace voxmark
