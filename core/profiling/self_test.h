#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/profiling/comparison.h"
#include "core/profiling/make_scenario.h"

namespace voxmark::profiling {

/// A scenario that takes `percent` longer than another one does: after each run it keeps the processor busy for that
/// share of the time that the run took. `inner` must outlive it.
[[nodiscard]] std::unique_ptr<Scenario> makeSlowed(Scenario& inner, double percent);

/// What the statistics say of this machine as it is now.
struct SelfTest {
  Comparison same;    ///< scenarios against themselves: none may be a regression
  Comparison slowed;  ///< against themselves slowed down: all should be
  double slowdownPercent = 10;

  [[nodiscard]] bool falseAlarm() const { return same.count(VerdictState::Regressed) > 0; }
  [[nodiscard]] bool overlooked() const { return slowed.count(VerdictState::Regressed) < slowed.rows.size(); }
};

/// Measures a few small scenarios in turns with themselves and with themselves slowed down. Throws Error where one
/// fails, Cancelled.
[[nodiscard]] SelfTest runSelfTest(const ScenarioRooms& rooms, int blocks, double slowdownPercent, JobContext& job);

}  // namespace voxmark::profiling
