#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/operations.h"
#include "core/ops/operations_fields.h"

namespace voxmark {
namespace {

using nlohmann::json;
using operation_fields::field;
using operation_fields::fieldOr;

std::string_view methodName(NormalizeMethod method) {
  switch (method) {
    case NormalizeMethod::ZScore:
      return "zscore";
    case NormalizeMethod::MinMax:
      return "minmax";
    case NormalizeMethod::Percentile:
      return "percentile";
    case NormalizeMethod::Robust:
      return "robust";
    case NormalizeMethod::Window:
      break;
  }
  return "window";
}

std::optional<NormalizeMethod> parseMethod(std::string_view name) {
  for (NormalizeMethod method : {NormalizeMethod::ZScore, NormalizeMethod::MinMax, NormalizeMethod::Percentile,
                                 NormalizeMethod::Window, NormalizeMethod::Robust}) {
    if (methodName(method) == name) return method;
  }
  return std::nullopt;
}

/// Comma-separated finite numbers; empty where the text is anything else.
std::vector<double> numbers(std::string_view text) {
  std::vector<double> out;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end) {
    double value = 0;
    const auto [next, problem] = std::from_chars(at, end, value);
    if (problem != std::errc{} || !std::isfinite(value)) return {};
    out.push_back(value);
    at = next;
    if (at == end) return out;
    if (*at != ',' || ++at == end) return {};
  }
  return out;
}

Error bad(std::string_view what, std::string_view expected, std::string_view found) {
  return Error(ErrorCode::Usage, fmt::format("{} is wrong (expected {}, found '{}')", what, expected, found));
}

Region regionOf(const std::vector<double>& v) {
  Region region;
  for (std::size_t a = 0; a < 3; ++a) {
    region.start[a] = static_cast<std::int64_t>(v[a]);
    region.size[a] = static_cast<std::int64_t>(v[3 + a]);
  }
  return region;
}

bool wholeNumbers(const std::vector<double>& v) {
  for (double value : v) {
    if (value != std::floor(value) || std::abs(value) > 1e15) return false;
  }
  return true;
}

}  // namespace

json toJson(const Operation& operation) {
  json out{{"op", operationKey(operation)}};
  if (const auto* crop = std::get_if<Crop>(&operation)) {
    const Region& r = crop->region;
    out["region"] = {r.start[0], r.start[1], r.start[2], r.size[0], r.size[1], r.size[2]};
  } else if (const auto* reorient = std::get_if<Reorient>(&operation)) {
    out["to"] = reorient->letters;
  } else if (const auto* normalize = std::get_if<Normalize>(&operation)) {
    out["method"] = methodName(normalize->method);
    if (normalize->method == NormalizeMethod::Percentile) out["percentiles"] = {normalize->first, normalize->second};
    if (normalize->method == NormalizeMethod::Window) out["window"] = {normalize->first, normalize->second};
    if (normalize->nonzero) out["nonzero"] = true;
    if (!normalize->mask.empty()) out["mask"] = normalize->mask;
  } else if (const auto* clamp = std::get_if<Clamp>(&operation)) {
    out["range"] = {clamp->low, clamp->high};
  } else if (const auto* scale = std::get_if<ScaleShift>(&operation)) {
    out["scale"] = scale->scale;
    out["shift"] = scale->shift;
  } else if (const auto* cast = std::get_if<Cast>(&operation)) {
    out["type"] = pixelTypeName(cast->type);
  } else {
    writeGridOperation(operation, out);
  }
  return out;
}

