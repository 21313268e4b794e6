#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace voxmark {

/// Where this user's derived data are kept that can be made again: VOXMARK_CACHE_DIR, else voxmark in the XDG cache
/// folder. With a slash at its end; it need not exist. Empty where nothing is to be kept, or where there is no home.
[[nodiscard]] std::optional<std::string> cacheFolder();

/// Bytes on the disk of what the cache holds of files that were opened: indices of packed ones, thumbnails. Not the
/// documents kept for recovery.
[[nodiscard]] std::uint64_t cacheBytes();

/// Deletes that. What cannot be deleted stays.
void clearCache();

/// Leaves the cache alone from now on: neither read nor written.
void disableCache();

}  // namespace voxmark
