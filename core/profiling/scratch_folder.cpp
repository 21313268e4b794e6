#include "core/profiling/scratch_folder.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <stdlib.h>

#include "core/base/error.h"

namespace voxmark::profiling {

ScratchFolder::ScratchFolder() {
  std::error_code failed;
  std::filesystem::path base = std::filesystem::temp_directory_path(failed);
  std::string pattern = (failed ? std::filesystem::path("/tmp") : base) / "voxmark-bench-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw fileError(ErrorCode::Io, pattern,
                    fmt::format("no folder can be made for the measurement ({})", strerror(errno)));
  }
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace voxmark::profiling
