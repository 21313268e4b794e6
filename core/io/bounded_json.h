#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace voxmark {

/// JSON from a file that nobody vouches for: at most `mostDepth` objects and lists inside one another, and no name
/// twice in an object, whose meaning would depend on the reader. The caller bounds the text, and with it the memory:
/// about twenty times as much. `what` names the text in messages. Throws Error(Format).
[[nodiscard]] nlohmann::ordered_json parseBoundedJson(const std::string& path, const std::string& what,
                                                      std::string_view text, int mostDepth);

}  // namespace voxmark
