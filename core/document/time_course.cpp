#include "core/document/time_course.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {

bool hasCourse(MarkKind kind) {
  return kind == MarkKind::Point || enclosesVoxels(kind);
}

double courseValue(const Mark& mark, VolumeSource& source, std::int64_t frame, JobContext& job) {
  if (mark.kind != MarkKind::Point) return regionStatistics(mark, source, frame, job).values.mean;
  if (mark.points.size() != 1) throw Error(ErrorCode::Usage, "a point mark has no point");
  const auto number = numberAt(mark.points[0], source, frame, job);
  return number.value_or(std::numeric_limits<double>::quiet_NaN());
}

void readCourses(const std::vector<Mark>& marks, VolumeSource& source, const std::vector<std::int64_t>& frames,
                 const CourseListener& tell, JobContext& job) {
  std::optional<Error> failed;
  std::size_t done = 0;
  for (const std::int64_t frame : frames) {
    job.throwIfCancelled();
    std::vector<double> numbers(marks.size(), std::numeric_limits<double>::quiet_NaN());
    try {
      const auto part = job.part(static_cast<double>(done) / static_cast<double>(frames.size()),
                                 static_cast<double>(done + 1) / static_cast<double>(frames.size()));
      std::transform(marks.begin(), marks.end(), numbers.begin(),
                     [&](const Mark& mark) { return courseValue(mark, source, frame, *part); });
    } catch (const Error& error) {
      if (!failed) failed = error;
    }
    tell(frame, numbers);
    ++done;
  }
  if (failed) throw *failed;
}

}  // namespace voxmark
