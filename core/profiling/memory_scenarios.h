#pragma once

#include <memory>

#include "core/backend/backend.h"
#include "core/profiling/scenario.h"
#include "core/profiling/scenario_input.h"

namespace voxmark::profiling {

/// The steps of normalise, resample, reorient, cast, precision, transfer and pipeline scenarios. Throws Error.
[[nodiscard]] Pipeline stepsOf(const ScenarioSpec& spec);

/// Runs them on a volume in memory. Its metrics: max_error and mean_error against the same steps in f64 (precision),
/// or against the input (cast).
[[nodiscard]] std::unique_ptr<Scenario> makeMemoryScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                           std::shared_ptr<InputStore> store,
                                                           std::shared_ptr<Backend> backend);

}  // namespace voxmark::profiling
