#pragma once

#include <functional>

#include "core/profiling/preset.h"
#include "core/profiling/run_result.h"

namespace voxmark::profiling {

/// One finished repetition, for live charts.
struct Repetition {
  std::string scenario;
  double ms = 0;
  double bytesPerSecond = 0;
};

struct RunnerHooks {
  std::function<void(const Repetition&)> onRepetition;  ///< after each, on the running thread
  std::function<void(const RunResult&)> onResult;       ///< after each scenario
};

/// Runs scenarios one after another: warm-ups, then blocks. A scenario that fails becomes a failed result with its
/// reason; one that cannot run, a skipped one. Cancelling keeps what was measured and ends the run without throwing.
[[nodiscard]] std::vector<RunResult> runScenarios(ScenarioList& scenarios, const Preset& preset, JobContext& job,
                                                  const RunnerHooks& hooks = {});

}  // namespace voxmark::profiling
