#pragma once

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/profiling/make_scenario.h"
#include "core/profiling/scenario.h"

namespace voxmark::profiling {

/// What can be measured on any file, as the beginnings of the scenarios' names: "load", "crop/first",
/// "normalise/zscore", …
[[nodiscard]] const std::vector<std::string>& fileScenarioNames();

/// The scenarios on a file whose name is chosen by the patterns (see isChosen); all for no pattern, but for reads with
/// a cold page cache, which must be asked for ("load/*/cold").
///   load/<container>/<type>/<size>/warm: open and read every frame, the file in the page cache
///   normalise/<method>/<type>/<size>/<device>: from memory to memory
/// The registries must outlive them. Throws Error where the file cannot be opened or the device is not there.
[[nodiscard]] ScenarioList makeFileScenarios(const std::string& path, const std::string& device,
                                             const std::vector<std::string>& patterns, const SourceRegistry& sources,
                                             const BackendRegistry& backends);
/// The same as data: see makeScenarios.
[[nodiscard]] std::vector<ScenarioSpec> fileScenarioSpecs(const std::string& path, const std::string& device,
                                                          const std::vector<std::string>& patterns,
                                                          const ScenarioRooms& rooms);
/// As above, with kinds that somebody else makes ("render").
[[nodiscard]] ScenarioList makeFileScenarios(const std::string& path, const std::string& device,
                                             const std::vector<std::string>& patterns, const ScenarioRooms& rooms);

}  // namespace voxmark::profiling
