#include "ui/render/legend.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace voxmark::render {
namespace {

constexpr int kMostTicks = 6;

/// The colours of VectorStyle::Direction.
const std::vector<LegendEntry>& directions() {
  static const std::vector<LegendEntry> kEntries{
      {{255, 0, 0}, "left–right"}, {{0, 255, 0}, "front–back"}, {{0, 0, 255}, "up–down"}};
  return kEntries;
}

std::vector<LegendEntry> labelEntries(const LabelTable* table, const std::vector<std::int64_t>* present) {
  std::vector<LegendEntry> out;
  const auto add = [&](std::int64_t value) {
    const Label label = labelOf(table, value);
    if (!label.visible || label.opacity <= 0) return;
    out.push_back({label.colour, label.name.empty() ? fmt::format("{}", value) : label.name});
  };
  if (present != nullptr) {
    for (const std::int64_t value : *present) add(value);
  } else if (table != nullptr) {
    for (const auto& entry : table->labels) add(entry.first);
  }
  return out;
}

}  // namespace

std::vector<LegendTick> legendTicks(const DisplayWindow& window, int most) {
  std::vector<LegendTick> out;
  const double low = window.level - window.width / 2;
  if (!(window.width > 0) || !std::isfinite(low) || !std::isfinite(window.width) || most < 2) return out;
  const double parts = most - 1;
  const double power = std::pow(10.0, std::floor(std::log10(window.width / parts)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (window.width / (factor * power) <= parts * (1 + 1e-9)) step = factor * power;
  }
  const double slack = 1e-9 * window.width;
  for (double n = std::ceil((low - slack) / step); n * step <= low + window.width + slack; ++n) {
    if (static_cast<int>(out.size()) >= most) break;  // a step that rounding swallows
    const double value = n == 0 ? 0 : n * step;
    out.push_back({std::clamp((value - low) / window.width, 0.0, 1.0), fmt::format("{:.6g}", value)});
  }
  return out;
}

std::optional<Legend> legendOf(const VolumeInfo& info, const LayerDisplay& display,
                               const std::vector<std::int64_t>* present) {
  Legend out;
  if (display.labels) {
    out.entries = labelEntries(display.labelTable.get(), present);
    return out.entries.empty() ? std::nullopt : std::optional(std::move(out));
  }
  if (info.components > 1 && info.meaning == ComponentMeaning::Colour) return std::nullopt;
  if (info.components > 1 && display.vectors == VectorStyle::Direction && info.meaning == ComponentMeaning::Vector) {
    out.entries = directions();
    return out;
  }
  out.bar = colorMapOrGray(display.colorMap);
  if (display.invert) std::reverse(out.bar->begin(), out.bar->end());
  out.ticks = legendTicks(display.window, kMostTicks);
  return out;
}

}  // namespace voxmark::render
