#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"

namespace voxmark {

/// What one layer holds at a place.
struct Reading {
  enum class State { Value, Outside, NotRead };
  int layer = 0;
  std::string name;
  State state = State::Outside;
  std::optional<Index3> voxel;  ///< of the layer's own grid, nearest to the place; nothing outside
  std::vector<double> values;   ///< scaled, one a component
  std::string label;            ///< of a label map whose table names the value
};

/// The layer's nearest voxel to a world position (LPS mm), in `frame` or its last one.
[[nodiscard]] Reading readingAt(const Layer& layer, std::int64_t frame, const Vec3& world);
/// Every visible layer's, top first.
[[nodiscard]] std::vector<Reading> readingsAt(const Document& document, const Vec3& world);

/// "R 17.6 P 35.3 S 12.1", mm.
[[nodiscard]] std::string placeText(const Vec3& world);
/// "90 108 90", or nothing outside.
[[nodiscard]] std::string voxelText(const Reading& reading);
/// "412", "0.1, 0.7, 0.2", "17 Hippocampus", "outside", "not read yet".
[[nodiscard]] std::string valueText(const Reading& reading);

}  // namespace voxmark
