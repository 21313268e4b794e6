#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/profiling/environment.h"
#include "core/profiling/result_file.h"
#include "core/profiling/verdict.h"

namespace voxmark::profiling {

/// Memory of the median block: more than 5 % and more than 4 MiB above the baseline is a regression.
struct MemoryChange {
  std::string name;  ///< "peak_rss", "pool_high_water", "device_high_water"
  double baselineBytes = 0;
  double currentBytes = 0;
  bool exceeded = false;
};

/// An exact count a repetition. Counts carry no noise: any change is a regression until the baseline is made anew.
struct CounterChange {
  std::string name;  ///< "bytes_read", "allocations", …
  double baseline = 0;
  double current = 0;
  bool equal = true;
  bool exact = true;  ///< false: the baseline's own blocks differ, so that there is nothing to compare
};

/// One scenario of either file.
struct ComparisonRow {
  std::string name;
  VerdictState state = VerdictState::Inconclusive;  ///< of times, memory and counters together
  std::optional<TimeVerdict> time;                  ///< where both sides have measured it
  double baselineMs = 0;                            ///< medians of the blocks; 0 where there are none
  double currentMs = 0;
  std::vector<double> baselineBlocks;  ///< ms, in the order in which they ran
  std::vector<double> currentBlocks;
  std::vector<MemoryChange> memory;
  std::vector<CounterChange> counters;
  std::vector<std::string> reasons;  ///< why it regressed or has no verdict, a line each
  std::vector<std::string> notes;    ///< outliers, drift, too few blocks: shown, never acted on
};

struct CompareOptions {
  double tolerancePercent = kDefaultTolerancePercent;
  bool toleranceGiven = false;  ///< then it also stands for scenarios whose file names a tolerance of their own
  std::vector<std::pair<std::string, double>> overrides;  ///< shell pattern of names → percent; the last match wins
  /// Memory and counters are gates, too. Not for two sides that are meant to differ in them: devices, numbers of
  /// threads, or two sides in one process, whose memory is counted together.
  bool gateResources = true;
};

struct Comparison {
  std::string baselinePath;
  std::string currentPath;
  std::vector<ComparisonRow> rows;  ///< in the baseline's order, then what is new
  std::vector<EnvironmentDifference> environment;

  [[nodiscard]] std::size_t count(VerdictState state) const;
  [[nodiscard]] bool environmentMatches() const;
};

/// Compares every scenario of two files. Throws Error(Format) where the baseline has no scenario at all, Error(Usage)
/// for a tolerance that is none.
[[nodiscard]] Comparison compareResults(const ResultFile& baseline, const ResultFile& current,
                                        const CompareOptions& options = {});

struct ExitRules {
  bool strict = false;              ///< 5 where the environments do not match
  bool failOnRegression = false;    ///< 1
  bool failOnInconclusive = false;  ///< 3
};

/// The exit code of a comparison: 5, 4 (a baseline scenario is missing or errored), 1, 3, 0, the first that holds.
[[nodiscard]] int exitCode(const Comparison& comparison, const ExitRules& rules);

/// The whole comparison as JSON; numbers that JSON cannot hold are null.
[[nodiscard]] std::string comparisonJson(const Comparison& comparison, const ExitRules& rules);

}  // namespace voxmark::profiling
