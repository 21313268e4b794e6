#include "core/profiling/scenario_spec.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/error.h"
#include "core/profiling/builtin_scenarios.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::json;

/// Looks at the fields of one JSON object, and complains about them by name.
class Fields {
 public:
  Fields(const std::string& file, const Json& object, std::initializer_list<std::string_view> allowed)
      : file_(file), object_(object) {
    if (!object.is_object()) throw fieldError(file, "the scenario", "a JSON object", object.type_name());
    for (const auto& [key, value] : object.items()) {
      if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
        throw fieldError(file, "the list of fields", fmt::format("{}", fmt::join(allowed, ", ")), key);
      }
    }
  }
  [[nodiscard]] const Json& at(const std::string& key) const {
    if (!object_.contains(key)) throw fieldError(file_, key, "a value", "nothing");
    return object_.at(key);
  }
  [[nodiscard]] std::string text(const std::string& key) const {
    const Json& value = at(key);
    if (!value.is_string() || value.get<std::string>().empty()) throw fieldError(file_, key, "a text", value.dump());
    return value.get<std::string>();
  }
  [[nodiscard]] std::string oneOf(const std::string& key, std::initializer_list<std::string_view> allowed) const {
    const std::string value = text(key);
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
      throw fieldError(file_, key, fmt::format("{}", fmt::join(allowed, ", ")), value);
    }
    return value;
  }
  [[nodiscard]] int number(const std::string& key, int low, int high) const {
    const Json& value = at(key);
    if (!value.is_number_integer() || value < low || value > high) {
      throw fieldError(file_, key, fmt::format("a whole number from {} to {}", low, high), value.dump());
    }
    return value.get<int>();
  }
  [[nodiscard]] bool has(const std::string& key) const { return object_.contains(key); }

 private:
  const std::string& file_;
  const Json& object_;
};

Json parsed(const std::string& file, std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw fileError(ErrorCode::Format, file, "this is no JSON");
  return json;
}

}  // namespace

ScenarioSpec parseScenarioSpec(const std::string& file, std::string_view text) {
  const Json json = parsed(file, text);
  const Fields fields(file, json, {"voxmarkScenario", "name", "title", "kind", "description", "preset", "parameters"});
  (void)fields.number("voxmarkScenario", 1, 1);
  ScenarioSpec spec;
  spec.name = fields.text("name");
  spec.title = fields.text("title");
  spec.kind = fields.oneOf("kind", {"load", "normalise"});
  spec.description = fields.text("description");
  spec.preset = fields.oneOf("preset", {"quick", "default", "full"});
  const Json& parameters = fields.at("parameters");
  if (spec.kind == "load") {
    (void)Fields(file, parameters, {"cache"}).oneOf("cache", {"warm"});
    return spec;
  }
  const Fields of(file, parameters, {"method", "threads"});
  spec.method = of.oneOf("method", {"zscore", "minmax"});
  if (of.has("threads")) spec.threads = of.number("threads", 1, 1024);
  return spec;
}

const std::vector<ScenarioSpec>& builtinScenarios() {
  static const std::vector<ScenarioSpec> all = [] {
    std::vector<ScenarioSpec> out;
    for (const BuiltinScenario& file : kBuiltinScenarios) out.push_back(parseScenarioSpec(file.name, file.text));
    return out;
  }();
  return all;
}

}  // namespace voxmark::profiling
