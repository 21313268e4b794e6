#pragma once

#include <string>
#include <vector>

#include "core/profiling/comparison.h"
#include "core/profiling/result_file.h"

namespace voxmark::profiling {

/// Reports on result files side by side: ours, and others' in the same form. The first is what the others are compared
/// with. "Fastest" is said only where the interval allows it.
[[nodiscard]] std::string markdownReport(const std::vector<ResultFile>& files, const CompareOptions& options = {});
/// A line a block: scenario, file, block, real_ms, cpu_ms, bytes_per_second, peak_rss, status; quoted as RFC 4180 says.
[[nodiscard]] std::string csvReport(const std::vector<ResultFile>& files);
/// One page without any other file: tables, charts and how the environments differ.
[[nodiscard]] std::string htmlReport(const std::vector<ResultFile>& files, const CompareOptions& options = {});
/// Of two files the forest plot, of one the blocks of its scenarios.
[[nodiscard]] std::string svgReport(const std::vector<ResultFile>& files, const CompareOptions& options = {});

/// Writes the one that the name's ending asks for: .md, .csv, .html or .svg. Throws Error: Usage, Io.
void writeReport(const std::string& path, const std::vector<ResultFile>& files, const CompareOptions& options = {});

}  // namespace voxmark::profiling
