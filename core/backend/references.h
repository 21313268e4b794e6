#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/io/volume_source.h"
#include "core/ops/operations.h"

namespace voxmark {

/// Opens the file that a step names.
using OpenFile = std::function<std::unique_ptr<VolumeSource>(const std::string& path)>;

/// Looks up what the steps of a pipeline only name: the grid of "like this file", the box of a mask's or of the
/// volume's own non-zero voxels at that step (over all frames), the voxels of a mask that statistics span, the
/// quantiles of a reference histogram. Reads those files, and of `source` what is needed for that.
/// Throws Error naming the file.
void resolveReferences(Pipeline& pipeline, VolumeSource& source, const OpenFile& open, JobContext& job);

/// The bounding box of the voxels that are not 0 (in any component; NaN is not 0) of all frames. Throws Error(Usage)
/// where there are none.
[[nodiscard]] Region nonzeroBox(VolumeSource& source, JobContext& job);

}  // namespace voxmark
