#include "core/ops/operations_fields.h"

namespace voxmark {
namespace {

using nlohmann::json;
using operation_fields::field;
using operation_fields::fieldOr;

constexpr std::pair<Interpolation, std::string_view> kInterpolations[] = {
    {Interpolation::Nearest, "nearest"}, {Interpolation::Linear, "linear"}, {Interpolation::Cubic, "cubic"}};

json gridJson(const Geometry& grid) {
  return {{"size", grid.size}, {"spacing", grid.spacing}, {"origin", grid.origin}, {"direction", grid.direction}};
}

Geometry gridFromJson(const json& in) {
  const Geometry found{field<Index3>(in, "size", "three whole numbers"), field<Vec3>(in, "spacing", "three numbers"),
                       field<Vec3>(in, "origin", "three numbers"), field<Mat3>(in, "direction", "nine numbers")};
  Geometry checked = found;
  Mat3 columns{};
  for (std::size_t n = 0; n < 9; ++n) columns[n] = found.direction[n] * found.spacing[n % 3];
  if (!setAffine(checked, columns, found.origin)) {
    throw Error(ErrorCode::Format, "pipeline step: field 'grid' is wrong (its axes do not span a volume)");
  }
  return found;
}

void write(const Resample& resample, json& out) {
  if (resample.spacing) out["spacing"] = *resample.spacing;
  if (resample.shape) out["shape"] = *resample.shape;
  if (!resample.like.empty()) {
    out["like"] = resample.like;
  } else if (resample.grid) {
    out["grid"] = gridJson(*resample.grid);
  }
  out["interpolation"] = interpolationName(resample.interpolation);
  if (resample.fill != 0) out["fill"] = resample.fill;
}

Resample readResample(const json& in) {
  Resample out;
  if (in.contains("spacing")) out.spacing = field<Vec3>(in, "spacing", "three numbers");
  if (in.contains("shape")) out.shape = field<Index3>(in, "shape", "three whole numbers");
  if (in.contains("grid")) out.grid = gridFromJson(in.at("grid"));
  out.like = fieldOr<std::string>(in, "like", "the name of a file", {});
  out.interpolation =
      parseInterpolation(fieldOr<std::string>(in, "interpolation", "nearest, linear or cubic", "linear"));
  out.fill = fieldOr<double>(in, "fill", "a number", 0);
  return out;
}

void write(const HistogramMatch& match, json& out) {
  if (match.nonzero) out["nonzero"] = true;
  if (!match.file.empty()) {
    out["file"] = match.file;
    return;
  }
  json& landmarks = out["landmarks"] = json::array();
  for (const QuantileLandmark& one : match.landmarks) landmarks.push_back({one.percent, one.value});
}

HistogramMatch readMatch(const json& in) {
  HistogramMatch out;
  out.file = fieldOr<std::string>(in, "file", "the name of a file", {});
  out.nonzero = fieldOr<bool>(in, "nonzero", "true or false", false);
  const auto pairs = fieldOr<std::vector<std::array<double, 2>>>(in, "landmarks", "pairs of a percent and a value", {});
  for (const auto& [percent, value] : pairs) out.landmarks.push_back({percent, value});
  return out;
}

}  // namespace

std::string_view interpolationName(Interpolation interpolation) {
  for (const auto& [value, name] : kInterpolations) {
    if (value == interpolation) return name;
  }
  return "linear";
}

Interpolation parseInterpolation(std::string_view text) {
  for (const auto& [value, name] : kInterpolations) {
    if (name == text) return value;
  }
  throw Error(ErrorCode::Usage,
              fmt::format("the interpolation is wrong (expected nearest, linear or cubic, found '{}')", text));
}

void writeGridOperation(const Operation& operation, json& out) {
  if (const auto* resample = std::get_if<Resample>(&operation)) {
    write(*resample, out);
  } else if (const auto* fit = std::get_if<FitShape>(&operation)) {
    out["shape"] = fit->shape;
    if (fit->fill != 0) out["fill"] = fit->fill;
  } else if (const auto* smooth = std::get_if<Smooth>(&operation)) {
    out["sigma"] = smooth->sigma;
  } else if (const auto* mask = std::get_if<CropToMask>(&operation)) {
    if (!mask->file.empty()) out["file"] = mask->file;
  } else if (const auto* match = std::get_if<HistogramMatch>(&operation)) {
    write(*match, out);
  }
}

std::optional<Operation> readGridOperation(const std::string& key, const json& in) {
  if (key == "resample") return readResample(in);
  if (key == "fit") {
    return FitShape{field<Index3>(in, "shape", "three whole numbers"), fieldOr<double>(in, "fill", "a number", 0)};
  }
  if (key == "smooth") return Smooth{field<double>(in, "sigma", "a number of mm")};
  if (key == "cropToMask") return CropToMask{fieldOr<std::string>(in, "file", "the name of a file", {}), {}, {}};
  if (key == "match") return readMatch(in);
  return std::nullopt;
}

}  // namespace voxmark
