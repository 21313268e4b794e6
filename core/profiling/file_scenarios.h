#pragma once

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/profiling/scenario.h"

namespace voxmark::profiling {

/// Names of the scenarios that run on a file, without parameters: "load", "normalise/zscore", "normalise/minmax".
[[nodiscard]] const std::vector<std::string>& fileScenarioNames();

/// The scenarios whose name (with or without parameters) matches one of the shell patterns; all for no pattern.
///   load/<container>/<type>/<size>/warm: open and read every frame, the file in the page cache
///   normalise/<method>/<type>/<size>/<device>: from memory to memory
/// The registries must outlive them. Throws Error where the file cannot be opened or the device is not there.
[[nodiscard]] ScenarioList makeFileScenarios(const std::string& path, const std::string& device,
                                             const std::vector<std::string>& patterns, const SourceRegistry& sources,
                                             const BackendRegistry& backends);

}  // namespace voxmark::profiling
