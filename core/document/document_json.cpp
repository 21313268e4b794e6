#include "core/document/document_json.h"

#include "core/base/one_line.h"

namespace voxmark::document_json {

Error wrong(const std::string& field, const std::string& expected, const nlohmann::json& found) {
  constexpr std::size_t kLongest = 60;
  std::string text =
      found.is_structured() ? found.type_name() : found.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "…";
  return fieldError({}, field, expected, oneLine(text));
}

}  // namespace voxmark::document_json
