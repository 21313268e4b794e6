#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "core/document/mark_statistics.h"

namespace voxmark {

/// What is known of a mark on the layer that was measured.
struct MarkValues {
  std::optional<MarkStatistics> region;  ///< Rectangle, Ellipse and Box
  std::optional<double> value;           ///< Point inside the layer
};

/// Marks with all that was measured, ready for a file.
struct MarkTable {
  struct Row {
    Mark mark;
    MarkValues values;
  };
  std::string layer;       ///< its name; empty where nothing is open
  std::string file;        ///< its path; empty for results
  std::int64_t frame = 0;  ///< counted from 0
  VoxelNumber number = VoxelNumber::Value;
  std::vector<Row> rows;
};

/// A header line, then one line a mark; the units stand in the headings. Cells that do not apply are empty.
[[nodiscard]] std::string toCsv(const MarkTable& table);
/// `{voxmarkMeasurements: 1, layer, file, frame, values, units{}, coordinates, marks[]}`; numbers that JSON cannot hold
/// are null, and what does not apply is left out.
[[nodiscard]] nlohmann::ordered_json toJson(const MarkTable& table);

}  // namespace voxmark
