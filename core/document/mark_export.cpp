#include "core/document/mark_export.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/one_line.h"
#include "core/document/table_text.h"

namespace voxmark {
namespace {

using Json = nlohmann::ordered_json;

/// A measured quantity: its names with and without the unit, and its value where the mark has one.
struct Quantity {
  const char* heading;
  const char* field;
  std::optional<double> value;
};

std::vector<Quantity> quantitiesOf(const MarkTable::Row& row) {
  const MarkSize size = sizeOf(row.mark);
  const auto& region = row.values.region;
  const auto of = [&](auto get) { return region ? std::optional<double>(get(*region)) : std::nullopt; };
  const bool planar = enclosesVoxels(row.mark.kind) && row.mark.kind != MarkKind::Box;
  return {
      {"length_mm", "length", size.length},
      {"angle_degrees", "angle", size.angle},
      {"width_mm", "width", size.width},
      {"height_mm", "height", size.height},
      {"depth_mm", "depth", size.depth},
      {"area_mm2", "area", size.area},
      {"value", "value", row.values.value},
      {"voxels", "voxels",
       of([](const MarkStatistics& s) { return static_cast<double>(s.values.count + s.values.nonfinite); })},
      {"voxel_area_mm2", "voxelArea", planar ? of([](const MarkStatistics& s) { return s.areaMm2; }) : std::nullopt},
      {"voxel_volume_ml", "voxelVolume", of([](const MarkStatistics& s) { return s.volumeMl; })},
      {"mean", "mean", of([](const MarkStatistics& s) { return s.values.mean; })},
      {"std", "std", of([](const MarkStatistics& s) { return s.values.std; })},
      {"min", "min", of([](const MarkStatistics& s) { return s.values.min; })},
      {"max", "max", of([](const MarkStatistics& s) { return s.values.max; })},
      {"nonfinite", "nonfinite", of([](const MarkStatistics& s) { return static_cast<double>(s.values.nonfinite); })}};
}

Json numberOrNull(double value) {
  if (!std::isfinite(value)) return nullptr;
  constexpr double kExact = 9007199254740992.0;  // counts are shown as such
  if (value == std::floor(value) && std::abs(value) < kExact) return static_cast<std::int64_t>(value);
  return value;
}

}  // namespace

std::string toCsv(const MarkTable& table) {
  constexpr std::size_t kPoints = 3;
  std::vector<std::string> heading{"id", "kind", "name", "visible", "layer", "file", "frame"};
  for (const Quantity& quantity : quantitiesOf({})) heading.emplace_back(quantity.heading);
  for (std::size_t n = 1; n <= kPoints; ++n) {
    for (const char* axis : {"_x_lps_mm", "_y_lps_mm", "_z_lps_mm"}) heading.push_back("p" + std::to_string(n) + axis);
  }
  std::string out = csvLine(heading);
  for (const MarkTable::Row& row : table.rows) {
    const Mark& mark = row.mark;
    std::vector<std::string> cells{std::to_string(mark.id),     kindName(mark.kind),  oneLine(mark.name),
                                   mark.visible ? "yes" : "no", oneLine(table.layer), oneLine(table.file),
                                   std::to_string(table.frame)};
    for (const Quantity& quantity : quantitiesOf(row)) {
      cells.push_back(quantity.value ? numberText(*quantity.value) : std::string());
    }
    for (std::size_t n = 0; n < kPoints; ++n) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        cells.push_back(n < mark.points.size() ? numberText(mark.points[n][axis]) : std::string());
      }
    }
    out += csvLine(cells);
  }
  return out;
}

Json toJson(const MarkTable& table) {
  Json marks = Json::array();
  for (const MarkTable::Row& row : table.rows) {
    const Mark& mark = row.mark;
    Json one{{"id", mark.id},
             {"kind", kindName(mark.kind)},
             {"name", oneLine(mark.name)},
             {"visible", mark.visible},
             {"points", mark.points}};
    if (enclosesVoxels(mark.kind)) {
      one["right"] = mark.right;
      one["up"] = mark.up;
    }
    for (const Quantity& quantity : quantitiesOf(row)) {
      if (quantity.value) one[quantity.field] = numberOrNull(*quantity.value);
    }
    marks.push_back(std::move(one));
  }
  return {{"voxmarkMeasurements", 1},
          {"layer", oneLine(table.layer)},
          {"file", oneLine(table.file)},
          {"frame", table.frame},
          {"values", describe(table.number)},
          {"coordinates", "LPS, mm"},
          {"units",
           {{"length", "mm"},
            {"width", "mm"},
            {"height", "mm"},
            {"depth", "mm"},
            {"angle", "degrees"},
            {"area", "mm2"},
            {"voxelArea", "mm2"},
            {"voxelVolume", "ml"}}},
          {"marks", marks}};
}

}  // namespace voxmark
