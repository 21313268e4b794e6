#pragma once

#include <memory>

#include "core/profiling/scenario.h"
#include "core/profiling/scenario_input.h"

namespace voxmark::profiling {

/// This program as a process of its own: "command" reads a header and ends, "window" ends with the first picture of a
/// volume (needs a display). Timed as a whole.
[[nodiscard]] std::unique_ptr<Scenario> makeStartupScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                            std::shared_ptr<InputStore> store);

/// Another program, without a shell between. In its arguments {program} stands for this program, {here} for the folder
/// of the scenario file, {nii} and {nii_gz} for the input in that container, {volumes} for a folder with the input as
/// input.nii and gz/input.nii.gz, {scratch} for a folder to write into, {threads} for a number. Timed as a whole
/// process ("process"), or by the JSON lines that it prints ("json"): their "ms" (the median of several) and
/// "processor"; where they have a "check", all of all runs must be the same. It fails where it ends with anything but
/// 0.
[[nodiscard]] std::unique_ptr<Scenario> makeCommandScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                            std::shared_ptr<InputStore> store);

/// The path of the running program. Throws Error(NotFound).
[[nodiscard]] std::string ownProgram();

}  // namespace voxmark::profiling
