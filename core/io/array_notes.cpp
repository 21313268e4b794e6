#include "core/io/array_notes.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/array_axes.h"
#include "core/io/axis_layout.h"
#include "core/io/field_text.h"

namespace voxmark {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kMostText = 200;

/// Numbers of a list, or of the rows of one, in order. None where there is no such field.
std::vector<double> numbersOf(const std::string& path, const ordered_json& json, const char* name, std::size_t count) {
  const auto found = json.find(name);
  if (found == json.end()) return {};
  std::vector<double> out;
  const auto take = [&](const ordered_json& item) {
    if (!item.is_number() || out.size() == count) {
      throw fieldError(path, name, fmt::format("{} numbers", count), "something else");
    }
    out.push_back(item.get<double>());
  };
  if (!found->is_array()) throw fieldError(path, name, fmt::format("{} numbers", count), "something else");
  for (const ordered_json& item : *found) {
    if (!item.is_array()) take(item);
    if (item.is_array()) std::for_each(item.begin(), item.end(), take);
  }
  if (out.size() != count) {
    throw fieldError(path, name, fmt::format("{} numbers", count), fmt::format("{}", out.size()));
  }
  return out;
}

std::string textOf(const std::string& path, const ordered_json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) return {};
  if (!found->is_string()) throw fieldError(path, name, "text", "something else");
  return printable(found->get<std::string>().substr(0, kMostText));
}

/// The axes where nobody has named them.
std::string guessedAxes(VolumeInfo& info, std::size_t count, const ArrayNotes& notes) {
  const bool nibabel = !notes.affine.empty() && notes.spacing.empty() && (count == 3 || count == 4);
  const std::string names = nibabel ? (count == 3 ? "i j k" : "i j k frame") : usualAxes(count);
  if (names.empty()) {
    throw fileError(ErrorCode::Unsupported, info.path,
                    fmt::format("an array of {} axes is not supported (expected 1 to 5)", count));
  }
  info.warnings.push_back(
      fmt::format("the axes are not named: ({}) taken{}", names, nibabel ? ", as an affine is there" : ""));
  return names;
}

Vec3 triple(const std::vector<double>& values, const Vec3& otherwise) {
  return values.size() == 3 ? Vec3{values[0], values[1], values[2]} : otherwise;
}

bool unitColumns(const Mat3& m) {
  for (std::size_t a = 0; a < 3; ++a) {
    const double length = std::sqrt(m[a] * m[a] + m[3 + a] * m[3 + a] + m[6 + a] * m[6 + a]);
    if (!(std::abs(length - 1) < 1e-6)) return false;
  }
  return true;
}

void setFromAffine(VolumeInfo& info, const std::vector<double>& affine) {
  Mat3 columns{};
  Vec3 origin{};
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1.0 : 1.0;  // RAS to LPS
    for (std::size_t axis = 0; axis < 3; ++axis) columns[3 * row + axis] = sign * affine[4 * row + axis];
    origin[row] = sign * affine[4 * row + 3] + 0.0;
  }
  setDirections(info, columns, origin);
}

void setFromNotes(VolumeInfo& info, const ArrayNotes& notes) {
  Geometry& g = info.geometry;
  if (notes.spacing.empty() && notes.direction.empty() && notes.origin.empty()) {
    if (!notes.affine.empty()) {
      setFromAffine(info, notes.affine);
    } else {
      info.warnings.emplace_back("no geometry is known: voxels of 1 mm and straight axes taken");
    }
    return;
  }
  g.spacing = triple(notes.spacing, {1, 1, 1});
  g.origin = triple(notes.origin, {0, 0, 0});
  if (notes.spacing.empty()) info.warnings.emplace_back("no spacing is given: voxels of 1 mm taken");
  if (!notes.direction.empty()) std::copy_n(notes.direction.begin(), 9, g.direction.begin());
  // Kept bit for bit where it can be; what is not made of unit vectors is made so.
  if (unitColumns(g.direction)) {
    warnOfShear(info);
    return;
  }
  Mat3 columns = g.direction;
  for (std::size_t n = 0; n < 9; ++n) columns[n] *= g.spacing[n % 3];
  setDirections(info, columns, g.origin);
  info.warnings.emplace_back("the directions were no unit vectors: their lengths are taken into the spacing");
}

}  // namespace

std::array<double, 16> rasAffine(const Geometry& g) {
  std::array<double, 16> out{};
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1.0 : 1.0;  // LPS to RAS
    for (std::size_t axis = 0; axis < 3; ++axis) {
      out[4 * row + axis] = sign * g.direction[3 * row + axis] * g.spacing[axis] + 0.0;
    }
    out[4 * row + 3] = sign * g.origin[row] + 0.0;
  }
  out[15] = 1;
  return out;
}

ordered_json arrayNotesJson(const VolumeInfo& info) {
  const auto affine = rasAffine(info.geometry);
  ordered_json rows = ordered_json::array();
  for (std::size_t row = 0; row < 4; ++row) {
    rows.push_back(std::vector<double>(affine.begin() + static_cast<std::ptrdiff_t>(4 * row),
                                       affine.begin() + static_cast<std::ptrdiff_t>(4 * row + 4)));
  }
  ordered_json out{{kNotesMark, kVersion},
                   {"axes", arrayAxes(info)},
                   {"spacing", info.geometry.spacing},
                   {"origin", info.geometry.origin},
                   {"direction", info.geometry.direction},
                   {"orientation", orientationOf(info.geometry)},
                   {"space", "LPS mm"},
                   {"affine", rows},
                   {"affineSpace", "RAS mm"}};
  if (info.frames > 1 && info.frameSpacing > 0) out["frameSpacing"] = info.frameSpacing;
  if (info.frames > 1 && !info.frameUnit.empty()) out["frameUnit"] = printable(info.frameUnit);
  return out;
}

ArrayNotes arrayNotesFrom(const std::string& path, const ordered_json& json) {
  ArrayNotes out;
  out.axes = textOf(path, json, "axes");
  out.spacing = numbersOf(path, json, "spacing", 3);
  out.origin = numbersOf(path, json, "origin", 3);
  out.direction = numbersOf(path, json, "direction", 9);
  out.affine = numbersOf(path, json, "affine", 16);
  out.frameUnit = textOf(path, json, "frameUnit");
  if (const auto found = json.find("frameSpacing"); found != json.end() && found->is_number()) {
    out.frameSpacing = found->get<double>();
  }
  return out;
}

void describeArray(RawLayout& layout, const std::vector<std::int64_t>& shape, bool firstFastest,
                   const ArrayNotes& notes) {
  VolumeInfo& info = layout.info;
  placeArrayAxes(layout, shape, notes.axes.empty() ? guessedAxes(info, shape.size(), notes) : notes.axes, firstFastest);
  setFromNotes(info, notes);
  if (info.frames > 1 && std::isfinite(notes.frameSpacing) && notes.frameSpacing > 0) {
    info.frameSpacing = notes.frameSpacing;
    info.frameUnit = notes.frameUnit;
  }
  validate(info);
}

}  // namespace voxmark
