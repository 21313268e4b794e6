#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/profiling/scenario.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark::profiling {

/// The unit of the statistics: a few repetitions and what they cost together.
struct Block {
  std::vector<double> realMs;            ///< wall clock of each repetition
  std::vector<double> cpuMs;             ///< processor time of the whole process during each repetition
  std::optional<std::uint64_t> peakRss;  ///< largest resident set during the block; empty where it cannot be measured
  std::uint64_t poolHighWater = 0;       ///< most bytes of the buffer pool in use at once
  std::optional<std::uint64_t> deviceHighWater;  ///< most bytes in use on the device; empty where nothing says so
  trace::CounterValues counters;                 ///< exact, summed over the repetitions
  bool counted = true;                           ///< false: `counters` are not known (read from a file: see metrics)
  std::vector<trace::StageTotal> stages;         ///< own times, summed over the repetitions
  /// Further numbers a repetition: the scenario's own ("max_error"), or all that a result file's row had.
  std::map<std::string, double> metrics;

  [[nodiscard]] double medianMs() const;
  [[nodiscard]] double cpuMedianMs() const;
  [[nodiscard]] double minMs() const;
  [[nodiscard]] double maxMs() const;
};

enum class RunStatus { Done, Failed, Skipped, Cancelled };

/// What came of one scenario.
struct RunResult {
  ScenarioInfo scenario;
  RunStatus status = RunStatus::Done;
  std::string message;        ///< why it failed or was skipped
  std::string label;          ///< Scenario::label after preparing
  std::vector<Block> blocks;  ///< those finished; also of a cancelled run

  /// Median of the blocks' medians, ms; 0 without blocks, as the others.
  [[nodiscard]] double medianMs() const;
  [[nodiscard]] double minMs() const;
  [[nodiscard]] double maxMs() const;
  /// Voxel bytes and frames a second, at the median time.
  [[nodiscard]] double bytesPerSecond() const;
  [[nodiscard]] double volumesPerSecond() const;
  /// Largest of the blocks' peaks.
  [[nodiscard]] std::optional<std::uint64_t> peakRss() const;
};

/// The exact counters of a block a repetition, by their names in result files; without those that are not known.
[[nodiscard]] std::map<std::string, double> exactCounters(const Block& block);

[[nodiscard]] std::string_view statusName(RunStatus status);

}  // namespace voxmark::profiling