Operation operationFromJson(const json& object) {
  const auto key = field<std::string>(object, "op", "the name of an operation");
  if (key == "crop") {
    const auto box = field<std::vector<double>>(object, "region", "six whole numbers");
    if (box.size() != 6 || !wholeNumbers(box)) {
      throw Error(ErrorCode::Format, "pipeline step: field 'region' is wrong (expected six whole numbers)");
    }
    return Crop{regionOf(box)};
  }
  if (key == "reorient") return Reorient{field<std::string>(object, "to", "three letters")};
  if (key == "normalize") {
    const auto name = field<std::string>(object, "method", "zscore, robust, minmax, percentile or window");
    const auto method = parseMethod(name);
    if (!method) {
      throw Error(ErrorCode::Format,
                  fmt::format("pipeline step: field 'method' is wrong (expected zscore, robust, minmax, "
                              "percentile or window, found {})",
                              name));
    }
    Normalize out{*method, 0, 0, fieldOr<bool>(object, "nonzero", "true or false", false)};
    out.mask = fieldOr<std::string>(object, "mask", "the name of a file", {});
    if (*method == NormalizeMethod::Percentile || *method == NormalizeMethod::Window) {
      const auto pair = field<std::array<double, 2>>(
          object, *method == NormalizeMethod::Window ? "window" : "percentiles", "two numbers");
      out.first = pair[0];
      out.second = pair[1];
    }
    return out;
  }
  if (key == "clamp") {
    const auto range = field<std::array<double, 2>>(object, "range", "two numbers");
    return Clamp{range[0], range[1]};
  }
  if (key == "scale") {
    return ScaleShift{field<double>(object, "scale", "a number"), field<double>(object, "shift", "a number")};
  }
  if (key == "cast") return parseCast(field<std::string>(object, "type", "a pixel type such as f32"));
  if (const auto other = readGridOperation(key, object)) return *other;
  throw Error(ErrorCode::Format, fmt::format("pipeline step: there is no operation '{}'", key));
}

json toJson(const Pipeline& pipeline) {
  json steps = json::array();
  for (const Operation& operation : pipeline) steps.push_back(toJson(operation));
  return {{"voxmarkPipeline", 1}, {"steps", steps}};
}

Pipeline pipelineFromJson(const json& object) {
  if (!object.is_object() || !object.contains("voxmarkPipeline") || !object.contains("steps") ||
      !object.at("steps").is_array()) {
    throw Error(ErrorCode::Format, "this is no pipeline (expected an object with voxmarkPipeline and steps)");
  }
  Pipeline out;
  for (const json& step : object.at("steps")) {
    Operation operation = operationFromJson(step);
    if (fieldOr<bool>(step, "enabled", "true or false", true)) out.push_back(std::move(operation));
  }
  return out;
}

Crop parseCrop(std::string_view text) {
  const auto v = numbers(text);
  if (v.size() != 6 || !wholeNumbers(v)) throw bad("--crop", "x,y,z,dx,dy,dz in voxels", text);
  return Crop{regionOf(v)};
}

Normalize parseNormalize(std::string_view text) {
  constexpr std::string_view kExpected = "zscore, robust, minmax, percentile:lo,hi or window:W,L";
  const auto colon = text.find(':');
  const auto method = parseMethod(text.substr(0, colon));
  if (!method) throw bad("--normalize", kExpected, text);
  const bool pair = *method == NormalizeMethod::Percentile || *method == NormalizeMethod::Window;
  if (pair != (colon != std::string_view::npos)) throw bad("--normalize", kExpected, text);
  if (!pair) return Normalize{*method};
  const auto v = numbers(text.substr(colon + 1));
  if (v.size() != 2) throw bad("--normalize", kExpected, text);
  return Normalize{*method, v[0], v[1], false};
}

Clamp parseClamp(std::string_view text) {
  const auto v = numbers(text);
  if (v.size() != 2) throw bad("--clamp", "lo,hi", text);
  return Clamp{v[0], v[1]};
}

Vec3 parseSpacing(std::string_view text) {
  const auto v = numbers(text);
  if (v.size() != 3) throw bad("--spacing", "sx,sy,sz in mm", text);
  return {v[0], v[1], v[2]};
}

Index3 parseShape(std::string_view text) {
  const auto v = numbers(text);
  if (v.size() != 3 || !wholeNumbers(v)) throw bad("the shape", "nx,ny,nz in voxels", text);
  return {static_cast<std::int64_t>(v[0]), static_cast<std::int64_t>(v[1]), static_cast<std::int64_t>(v[2])};
}

Cast parseCast(std::string_view text) {
  const auto type = parsePixelType(text);
  if (!type) throw bad("pixel type", "u8 i8 u16 i16 u32 i32 u64 i64 f16 bf16 f32 f64", text);
  return Cast{*type};
}

}  // namespace voxmark
