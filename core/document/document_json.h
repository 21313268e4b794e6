#pragma once

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/document/document.h"

// The parts of a session file. What a file lacks keeps its default, so that older sessions open; one that
// is needed throws nlohmann::json::exception, which documentFromJson turns into an Error.
namespace voxmark::document_json {

[[nodiscard]] nlohmann::json write(const LayerDisplay& display);
[[nodiscard]] LayerDisplay readDisplay(const nlohmann::json& in);
[[nodiscard]] nlohmann::json write(const ViewsState& views);
[[nodiscard]] ViewsState readViews(const nlohmann::json& in);
[[nodiscard]] nlohmann::json write(const Mark& mark);
[[nodiscard]] Mark readMark(const nlohmann::json& in);

/// The error of a field that is not what it should be.
[[nodiscard]] Error wrong(const std::string& field, const std::string& expected, const nlohmann::json& found);

/// Gets a value of exactly its type: whole numbers that fit, finite ones, the names of an enumeration, lists of the
/// right length. Throws Error(Format) naming the field.
template <typename T>
void assign(const nlohmann::json& in, const std::string& field, T& value);

template <typename T>
void assignElements(const nlohmann::json& in, const std::string& field, T& elements) {
  for (std::size_t n = 0; n < in.size(); ++n) assign(in[n], field, elements[n]);
}

template <typename T>
inline constexpr bool isVector = false;
template <typename T>
inline constexpr bool isVector<std::vector<T>> = true;

template <typename T>
void assign(const nlohmann::json& in, const std::string& field, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!in.is_boolean()) throw wrong(field, "true or false", in);
    value = in.get<bool>();
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!in.is_string()) throw wrong(field, "a text", in);
    value = in.get<std::string>();
  } else if constexpr (std::is_integral_v<T>) {
    const bool inRange = in.is_number_unsigned() ? std::in_range<T>(in.get<std::uint64_t>())
                                                 : in.is_number_integer() && std::in_range<T>(in.get<std::int64_t>());
    if (!inRange) throw wrong(field, "a whole number in range", in);
    value = static_cast<T>(in.get<std::int64_t>());
  } else if constexpr (std::is_floating_point_v<T>) {
    if (!in.is_number() || !std::isfinite(in.get<double>())) throw wrong(field, "a number", in);
    value = in.get<double>();
  } else if constexpr (std::is_enum_v<T>) {
    in.get_to(value);  // gives its first for what it does not know
    if (nlohmann::json(value) != in) throw wrong(field, "one of the names that it can have", in);
  } else if constexpr (isVector<T>) {
    if (!in.is_array()) throw wrong(field, "a list", in);
    value.resize(in.size());
    assignElements(in, field, value);
  } else {
    if (!in.is_array() || in.size() != value.size()) {
      throw wrong(field, std::to_string(value.size()) + " numbers", in);
    }
    assignElements(in, field, value);
  }
}

/// Sets `value` where the object has the field.
template <typename T>
void take(const nlohmann::json& in, const char* field, T& value) {
  const auto found = in.find(field);
  if (found != in.end()) assign(*found, field, value);
}

/// As take, of what must be there.
template <typename T>
void need(const nlohmann::json& in, const char* field, T& value) {
  assign(in.at(field), field, value);
}

}  // namespace voxmark::document_json
