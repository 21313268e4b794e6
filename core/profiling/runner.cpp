#include "core/profiling/runner.h"

#include <cstdio>
#include <ctime>
#include <fstream>

#include "core/memory/buffer_pool.h"

namespace voxmark::profiling {
namespace {

double cpuMilliseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Starts the kernel's high-water mark anew; false where it cannot be.
bool resetPeakRss() {
  std::ofstream file("/proc/self/clear_refs");
  file << 5;
  return static_cast<bool>(file.flush());
}

std::optional<std::uint64_t> peakRssNow() {
  std::ifstream file("/proc/self/status");
  std::string key;
  while (file >> key) {
    std::uint64_t kib = 0;
    if (key == "VmHWM:" && file >> kib) return kib * 1024;
    std::getline(file, key);
  }
  return std::nullopt;
}

void repeat(Scenario& scenario, Block& block, const RunnerHooks& hooks, JobContext& job) {
  job.throwIfCancelled();
  const double cpu = cpuMilliseconds();
  const std::int64_t start = trace::now();
  scenario.run(job);
  const double ms = static_cast<double>(trace::now() - start) / 1e6;
  block.realMs.push_back(ms);
  block.cpuMs.push_back(cpuMilliseconds() - cpu);
  scenario.check();
  if (hooks.onRepetition) {
    hooks.onRepetition({scenario.info().name, ms, static_cast<double>(scenario.info().bytes) / (ms / 1e3)});
  }
}

Block runBlock(Scenario& scenario, int repetitions, const RunnerHooks& hooks, JobContext& job) {
  Block block;
  const bool peak = resetPeakRss();
  BufferPool::global().resetHighWater();
  const trace::CounterValues before = trace::snapshot();
  {
    trace::Action action("Benchmark " + scenario.info().name);
    action.setBytes(scenario.info().bytes * static_cast<std::uint64_t>(repetitions));
    for (int n = 0; n < repetitions; ++n) repeat(scenario, block, hooks, job);
    block.stages = action.report().stages;
  }
  block.counters = trace::snapshot() - before;
  block.poolHighWater = BufferPool::global().usage().highWater;
  if (peak) block.peakRss = peakRssNow();
  return block;
}

RunResult runOne(Scenario& scenario, const Preset& preset, JobContext& job, const RunnerHooks& hooks) {
  RunResult result{scenario.info(), RunStatus::Done, {}, {}, {}};
  if (!scenario.info().reason.empty()) {
    result.status = RunStatus::Skipped;
    result.message = scenario.info().reason;
    return result;
  }
  try {
    scenario.prepare(job);
    result.label = scenario.label();
    Block unrecorded;
    for (int n = 0; n < preset.warmUps; ++n) repeat(scenario, unrecorded, {}, job);
    for (int n = 0; n < preset.blocks; ++n) {
      result.blocks.push_back(runBlock(scenario, preset.repetitions, hooks, job));
      job.report(static_cast<double>(n + 1) / preset.blocks, scenario.info().name);
    }
  } catch (const Cancelled&) {
    result.status = RunStatus::Cancelled;
  } catch (const std::exception& error) {
    result.status = RunStatus::Failed;
    result.message = error.what();
  } catch (...) {
    result.status = RunStatus::Failed;
    result.message = scenario.info().name + ": an unknown error";
  }
  scenario.release();
  return result;
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
