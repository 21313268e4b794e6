#include "core/document/readout.h"

#include <algorithm>
#include <cmath>

namespace voxmark {

std::int64_t labelValueAt(const Layer& layer, std::int64_t frame, const Index3& voxel) {
  const double value = layer.volume->valueAt(frame, voxel);
  return std::isfinite(value) ? std::llround(std::clamp(value, -9e18, 9e18)) : 0;
}

std::string labelNameAt(const Layer& layer, std::int64_t frame, const Index3& voxel) {
  if (!layer.volume || !layer.display.labels || !layer.volume->onHost()) return {};
  const VolumeInfo& info = layer.volume->info();
  frame = std::clamp<std::int64_t>(frame, 0, info.frames - 1);
  if (!wholeOf(info.geometry.size).contains(voxel)) return {};
  if (layer.volume->filled() != nullptr && !layer.volume->filled()->has(frame, voxel[2])) return {};
  return labelOf(layer.display.labelTable.get(), labelValueAt(layer, frame, voxel)).name;
}

}  // namespace voxmark
