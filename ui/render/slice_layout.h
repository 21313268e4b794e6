#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/volume/geometry.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::render {

/// Sample positions of a picture: pixel (column, row), row 0 at the bottom, lies at continuous voxel index
/// start + column·stepU + row·stepV.
struct SliceGrid {
  Vec3 start{0, 0, 0};
  Vec3 stepU{1, 0, 0};
  Vec3 stepV{0, 1, 0};
  std::int64_t columns = 0;
  std::int64_t rows = 0;
  std::array<double, 2> spacing{1, 1};  ///< mm a pixel, right and up
};

/// How a volume is cut for one plane: along which voxel axis, and which voxel axes run right and up on the screen.
/// The scene has its origin in the middle of the slice, x to the right and y up, in mm.
struct SliceLayout {
  Geometry geometry;
  Plane plane = Plane::Axial;
  bool radiological = true;
  std::array<std::size_t, 3> axis{0, 1, 2};           ///< voxel axes: right, up, slicing
  std::array<bool, 3> reversed{false, false, false};  ///< the axis runs against the screen (or the slice count)

  [[nodiscard]] std::int64_t size(std::size_t direction) const { return geometry.size[axis[direction]]; }
  [[nodiscard]] double spacing(std::size_t direction) const { return geometry.spacing[axis[direction]]; }
  /// Width and height of the slice with its outer half voxels, mm.
  [[nodiscard]] std::array<double, 2> extent() const;
  /// Number of the slice that holds a world position, clamped into the volume.
  [[nodiscard]] std::int64_t sliceOf(const Vec3& world) const;
  [[nodiscard]] SliceGrid gridAt(std::int64_t slice) const;
  [[nodiscard]] Vec3 worldAt(const std::array<double, 2>& scene, std::int64_t slice) const;
  [[nodiscard]] std::array<double, 2> sceneOf(const Vec3& world) const;
  /// `world` moved along the slicing axis into a slice (clamped).
  [[nodiscard]] Vec3 movedTo(const Vec3& world, std::int64_t slice) const;
};

[[nodiscard]] SliceLayout layoutOf(const Geometry& geometry, Plane plane, bool radiological);
/// Left, right, top, bottom.
[[nodiscard]] std::array<std::string, 4> edgeLettersOf(Plane plane, bool radiological);
/// The same picture area sampled in another volume, at least as finely as its voxels (up to 2,048 pixels a side).
[[nodiscard]] SliceGrid gridIn(const Geometry& other, const SliceGrid& grid, const Geometry& geometry);

}  // namespace voxmark::render
