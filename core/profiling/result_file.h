#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/profiling/conditions.h"
#include "core/profiling/environment.h"
#include "core/profiling/run_result.h"

namespace voxmark::profiling {

/// What a result file says of a run besides what it measured.
struct RunNotes {
  std::string dataFile;  ///< the real input; empty where all inputs are synthetic
  std::string preset;
  std::string gpu;  ///< of the devices that can be used, the first besides the processor
  std::string gpuDriver;
  std::optional<Conditions> before;            ///< of the run; those of the moment of writing where it is not set
  std::map<std::string, std::string> further;  ///< fields of context.voxmark
};

/// The results in Google Benchmark's JSON form: a row a block, times in milliseconds, counters as flat numbers; failed
/// scenarios as rows with error_occurred; what the machine was under context.voxmark. Numbers that are not finite are
/// left out.
[[nodiscard]] std::string toJson(const std::vector<RunResult>& results, const std::string& dataFile);
[[nodiscard]] std::string toJson(const std::vector<RunResult>& results, const RunNotes& notes);
/// Writes it beside `path` and renames. Throws Error(Io).
void writeResults(const std::string& path, const std::vector<RunResult>& results, const std::string& dataFile);
void writeResults(const std::string& path, const std::vector<RunResult>& results, const RunNotes& notes);
/// The context that toJson would write now, as readResultFile gives it.
[[nodiscard]] Environment environmentNow(const RunNotes& notes);

/// A result file: ours, or one that Google Benchmark or another program wrote in its form.
struct ResultFile {
  std::string path;
  Environment environment;
  std::vector<RunResult> results;  ///< a block a row of the file, times converted to milliseconds
};

/// Reads any of them. Rows of one name are blocks of one scenario. Of a benchmark that only has aggregates the median
/// (or the mean) becomes its one block. NaN and Infinity, which Google Benchmark writes, are taken for "not known".
/// Throws Error: NotFound, Io, Format.
[[nodiscard]] ResultFile readResultFile(const std::string& path);
/// The results alone.
[[nodiscard]] std::vector<RunResult> readResults(const std::string& path);

}  // namespace voxmark::profiling
