#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/profiling/run_result.h"

namespace voxmark::profiling {

/// One finished repetition, for live charts.
struct Repetition {
  std::string scenario;
  double ms = 0;
  double bytesPerSecond = 0;
};

using RepetitionListener = std::function<void(const Repetition&)>;

/// One scenario from which blocks are drawn one at a time, so that two can take turns. What fails is noted in the
/// result and ends it; only cancelling is told by the return value alone.
class BlockRunner {
 public:
  virtual ~BlockRunner() = default;
  /// Prepares and warms up. False where no block can be drawn.
  virtual bool start(JobContext& job) = 0;
  /// Runs one block and adds it to the result. False where there is none to come.
  virtual bool draw(JobContext& job) = 0;
  /// Lets go of all memory.
  virtual void finish() = 0;
  [[nodiscard]] const RunResult& result() const { return result_; }

 protected:
  /// Calls `work` and turns what it throws into the result's status. False where it threw.
  bool guarded(const std::function<void()>& work);
  RunResult result_;
};

/// Runs the scenario in this process, which `scenario` must outlive. A block is `repetitions` runs; peaks and exact
/// counters are of the runs alone. ScenarioInfo::threads is the default of the process while it runs.
[[nodiscard]] std::unique_ptr<BlockRunner> makeBlockRunner(Scenario& scenario, int warmUps, int repetitions,
                                                           RepetitionListener listener = {});

}  // namespace voxmark::profiling
