#pragma once

#include <optional>
#include <string>

namespace voxmark::profiling {

/// Share of a file's pages that are in the page cache, 0…1, as mincore sees it; empty where it cannot be told.
[[nodiscard]] std::optional<double> residentShare(const std::string& path);

/// Asks the system to drop a file from the page cache: what is not written yet is written first, for a page that is
/// dirty, or mapped by a process, stays. Returns the share that is still there: only 0 proves that the next read is
/// cold.
std::optional<double> dropFromPageCache(const std::string& path);

}  // namespace voxmark::profiling
