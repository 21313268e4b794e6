#include "core/io/cache_folder.h"

#include <atomic>
#include <cstdlib>

namespace voxmark {
namespace {

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

void disableCache() {
  disabled().store(true);
}

}  // namespace voxmark
