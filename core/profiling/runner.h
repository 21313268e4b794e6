#pragma once

#include <functional>

#include "core/profiling/block_runner.h"
#include "core/profiling/preset.h"
#include "core/profiling/run_result.h"

namespace voxmark::profiling {

struct RunnerHooks {
  RepetitionListener onRepetition;                   ///< after each, on the running thread
  std::function<void(const RunResult&)> onResult{};  ///< after each scenario
  /// Whether a scenario that has run all its blocks should run as many again, because they do not tell yet. It is not
  /// asked once there are kMostFactor times as many as the preset says. Not set: never.
  std::function<bool(const RunResult&)> undecided{};
};

/// Runs scenarios one after another: warm-ups, then blocks. A scenario that fails becomes a failed result with its
/// reason; one that cannot run, a skipped one. Cancelling keeps what was measured and ends the run without throwing.
[[nodiscard]] std::vector<RunResult> runScenarios(ScenarioList& scenarios, const Preset& preset, JobContext& job,
                                                  const RunnerHooks& hooks = {});

}  // namespace voxmark::profiling
