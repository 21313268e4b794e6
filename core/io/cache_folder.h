#pragma once

#include <optional>
#include <string>

namespace voxmark {

/// Where this user's derived data are kept that can be made again: VOXMARK_CACHE_DIR, else voxmark in the XDG cache
/// folder. With a slash at its end; it need not exist. Empty where nothing is to be kept, or where there is no home.
[[nodiscard]] std::optional<std::string> cacheFolder();

/// Leaves the cache alone from now on: neither read nor written.
void disableCache();

}  // namespace voxmark
