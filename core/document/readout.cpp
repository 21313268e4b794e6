#include "core/document/readout.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/document/mark_statistics.h"

namespace voxmark {
namespace {

/// Beyond this, a value is no label.
constexpr double kLargestLabel = 1e15;

std::string labelAt(const LayerDisplay& display, double value) {
  if (!display.labels || !(std::abs(value) < kLargestLabel)) return {};
  return labelOf(display.labelTable.get(), std::llround(value)).name;
}

}  // namespace

Reading readingAt(const Layer& layer, std::int64_t frame, const Vec3& world) {
  Reading out{layer.id, layer.name, Reading::State::NotRead, std::nullopt, {}, {}};
  if (!layer.volume) return out;
  const Volume& volume = *layer.volume;
  out.voxel = voxelAt(world, volume.geometry());
  if (!out.voxel) {
    out.state = Reading::State::Outside;
    return out;
  }
  const std::int64_t shown = std::clamp<std::int64_t>(frame, 0, volume.info().frames - 1);
  const bool read = volume.filled() == nullptr || volume.filled()->has(shown, (*out.voxel)[2]);
  if (!read || !volume.onHost()) return out;
  out.state = Reading::State::Value;
  for (int c = 0; c < volume.info().components; ++c) out.values.push_back(volume.valueAt(shown, *out.voxel, c));
  if (out.values.size() == 1) out.label = labelAt(layer.display, out.values.front());
  return out;
}

std::vector<Reading> readingsAt(const Document& document, const Vec3& world) {
  std::vector<Reading> out;
  for (auto layer = document.layers.rbegin(); layer != document.layers.rend(); ++layer) {
    if (layer->display.visible) out.push_back(readingAt(*layer, document.views.frame, world));
  }
  return out;
}

std::string placeText(const Vec3& world) {
  return fmt::format("{} {:.1f} {} {:.1f} {} {:.1f}", world[0] > 0 ? 'L' : 'R', std::abs(world[0]),
                     world[1] > 0 ? 'P' : 'A', std::abs(world[1]), world[2] > 0 ? 'S' : 'I', std::abs(world[2]));
}

std::string voxelText(const Reading& reading) {
  if (!reading.voxel) return {};
  return fmt::format("{} {} {}", (*reading.voxel)[0], (*reading.voxel)[1], (*reading.voxel)[2]);
}

std::string valueText(const Reading& reading) {
  if (reading.state == Reading::State::Outside) return "outside";
  if (reading.state == Reading::State::NotRead) return "not read yet";
  std::string text;
  for (const double value : reading.values) text += fmt::format("{}{:.6g}", text.empty() ? "" : ", ", value);
  return reading.label.empty() ? text : text + " " + reading.label;
}

}  // namespace voxmark
