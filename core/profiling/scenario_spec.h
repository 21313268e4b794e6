#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace voxmark::profiling {

/// A scenario as bench/scenarios/*.json describes it; with a volume and a device it becomes a Scenario.
struct ScenarioSpec {
  std::string name;         ///< "normalise/zscore": the beginning of the names that it makes
  std::string title;        ///< for people
  std::string kind;         ///< "load" or "normalise"
  std::string description;  ///< one line
  std::string preset;       ///< the smallest preset that it is part of
  std::string method;       ///< of normalise: "zscore" or "minmax"
  int threads = 0;          ///< 0: as many as the program uses
};

/// Checks `text` against the schema: all of voxmarkScenario (1), name, title, kind, description, preset, parameters and
/// nothing else; parameters are {"cache": "warm"} for load, {"method": "zscore"|"minmax"} for normalise, and "threads"
/// (1…1024) where normalise is to use a fixed number. Throws Error(Format), "file: field is wrong (expected …, found
/// …)".
[[nodiscard]] ScenarioSpec parseScenarioSpec(const std::string& file, std::string_view text);

/// The scenario files that the program was built with, in the order of their file names.
[[nodiscard]] const std::vector<ScenarioSpec>& builtinScenarios();

}  // namespace voxmark::profiling
