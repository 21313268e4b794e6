#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/volume/region.h"

namespace voxmark {

/// A strided window onto voxels that somebody else owns: the span of this code base. T may be const.
/// Strides count elements of T, not bytes; component c of voxel (i, j, k) is at
/// data[c·componentStride + i·stride[0] + j·stride[1] + k·stride[2]].
template <typename T>
struct VolumeView {
  T* data = nullptr;
  Index3 size{0, 0, 0};
  Index3 stride{0, 0, 0};
  std::int64_t components = 1;
  std::int64_t componentStride = 1;

  [[nodiscard]] T& at(std::int64_t i, std::int64_t j, std::int64_t k, std::int64_t c = 0) const {
    return data[c * componentStride + i * stride[0] + j * stride[1] + k * stride[2]];
  }
  [[nodiscard]] T* row(std::int64_t j, std::int64_t k) const { return data + j * stride[1] + k * stride[2]; }
  /// Rows, slices and components follow one another without gaps.
  [[nodiscard]] bool contiguous() const {
    return componentStride == 1 && stride[0] == components && stride[1] == stride[0] * size[0] &&
           stride[2] == stride[1] * size[1];
  }
  /// The same voxels restricted to a box that lies inside.
  [[nodiscard]] VolumeView subview(const Region& region) const {
    VolumeView out = *this;
    out.data = &at(region.start[0], region.start[1], region.start[2]);
    out.size = region.size;
    return out;
  }
  /// One component of every voxel.
  [[nodiscard]] VolumeView component(std::int64_t c) const {
    VolumeView out = *this;
    out.data = data + c * componentStride;
    out.components = 1;
    return out;
  }
};

/// A view of densely packed voxels, components fastest.
template <typename T>
[[nodiscard]] VolumeView<T> denseView(T* data, const Index3& size, std::int64_t components = 1) {
  return {data, size, {components, components * size[0], components * size[0] * size[1]}, components, 1};
}

}  // namespace voxmark
