#pragma once

#include <string>
#include <vector>

#include "core/profiling/environment.h"
#include "core/profiling/run_result.h"

namespace voxmark::profiling {

/// The results in Google Benchmark's JSON form: a row a block, times in milliseconds, counters as flat numbers; failed
/// scenarios as rows with error_occurred; what the machine was under context.voxmark. Numbers that are not finite are
/// left out.
[[nodiscard]] std::string toJson(const std::vector<RunResult>& results, const std::string& dataFile);
/// Writes it beside `path` and renames. Throws Error(Io).
void writeResults(const std::string& path, const std::vector<RunResult>& results, const std::string& dataFile);

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
