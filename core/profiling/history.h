#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/profiling/environment.h"
#include "core/profiling/run_result.h"

namespace voxmark::profiling {

/// One run of one scenario on one machine.
struct HistoryPoint {
  std::string date;     ///< "2026-03-01T12:00:00+0100"
  std::string commit;   ///< of the program that ran; may be empty
  std::string version;  ///< of the program that ran
  std::string name;     ///< of the scenario
  double medianMs = 0;  ///< of the blocks
  double lowMs = 0;     ///< smallest and largest block
  double highMs = 0;
  std::uint64_t blocks = 0;
  std::optional<std::uint64_t> peakRss;
  std::string note;
};

/// A file of its own for each machine ("reading-room-1a2b3c4d.jsonl"), a line of JSON a point. It is only ever added
/// to: lines that cannot be read, such as one that was cut off when the power went, are skipped and counted.
struct History {
  std::string machine;  ///< the file's name without its ending
  std::vector<HistoryPoint> points;
  std::size_t unreadable = 0;  ///< lines
};

/// Where histories are kept: VOXMARK_HISTORY_DIR, else voxmark/history in the XDG state folder (~/.local/state). Empty
/// where there is no home.
[[nodiscard]] std::optional<std::string> historyFolder();
/// The machine that an environment is of: host name, processor and number of processors.
[[nodiscard]] std::string machineKey(const Environment& environment);

/// Adds the measured ones of `results` to the machine's file, with a single write. `note` goes with each point.
/// Returns the file. Throws Error(Io).
std::string appendHistory(const std::string& folder, const std::vector<RunResult>& results,
                          const Environment& environment, const std::string& note = {});
/// Every machine's history in a folder, sorted by name; none where there is no such folder. Throws Error(Io).
[[nodiscard]] std::vector<History> readHistories(const std::string& folder);
/// The points of one scenario, oldest first.
[[nodiscard]] std::vector<HistoryPoint> pointsOf(const History& history, const std::string& name);
/// The names of its scenarios, in the order in which they first appear.
[[nodiscard]] std::vector<std::string> namesOf(const History& history);

}  // namespace voxmark::profiling
