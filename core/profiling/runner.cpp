#include "core/profiling/runner.h"

namespace voxmark::profiling {
namespace {

RunResult runOne(Scenario& scenario, const Preset& preset, JobContext& job, const RunnerHooks& hooks) {
  const auto runner = makeBlockRunner(scenario, preset.warmUps, preset.repetitions, hooks.onRepetition);
  const std::string& name = scenario.info().name;
  bool going = runner->start(job);
  const auto most = static_cast<std::size_t>(preset.blocks) * kMostFactor;
  std::size_t wanted = static_cast<std::size_t>(preset.blocks);
  while (going) {
    const std::size_t done = runner->result().blocks.size();
    if (done >= wanted) {
      if (wanted * 2 > most || !hooks.undecided || !hooks.undecided(runner->result())) break;
      wanted *= 2;
    }
    going = runner->draw(job);
    // Where the blocks may double the end is not known: then progress counts on the most there can be.
    const auto total = static_cast<double>(hooks.undecided ? most : wanted);
    if (going) job.report(static_cast<double>(done + 1) / total, name);
  }
  runner->finish();
  if (going) job.report(1, name);
  return runner->result();
}

}  // namespace

std::vector<RunResult> runScenarios(ScenarioList& scenarios, const Preset& preset, JobContext& job,
                                    const RunnerHooks& hooks) {
  std::vector<RunResult> results;
  const auto count = static_cast<double>(scenarios.size());
  for (std::size_t n = 0; n < scenarios.size(); ++n) {
    const auto part = job.part(static_cast<double>(n) / count, static_cast<double>(n + 1) / count);
    results.push_back(runOne(*scenarios[n], preset, *part, hooks));
    if (hooks.onResult) hooks.onResult(results.back());
    if (job.cancelled()) break;
  }
  return results;
}

}  // namespace voxmark::profiling
