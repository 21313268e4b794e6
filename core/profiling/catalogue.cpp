#include "core/profiling/catalogue.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/bounded_json.h"
#include "core/ops/operations.h"
#include "core/profiling/preset.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostScenarios = 10000;  // of one entry: a slip of axes must not fill the memory

/// One entry of a file, for messages.
struct Entry {
  const std::string& path;
  std::size_t number;
  const Json& json;

  [[nodiscard]] Error wrong(const std::string& field, const std::string& expected, const std::string& found) const {
    return fieldError(path, fmt::format("scenarios[{}].{}", number, field), expected, found);
  }
  [[nodiscard]] std::string text(const char* field, const std::string& otherwise) const {
    const auto found = json.find(field);
    if (found == json.end()) return otherwise;
    if (!found->is_string()) throw wrong(field, "text", found->dump());
    return found->get<std::string>();
  }
  [[nodiscard]] std::vector<std::string> texts(const char* field) const {
    const auto found = json.find(field);
    if (found == json.end()) return {};
    std::vector<std::string> out;
    for (const Json& one : found->is_array() ? *found : Json::array()) {
      if (one.is_string()) out.push_back(one.get<std::string>());
    }
    if (out.empty() || out.size() != found->size()) throw wrong(field, "a list of texts", found->dump());
    return out;
  }
};

/// The values of one axis: texts or whole numbers, one or a list.
std::vector<std::string> valuesOf(const Entry& entry, const std::string& axis, const Json& given) {
  std::vector<std::string> out;
  for (const Json& one : given.is_array() ? given : Json::array({given})) {
    if (one.is_string() && !one.get<std::string>().empty()) {
      out.push_back(one.get<std::string>());
    } else if (one.is_number_integer()) {
      out.push_back(std::to_string(one.get<std::int64_t>()));
    } else {
      throw entry.wrong("axes." + axis, "texts or whole numbers", one.dump());
    }
  }
  if (out.empty()) throw entry.wrong("axes." + axis, "one value or more", "none");
  return out;
}

void checkValue(const Entry& entry, const std::string& axis, const std::string& value) {
  static const std::map<std::string, std::set<std::string>> kAllowed{
      {"cache", {"warm", "cold"}},
      {"way", {"full", "first"}},
      {"memory", {"pageable", "pinned"}},
      {"content", {"mr", "ct", "labels"}},
      {"plane", {"axial", "coronal", "sagittal"}},
      {"interpolation", {"nearest", "linear", "cubic"}},
      {"container", {"nii", "nii_gz", "nrrd", "mha", "npy", "npz", "safetensors"}}};
  const auto allowed = kAllowed.find(axis);
  if (allowed != kAllowed.end() && allowed->second.count(value) == 0) {
    throw entry.wrong("axes." + axis, fmt::format("{}", fmt::join(allowed->second, ", ")), value);
  }
  try {
    const bool extent = axis == "shape" || axis == "box" || (axis == "to" && entry.json.at("kind") == "resample");
    if (extent) (void)parseExtent(value);
    if (axis == "method") (void)parseNormalize(value);
  } catch (const Error& error) {
    throw entry.wrong("axes." + axis, "a value that fits", error.what());
  }
  const bool type = axis == "type" || (axis == "to" && entry.json.at("kind") != "resample");
  if (type && !parsePixelType(value)) throw entry.wrong("axes." + axis, "a pixel type such as i16", value);
}

void multiply(const Entry& entry, const KindInfo& kind, std::vector<ScenarioSpec>& specs) {
  const auto axes = entry.json.find("axes");
  if (axes == entry.json.end()) return;
  if (!axes->is_object()) throw entry.wrong("axes", "an object", axes->dump());
  for (const auto& [axis, given] : axes->items()) {
    const auto has = [name = std::string_view(axis)](const std::vector<std::string_view>& parts) {
      return std::find(parts.begin(), parts.end(), name) != parts.end();
    };
    if (!has(kind.parts) && !has(kind.optionalParts)) {
      throw entry.wrong("axes", fmt::format("an axis of {}", kind.kind), axis);
    }
    std::vector<ScenarioSpec> next;
    for (const ScenarioSpec& spec : specs) {
      for (const std::string& value : valuesOf(entry, axis, given)) {
        checkValue(entry, axis, value);
        next.push_back(spec);
        next.back().axes[axis] = value;
      }
    }
    if (next.size() > kMostScenarios) throw entry.wrong("axes", "at most 10000 scenarios", "more");
    specs = std::move(next);
  }
}

void checkFields(const Entry& entry) {
  static const std::set<std::string> kFields{"kind",  "axes", "seed",    "file",    "from",     "suites",
                                             "steps", "note", "measure", "command", "tolerance"};
  for (const auto& [field, value] : entry.json.items()) {
    if (kFields.count(field) == 0) throw entry.wrong(field, fmt::format("one of {}", fmt::join(kFields, ", ")), field);
  }
}

