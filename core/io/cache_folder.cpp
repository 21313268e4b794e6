#include "core/io/cache_folder.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace voxmark {
namespace {

namespace fs = std::filesystem;

std::atomic<bool>& disabled() {
  static std::atomic<bool> value{false};
  return value;
}

/// A variable of the environment that holds an absolute path. The XDG specification has relative ones ignored.
std::optional<std::string> pathFrom(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || *value != '/') return std::nullopt;
  return std::string(value) + "/";
}

}  // namespace

std::optional<std::string> cacheFolder() {
  if (disabled().load()) return std::nullopt;
  if (const auto own = pathFrom("VOXMARK_CACHE_DIR")) return own;
  if (const auto shared = pathFrom("XDG_CACHE_HOME")) return *shared + "voxmark/";
  if (const auto home = pathFrom("HOME")) return *home + ".cache/voxmark/";
  return std::nullopt;
}

namespace {

std::vector<fs::path> derivedFolders() {
  const auto cache = cacheFolder();
  if (!cache) return {};
  return {*cache + "gzip-index", *cache + "thumbnails"};
}

}  // namespace

std::uint64_t cacheBytes() {
  std::uint64_t bytes = 0;
  for (const fs::path& folder : derivedFolders()) {
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
      std::error_code gone;  // another process may clear it at this moment
      const bool counts = at->is_regular_file(gone);
      const std::uintmax_t size = counts && !gone ? at->file_size(gone) : 0;
      if (!gone) bytes += size;
    }
  }
  return bytes;
}

void clearCache() {
  for (const fs::path& folder : derivedFolders()) {
    std::error_code failed;
    fs::remove_all(folder, failed);
  }
}

void disableCache() {
  disabled().store(true);
}

}  // namespace voxmark
