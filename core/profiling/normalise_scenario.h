#pragma once

#include "core/backend/backend.h"
#include "core/profiling/scenario.h"

namespace voxmark::profiling {

/// Gives the volume that a scenario works on; called when it is prepared.
using VolumeMaker = std::function<VolumePtr(JobContext&)>;

/// Runs one normalisation (ZScore or MinMax) over all frames of a volume in memory, into a new volume in memory.
/// Preparing compares the result, at up to a million voxels, with statistics summed up here in two plain passes; every
/// later result must have the same bits as the first.
[[nodiscard]] std::unique_ptr<Scenario> makeNormaliseScenario(ScenarioInfo info, NormalizeMethod method,
                                                              VolumeMaker maker, std::shared_ptr<Backend> backend);

}  // namespace voxmark::profiling
