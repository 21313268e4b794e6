#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/operations.h"

namespace voxmark {

namespace operation_fields {

/// A field of a pipeline step. Throws Error(Format) naming it.
template <typename T>
T field(const nlohmann::json& object, const char* name, const char* expected) {
  try {
    return object.at(name).get<T>();
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorCode::Format, fmt::format("pipeline step: field '{}' is wrong (expected {}, found {})", name,
                                               expected, object.contains(name) ? object.at(name).dump() : "nothing"));
  }
}

/// As field; `otherwise` where there is none.
template <typename T>
T fieldOr(const nlohmann::json& object, const char* name, const char* expected, T otherwise) {
  return object.contains(name) ? field<T>(object, name, expected) : otherwise;
}

}  // namespace operation_fields

/// The JSON of Resample, FitShape, Smooth, CropToMask and HistogramMatch, beside their key.
void writeGridOperation(const Operation& operation, nlohmann::json& out);
/// Nothing for a key that is none of theirs.
[[nodiscard]] std::optional<Operation> readGridOperation(const std::string& key, const nlohmann::json& object);

}  // namespace voxmark
