#pragma once

#include <string>
#include <string_view>

namespace voxmark {

/// Text from elsewhere (a header, a file's name) as it may be shown on a terminal, in a label and in JSON: every
/// control character and every byte that is not UTF-8 becomes '?'.
[[nodiscard]] std::string oneLine(std::string_view text);

}  // namespace voxmark
