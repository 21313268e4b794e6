#pragma once

#include <string>
#include <vector>

#include "core/profiling/run_result.h"

namespace voxmark::profiling {

/// The results in Google Benchmark's JSON form: a row a block, times in milliseconds, counters as flat numbers; failed
/// scenarios as rows with error_occurred; what the machine was under context.voxmark. Numbers that are not finite are
/// left out.
[[nodiscard]] std::string toJson(const std::vector<RunResult>& results, const std::string& dataFile);
/// Writes it beside `path` and renames. Throws Error(Io).
void writeResults(const std::string& path, const std::vector<RunResult>& results, const std::string& dataFile);
/// Reads rows back: names, status and block medians. Throws Error(NotFound, Format).
[[nodiscard]] std::vector<RunResult> readResults(const std::string& path);

}  // namespace voxmark::profiling
