#include "core/profiling/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <fnmatch.h>

#include "core/base/error.h"
#include "core/profiling/sample_shape.h"

namespace voxmark::profiling {
namespace {

constexpr double kMemoryPercent = 5;
constexpr double kMemoryBytes = 4.0 * 1024 * 1024;

double toleranceOf(const ScenarioInfo& info, const CompareOptions& options) {
  double percent = options.tolerancePercent;
  if (!options.toleranceGiven && info.tolerancePercent > 0 && std::isfinite(info.tolerancePercent)) {
    percent = info.tolerancePercent;
  }
  for (const auto& [pattern, own] : options.overrides) {
    if (fnmatch(pattern.c_str(), info.name.c_str(), 0) == 0) percent = own;
  }
  return percent;
}

std::vector<double> blockTimes(const RunResult& result) {
  std::vector<double> out;
  for (const Block& block : result.blocks) out.push_back(block.medianMs());
  return out;
}

/// Median over the blocks of a number that not all of them need have; empty where none has.
std::optional<double> medianOf(const RunResult& result, const std::function<std::optional<double>(const Block&)>& of) {
  std::vector<double> values;
  for (const Block& block : result.blocks) {
    if (const auto value = of(block)) values.push_back(*value);
  }
  return values.empty() ? std::nullopt : std::optional<double>(median(values));
}

void compareMemory(const RunResult& baseline, const RunResult& current, ComparisonRow& row) {
  using Of = std::function<std::optional<double>(const Block&)>;
  const auto number = [](std::optional<std::uint64_t> bytes) {
    return bytes ? std::optional<double>(static_cast<double>(*bytes)) : std::nullopt;
  };
  const std::array<std::pair<const char*, Of>, 3> kinds{
      {{"peak_rss", [&](const Block& block) { return number(block.peakRss); }},
       {"pool_high_water",
        [&](const Block& block) {
          return block.counted || block.poolHighWater > 0 ? number(block.poolHighWater) : std::nullopt;
        }},
       {"device_high_water", [&](const Block& block) { return number(block.deviceHighWater); }}}};
  for (const auto& [name, of] : kinds) {
    const auto before = medianOf(baseline, of);
    const auto after = medianOf(current, of);
    if (!before || !after) continue;
    const double grown = *after - *before;
    const bool exceeded = grown > kMemoryBytes && grown > *before * kMemoryPercent / 100;
    row.memory.push_back({name, *before, *after, exceeded});
    if (exceeded) {
      row.reasons.push_back(
          fmt::format("{} grew from {:.1f} to {:.1f} MiB", name, *before / 1048576, *after / 1048576));
    }
  }
}

void compareCounters(const RunResult& baseline, const RunResult& current, ComparisonRow& row) {
  if (baseline.blocks.empty() || current.blocks.empty()) return;
  const auto first = exactCounters(baseline.blocks.front());
  for (const auto& [name, before] : first) {
    CounterChange change{name, before, before, true, true};
    for (const Block& block : baseline.blocks) {
      const auto counters = exactCounters(block);
      const auto found = counters.find(name);
      if (found == counters.end() || found->second != before) change.exact = false;
    }
    bool known = false;
    for (const Block& block : current.blocks) {
      const auto counters = exactCounters(block);
      const auto found = counters.find(name);
      if (found == counters.end()) continue;
      known = true;
      if (change.equal) change.current = found->second;
      change.equal = change.equal && found->second == before;
    }
    if (!known) continue;
    row.counters.push_back(change);
    if (change.exact && !change.equal) {
      row.reasons.push_back(fmt::format("{} changed from {:.15g} to {:.15g}", name, before, change.current));
    }
  }
}

void addNotes(ComparisonRow& row) {
  const std::size_t fewest = std::min(row.baselineBlocks.size(), row.currentBlocks.size());
  if (fewest < kFewestBlocks) {
    row.notes.push_back(fmt::format("{} blocks a side are few (expected {} or more)", fewest, kFewestBlocks));
  }
  for (const auto& [side, blocks] :
       {std::pair{"baseline", &row.baselineBlocks}, std::pair{"current", &row.currentBlocks}}) {
    for (const std::string& note : shapeNotes(*blocks)) row.notes.push_back(fmt::format("{}: {}", side, note));
  }
}

/// Where the time has grown and the processor's has not, the program did not get slower by itself.
void noteWaiting(const RunResult& baseline, const RunResult& current, ComparisonRow& row) {
  if (row.state != VerdictState::Regressed) return;
  const auto times = [](const RunResult& result) {
    std::vector<double> out;
    for (const Block& block : result.blocks) out.push_back(block.cpuMedianMs());
    return out;
  };
  try {
    const TimeVerdict processor = judgeTimes(times(baseline), times(current), row.time->tolerancePercent);
    if (processor.estimate.ratio < limitsFor(row.time->tolerancePercent).alarmEstimate) {
      row.notes.emplace_back("its processor time has not grown: it waited, for the disk or for other programs");
    }
  } catch (const Error&) {
    // Not known, or 0: nothing to say.
  }
}

void compareTimes(const RunResult& baseline, const RunResult& current, const CompareOptions& options,
                  ComparisonRow& row) {
  const double tolerance = toleranceOf(baseline.scenario, options);
  try {
    row.time = judgeTimes(row.baselineBlocks, row.currentBlocks, tolerance);
    row.state = row.time->state;
  } catch (const Error& error) {
    (void)limitsFor(tolerance);  // a tolerance that is none is the caller's mistake, not the scenario's
    row.state = VerdictState::Errored;
    row.reasons.emplace_back(error.what());
    return;
  }
  compareMemory(baseline, current, row);
  compareCounters(baseline, current, row);
  if (!options.gateResources) row.reasons.clear();
  noteWaiting(baseline, current, row);
  addNotes(row);
}

/// Whether there is something to compare; else the row says why not.
bool bothMeasured(const RunResult& baseline, const RunResult* current, ComparisonRow& row) {
  const auto measured = [](const RunResult& result) {
    return !result.blocks.empty() && (result.status == RunStatus::Done || result.status == RunStatus::Cancelled);
  };
  if (current == nullptr) {
    row.state = VerdictState::Missing;
    row.reasons.emplace_back("the current run does not have it");
    return false;
  }
  if (measured(baseline) && measured(*current)) return true;
  const bool skipped = baseline.status == RunStatus::Skipped;
  if (skipped && current->status == RunStatus::Skipped) {
    row.state = VerdictState::Skipped;
  } else if (skipped && measured(*current)) {
    row.state = VerdictState::New;
  } else {
    row.state = VerdictState::Errored;
  }
  for (const auto& [side, result] : {std::pair{"baseline", &baseline}, std::pair{"current", current}}) {
    if (measured(*result)) continue;
    row.reasons.push_back(fmt::format("{}: {}{}{}", side, statusName(result->status),
                                      result->message.empty() ? "" : ": ", result->message));
  }
  return false;
}

ComparisonRow rowOf(const RunResult& baseline, const RunResult* current, const CompareOptions& options) {
  ComparisonRow row;
  row.name = baseline.scenario.name;
  row.baselineBlocks = blockTimes(baseline);
  row.baselineMs = baseline.medianMs();
  if (current != nullptr) {
    row.currentBlocks = blockTimes(*current);
    row.currentMs = current->medianMs();
  }
  if (bothMeasured(baseline, current, row)) {
    compareTimes(baseline, *current, options, row);
  }
  return row;
}

/// Memory and counters, and what Holm leaves of the times, make the row's state.
void settle(std::vector<ComparisonRow>& rows) {
  std::vector<TimeVerdict*> verdicts;
  for (ComparisonRow& row : rows) {
    if (row.time) verdicts.push_back(&*row.time);
  }
  applyHolm(verdicts);
  for (ComparisonRow& row : rows) {
    if (!row.time) continue;
    const double percent = (row.time->estimate.ratio - 1) * 100;
    const bool overruled = row.state == VerdictState::Regressed && row.time->state != VerdictState::Regressed;
    row.state = row.reasons.empty() ? row.time->state : VerdictState::Regressed;
    if (row.time->state == VerdictState::Regressed) {
      row.reasons.insert(row.reasons.begin(), fmt::format("{:.1f} % slower", percent));
    } else if (overruled) {
      row.notes.push_back("slower, but not beyond what chance gives among so many scenarios with so few blocks");
    }
  }
}

}  // namespace

std::size_t Comparison::count(VerdictState state) const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [state](const ComparisonRow& row) { return row.state == state; }));
}

