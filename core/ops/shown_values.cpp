#include "core/ops/shown_values.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/ops/voxel_values.h"

namespace voxmark {

ShownValues::ShownValues(const Volume& volume, std::int64_t frame)
    : volume_(volume), frame_(frame), rows_(volume.geometry().size[1]) {
  const VolumeInfo& info = volume.info();
  const bool colours = info.meaning == ComponentMeaning::Colour;
  lengths_ = info.meaning == ComponentMeaning::Vector && info.components > 1;
  stride_ = colours ? 1 : info.components;
  perRow_ = static_cast<std::size_t>(info.geometry.size[0]) * static_cast<std::size_t>(colours ? info.components : 1);
  if (volume.complete(frame)) {
    slices_.resize(static_cast<std::size_t>(info.geometry.size[2]));
    std::iota(slices_.begin(), slices_.end(), 0);
  } else {
    slices_ = volume.filled()->slices(frame);
  }
}

void ShownValues::load(std::int64_t k, std::size_t first, std::size_t count, double* values) const {
  const VolumeInfo& info = volume_.info();
  const std::size_t bytes = bytesOf(info.pixelType);
  const LinearScale scale = info.scale.at(frame_, k, info.geometry.size[2]);
  const std::size_t stored = (static_cast<std::size_t>(k) * perSlice() + first) * static_cast<std::size_t>(stride_);
  const std::byte* data = volume_.frameData(frame_) + stored * bytes;
  loadValues(info.pixelType, data, stride_, count, scale, values);
  if (!lengths_) return;
  std::vector<double> other(count);
  for (std::size_t n = 0; n < count; ++n) values[n] *= values[n];
  for (std::int64_t c = 1; c < stride_; ++c) {
    loadValues(info.pixelType, data + static_cast<std::size_t>(c) * bytes, stride_, count, scale, other.data());
    for (std::size_t n = 0; n < count; ++n) values[n] += other[n] * other[n];
  }
  for (std::size_t n = 0; n < count; ++n) values[n] = std::sqrt(values[n]);
}

}  // namespace voxmark
