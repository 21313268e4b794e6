#pragma once

#include <functional>
#include <string>

#include "core/io/volume_source.h"

namespace voxmark {

/// The one number that stands for a voxel in measurements: its scaled value; of a vector its length; of a colour its
/// first component. Any of them may be NaN or infinite.
enum class VoxelNumber { Value, Length, First };
[[nodiscard]] VoxelNumber voxelNumberOf(const VolumeInfo& info);
/// "value", "length of the vector" or "first component", as headings and files say it.
[[nodiscard]] std::string describe(VoxelNumber number);

/// Reads the numbers of a box of voxels of one frame and hands them over row by row: `row(j, k, values)` gets
/// region.size[0] numbers, those of the voxels (region.start[0] …, j, k), in order. At most about 64 MiB of voxels are
/// held at once. The region must lie inside (Error(Usage)). Throws what the source throws, and Cancelled.
using RowVisitor = std::function<void(std::int64_t j, std::int64_t k, const double* values)>;
void visitRows(VolumeSource& source, const ReadRequest& request, const RowVisitor& row, JobContext& job);

}  // namespace voxmark
