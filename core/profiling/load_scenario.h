#pragma once

#include "core/io/source_registry.h"
#include "core/profiling/scenario.h"

namespace voxmark::profiling {

/// Opens `path` and reads every frame into memory, the file in the page cache. Preparing reads the file once to put it
/// there and asks the kernel whether it is; the voxels are compared with parts of the volume that are read by
/// themselves, and every later read with the first. `sources` must outlive the scenario.
[[nodiscard]] std::unique_ptr<Scenario> makeLoadScenario(ScenarioInfo info, std::string path, std::string series,
                                                         const SourceRegistry& sources);

}  // namespace voxmark::profiling
