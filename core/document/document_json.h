#pragma once

#include <nlohmann/json.hpp>

#include "core/document/document.h"

// The parts of a session file. What a file lacks keeps its default, so that older sessions open; a field of the wrong
// type throws nlohmann::json::exception, which documentFromJson turns into an Error.
namespace voxmark::document_json {

[[nodiscard]] nlohmann::json write(const LayerDisplay& display);
[[nodiscard]] LayerDisplay readDisplay(const nlohmann::json& in);
[[nodiscard]] nlohmann::json write(const ViewsState& views);
[[nodiscard]] ViewsState readViews(const nlohmann::json& in);
[[nodiscard]] nlohmann::json write(const Mark& mark);
[[nodiscard]] Mark readMark(const nlohmann::json& in);

/// Sets `value` where the object has the field.
template <typename T>
void take(const nlohmann::json& in, const char* field, T& value) {
  const auto found = in.find(field);
  if (found != in.end()) found->get_to(value);
}

}  // namespace voxmark::document_json
