#include "core/io/bounded_json.h"

#include <set>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/field_text.h"

namespace voxmark {

using nlohmann::ordered_json;

ordered_json parseBoundedJson(const std::string& path, const std::string& what, std::string_view text, int mostDepth) {
  using Event = ordered_json::parse_event_t;
  std::vector<std::set<std::string>> names;  // of the objects that are open
  const auto watch = [&](int depth, Event event, ordered_json& value) {
    if ((event == Event::object_start || event == Event::array_start) && depth >= mostDepth) {
      throw fieldError(path, what, fmt::format("at most {} levels of JSON", mostDepth), "more");
    }
    if (event == Event::object_start) names.emplace_back();
    if (event == Event::object_end) names.pop_back();
    if (event == Event::key && !names.back().insert(value.get<std::string>()).second) {
      throw fieldError(path, what, "every name once",
                       "\"" + printable(value.get<std::string>().substr(0, 60)) + "\" twice");
    }
    return true;
  };
  try {
    return ordered_json::parse(text, watch);
  } catch (const nlohmann::json::exception&) {
    throw fieldError(path, what, "JSON", "\"" + printable(text.substr(0, 60)) + "\"");
  }
}

}  // namespace voxmark