bool Comparison::environmentMatches() const {
  return std::none_of(environment.begin(), environment.end(), [](const auto& one) { return one.mismatch; });
}

Comparison compareResults(const ResultFile& baseline, const ResultFile& current, const CompareOptions& options) {
  (void)limitsFor(options.tolerancePercent);
  if (baseline.results.empty()) {
    throw fileError(ErrorCode::Format, baseline.path, "the baseline has no scenario (expected one or more)");
  }
  Comparison out;
  out.baselinePath = baseline.path;
  out.currentPath = current.path;
  out.environment = environmentDifferences(baseline.environment, current.environment);
  std::map<std::string, const RunResult*> byName;
  for (const RunResult& result : current.results) byName[result.scenario.name] = &result;
  for (const RunResult& result : baseline.results) {
    const auto found = byName.find(result.scenario.name);
    out.rows.push_back(rowOf(result, found == byName.end() ? nullptr : found->second, options));
    if (found != byName.end()) byName.erase(found);
  }
  for (const RunResult& result : current.results) {
    if (byName.count(result.scenario.name) == 0) continue;
    ComparisonRow row;
    row.name = result.scenario.name;
    row.state = VerdictState::New;
    row.currentBlocks = blockTimes(result);
    row.currentMs = result.medianMs();
    out.rows.push_back(std::move(row));
  }
  settle(out.rows);
  return out;
}

int exitCode(const Comparison& comparison, const ExitRules& rules) {
  if (rules.strict && !comparison.environmentMatches()) return 5;
  if (comparison.count(VerdictState::Missing) + comparison.count(VerdictState::Errored) > 0) return 4;
  if (rules.failOnRegression && comparison.count(VerdictState::Regressed) > 0) return 1;
  if (rules.failOnInconclusive && comparison.count(VerdictState::Inconclusive) > 0) return 3;
  return 0;
}

}  // namespace voxmark::profiling
