#pragma once

#include <vector>

#include "core/document/box_section.h"
#include "core/io/volume_source.h"

namespace voxmark {

/// The voxels that a picture of a plane needs.
struct PlaneVoxels {
  Region region;          ///< with the neighbours that interpolation asks for; empty where the plane misses the grid
  bool straight = false;  ///< a slab of whole slices of the grid; else only a part of the region is near the plane
};

/// Of a grid, those within `reach` mm of the plane.
[[nodiscard]] PlaneVoxels voxelsOf(const Geometry& grid, const SlicePlane& plane, double reach);
/// Slabs begin and end at multiples of eight slices, so that the next slices are there as well.
[[nodiscard]] Region inBlocks(const Geometry& grid, const Region& slab);
/// Boxes of at most 32³ voxels of the region that come near the plane.
[[nodiscard]] std::vector<Region> bricksOf(const Geometry& grid, const SlicePlane& plane, double reach,
                                           const Region& region);

/// Reads one frame of a region of a source as a volume of its own, which lies where the region lies. With `bricks` only
/// those are read; what lies between them holds nothing of value. Throws what the source throws, Error(Memory), and
/// Cancelled.
[[nodiscard]] VolumePtr readRegion(VolumeSource& source, const Region& region, std::int64_t frame,
                                   const std::vector<Region>& bricks, JobContext& job);

}  // namespace voxmark
