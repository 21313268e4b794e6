#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/document/views_state.h"
#include "core/volume/geometry.h"
#include "ui/render/slice_grid.h"
#include "ui/render/slice_plane.h"

namespace voxmark::render {

/// How a volume is cut for one plane. The scene has its origin in the middle of the volume and runs to the right, up
/// and across the slices, in mm. Along the volume's own axes slices are its own; otherwise they are as far apart as one
/// step in the volume is, and the plane passes exactly through the crosshair.
struct SliceLayout {
  Geometry geometry;
  Plane plane = Plane::Axial;
  bool radiological = true;
  bool own = true;                                    ///< cut along the volume's own axes
  std::array<Vec3, 3> axes{};                         ///< unit vectors (LPS): right, up, across
  std::array<double, 3> extents{0, 0, 0};             ///< mm, outer half voxels included
  double step = 1;                                    ///< mm from slice to slice
  std::int64_t count = 1;                             ///< slices
  std::array<std::size_t, 3> axis{0, 1, 2};           ///< own: voxel axes right, up, across
  std::array<bool, 3> reversed{false, false, false};  ///< own: the axis runs against the screen (or the slice count)

  /// Width and height of the slices, mm.
  [[nodiscard]] std::array<double, 2> extent() const { return {extents[0], extents[1]}; }
  /// Right, up and across, mm.
  [[nodiscard]] Vec3 sceneOf(const Vec3& world) const;
  [[nodiscard]] Vec3 worldOf(const Vec3& scene) const;
  /// Number of the slice that holds a world position, clamped into the volume.
  [[nodiscard]] std::int64_t sliceOf(const Vec3& world) const;
  /// Where a slice lies across, mm.
  [[nodiscard]] double offsetOf(std::int64_t slice) const;
  /// Where the plane through a world position is cut: at its slice, or exactly there.
  [[nodiscard]] double planeThrough(const Vec3& world) const;
  /// `world` moved across into a slice (clamped).
  [[nodiscard]] Vec3 movedTo(const Vec3& world, std::int64_t slice) const;
  /// Own slices voxel by voxel.
  [[nodiscard]] SliceGrid gridAt(std::int64_t slice) const;
  /// Letters at the left, right, top and bottom edges; two where the edge lies between two directions.
  [[nodiscard]] std::array<std::string, 4> edgeLetters() const;
};

[[nodiscard]] SliceLayout layoutOf(const Geometry& geometry, Plane plane, bool radiological);
/// Along the patient's axes, or turned, as the views say.
[[nodiscard]] SliceLayout layoutOf(const Geometry& geometry, Plane plane, const ViewsState& views);

/// The pixels of a view in the patient.
struct PixelPlane {
  Vec3 origin{0, 0, 0};  ///< middle of the lower left pixel, LPS mm
  Vec3 right{1, 0, 0};   ///< to the next pixel, mm
  Vec3 up{0, 1, 0};
  Vec3 across{0, 0, 1};  ///< unit
  std::int64_t columns = 0;
  std::int64_t rows = 0;
  Slab slab;
  double finest = 1;  ///< mm: slabs are sampled twice as finely
};

/// The view's `columns` × `rows` pixels of `mm`, whose middle looks at (x, y) of the scene, at `offset` across.
[[nodiscard]] PixelPlane pixelPlane(const SliceLayout& layout, const std::array<double, 2>& middle, double offset,
                                    double mm, std::int64_t columns, std::int64_t rows, const Slab& slab);
/// The same pixels in the voxels of a volume.
[[nodiscard]] SliceGrid gridIn(const PixelPlane& plane, const Geometry& geometry);

}  // namespace voxmark::render
