#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/profiling/scenario.h"

namespace voxmark::profiling {

/// Exact counters of one run, by scenario and counter.
using CounterTable = std::map<std::string, std::map<std::string, double>>;

/// Runs each scenario twice to warm up and once to count, on one thread, so that the counts are the same everywhere.
/// Throws Error where one fails; those that cannot run here are left out. Cancelled.
[[nodiscard]] CounterTable countScenarios(ScenarioList& scenarios, JobContext& job);

/// {"voxmarkCounters": 1, "scenarios": {name: {counter: value}}}
[[nodiscard]] std::string counterJson(const CounterTable& table);
/// Throws Error: NotFound, Format.
[[nodiscard]] CounterTable readCounters(const std::string& path);

/// One count that is not what it was, or that only one side has.
struct CounterDifference {
  std::string scenario;
  std::string counter;   ///< empty: the whole scenario is missing in the current table, or new there
  std::string baseline;  ///< as text; empty where that side does not have it
  std::string current;
};
[[nodiscard]] std::vector<CounterDifference> counterDifferences(const CounterTable& baseline,
                                                                const CounterTable& current);

}  // namespace voxmark::profiling