ScenarioSpec commonOf(const Entry& entry, const std::string& kind) {
  ScenarioSpec spec;
  spec.kind = kind;
  spec.file = entry.text("file", "");
  spec.from = entry.text("from", "quick");
  (void)presetRank(spec.from);
  spec.suites = entry.texts("suites");
  spec.command = entry.texts("command");
  spec.here = std::filesystem::path(entry.path).parent_path().string();
  spec.measure = entry.text("measure", "process");
  if (spec.measure != "process" && spec.measure != "json") {
    throw entry.wrong("measure", "process or json", spec.measure);
  }
  if (const auto seed = entry.json.find("seed"); seed != entry.json.end()) {
    if (!seed->is_number_unsigned()) throw entry.wrong("seed", "a whole number", seed->dump());
    spec.seed = seed->get<std::uint64_t>();
  }
  if (const auto tolerance = entry.json.find("tolerance"); tolerance != entry.json.end()) {
    if (!tolerance->is_number() || !(tolerance->get<double>() > 0)) {
      throw entry.wrong("tolerance", "a percentage above 0", tolerance->dump());
    }
    spec.tolerancePercent = tolerance->get<double>();
  }
  if (const auto steps = entry.json.find("steps"); steps != entry.json.end()) {
    spec.steps = steps->dump();
    (void)pipelineFromJson(nlohmann::json{{"voxmarkPipeline", 1}, {"steps", *steps}});
  }
  if (kind == "pipeline" && spec.steps.empty()) throw entry.wrong("steps", "the steps of a pipeline", "none");
  if (kind == "command" && spec.command.empty()) throw entry.wrong("command", "a program and its arguments", "none");
  return spec;
}

}  // namespace

std::vector<ScenarioSpec> parseCatalogue(const std::string& path, std::string_view text) {
  const Json in = parseBoundedJson(path, "scenarios", text, 12);
  if (!in.is_object() || in.value("voxmarkScenarios", 0) != 1) throw fieldError(path, "voxmarkScenarios", "1", "not");
  for (const auto& [field, value] : in.items()) {
    if (field != "$schema" && field != "voxmarkScenarios" && field != "scenarios" && field != "note") {
      throw fieldError(path, field, "voxmarkScenarios, scenarios or note", field);
    }
  }
  const auto list = in.find("scenarios");
  if (list == in.end() || !list->is_array()) throw fieldError(path, "scenarios", "a list", "none");
  std::vector<ScenarioSpec> out;
  for (std::size_t n = 0; n < list->size(); ++n) {
    const Entry entry{path, n, (*list)[n]};
    if (!entry.json.is_object()) throw entry.wrong("", "an object", entry.json.dump());
    const KindInfo* kind = findKind(entry.text("kind", ""));
    if (kind == nullptr) throw entry.wrong("kind", "a kind of scenario such as load", entry.text("kind", ""));
    checkFields(entry);
    try {
      std::vector<ScenarioSpec> specs{commonOf(entry, std::string(kind->kind))};
      multiply(entry, *kind, specs);
      for (const ScenarioSpec& spec : specs) {
        if (spec.file.empty()) (void)scenarioName(spec);  // of a file the rest follows
      }
      out.insert(out.end(), specs.begin(), specs.end());
    } catch (const Error& error) {
      if (std::string_view(error.what()).find(path) == 0) throw;
      throw fileError(ErrorCode::Format, path, fmt::format("scenarios[{}]: {}", n, error.what()));
    }
  }
  return out;
}

std::vector<ScenarioSpec> readCatalogue(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw fileError(ErrorCode::NotFound, path, "there is no such scenario file");
  std::ostringstream text;
  text << file.rdbuf();
  return parseCatalogue(path, text.str());
}

std::vector<ScenarioSpec> specsOf(const std::vector<ScenarioSpec>& all, const std::string& preset) {
  const std::vector<std::string> suites = suitesOf(all);
  const bool suite = std::find(suites.begin(), suites.end(), preset) != suites.end();
  const int rank = suite ? 0 : presetRank(preset);
  std::vector<ScenarioSpec> out;
  for (const ScenarioSpec& spec : all) {
    const bool mine = std::find(spec.suites.begin(), spec.suites.end(), preset) != spec.suites.end();
    if (suite ? mine : presetRank(spec.from) <= rank) out.push_back(spec);
  }
  return out;
}

std::vector<std::string> suitesOf(const std::vector<ScenarioSpec>& all) {
  std::set<std::string> names;
  for (const ScenarioSpec& spec : all) names.insert(spec.suites.begin(), spec.suites.end());
  return {names.begin(), names.end()};
}

}  // namespace voxmark::profiling
