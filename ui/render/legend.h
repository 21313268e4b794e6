#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "ui/render/color_map.h"

namespace voxmark::render {

/// A value beside its place on the colour bar.
struct LegendTick {
  double place = 0;  ///< 0 at the low end, 1 at the high one
  std::string text;
};

struct LegendEntry {
  std::array<std::uint8_t, 3> colour{0, 0, 0};
  std::string text;
};

/// What a layer's colours mean: a bar with values, or a list.
struct Legend {
  std::optional<ColorMap> bar;  ///< from the low end to the high one
  std::vector<LegendTick> ticks;
  std::vector<LegendEntry> entries;
};

/// Nothing for a layer whose colours are the voxels' own. Of labels those that are `present` are listed, by their table
/// or with numbers for names; where that is not known (null) all of the table.
[[nodiscard]] std::optional<Legend> legendOf(const VolumeInfo& info, const LayerDisplay& display,
                                             const std::vector<std::int64_t>* present = nullptr);

/// Round values (1, 2 or 5 times a power of ten apart) within a window, at most `most` of them.
[[nodiscard]] std::vector<LegendTick> legendTicks(const DisplayWindow& window, int most);

}  // namespace voxmark::render
