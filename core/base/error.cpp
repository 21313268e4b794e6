#include "core/base/error.h"

#include <fmt/format.h>

#include "core/base/one_line.h"

namespace voxmark {

Error fileError(ErrorCode code, const std::string& path, const std::string& what) {
  return Error(code, oneLine(path.empty() ? what : fmt::format("{}: {}", path, what)));
}

Error fieldError(const std::string& path, const std::string& field, const std::string& expected,
                 const std::string& found) {
  return fileError(ErrorCode::Format, path, fmt::format("{} is wrong (expected {}, found {})", field, expected, found));
}

}  // namespace voxmark
