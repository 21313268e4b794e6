#pragma once

#include <vector>

#include "core/volume/volume.h"

namespace voxmark::render {

/// One frame of a volume as samplers look at it.
struct SliceVoxels {
  const Volume& volume;
  std::int64_t frame;
  Index3 size;
  Index3 stride;  ///< elements
  bool perSlice;
  LinearScale common;
  std::vector<char> there;  ///< one entry a slice along k; empty: everything is there

  SliceVoxels(const Volume& v, std::int64_t f)
      : volume(v),
        frame(f),
        size(v.geometry().size),
        stride{v.info().components, v.info().components * size[0], v.info().components * size[0] * size[1]},
        perSlice(v.info().scale.perSlice()),
        common(v.info().scale.common()) {
    if (!volume.complete(frame)) there = volume.filled()->mask(frame);
  }
  [[nodiscard]] bool has(std::int64_t k) const { return there.empty() || there[static_cast<std::size_t>(k)] != 0; }
  [[nodiscard]] LinearScale scale(std::int64_t k) const {
    return perSlice ? volume.info().scale.at(frame, k, size[2]) : common;
  }
  template <typename T>
  [[nodiscard]] const T* data() const {
    return reinterpret_cast<const T*>(volume.frameData(frame));
  }
};

}  // namespace voxmark::render
