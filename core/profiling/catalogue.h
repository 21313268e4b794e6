#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/profiling/scenario_spec.h"

namespace voxmark::profiling {

/// The scenarios of a scenario file (see bench/scenarios/schema.json): each entry's axes multiplied out. Throws
/// Error(Format) naming `path`, the entry and the field: unknown fields are errors, so that nothing is misread.
[[nodiscard]] std::vector<ScenarioSpec> parseCatalogue(const std::string& path, std::string_view text);
/// Throws Error: NotFound, Io, Format.
[[nodiscard]] std::vector<ScenarioSpec> readCatalogue(const std::string& path);
/// Those of bench/scenarios, which are part of the program.
[[nodiscard]] const std::vector<ScenarioSpec>& builtInCatalogue();

/// Those of `all` that a preset runs: quick, default or full what belongs to it or a smaller one;
/// another name the suite. Throws Error(Usage) where nothing has that name.
[[nodiscard]] std::vector<ScenarioSpec> specsOf(const std::vector<ScenarioSpec>& all, const std::string& preset);
/// The suites that the scenarios name, sorted.
[[nodiscard]] std::vector<std::string> suitesOf(const std::vector<ScenarioSpec>& all);

}  // namespace voxmark::profiling
