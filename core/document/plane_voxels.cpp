#include "core/document/plane_voxels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/memory/reserved_storage.h"
#include "core/ops/operations.h"

namespace voxmark {
namespace {

constexpr std::int64_t kBlock = 8;
constexpr std::int64_t kBrick = 32;
constexpr double kThin = 8;  ///< slices that a plane may wander through and still be called straight

/// The distance from a plane in voxel indices: at + Σ by[a]·index[a].
struct IndexPlane {
  double at = 0;
  Vec3 by{};
  [[nodiscard]] std::size_t steepest() const {
    std::size_t out = 0;
    for (std::size_t a = 1; a < 3; ++a) {
      if (std::abs(by[a]) > std::abs(by[out])) out = a;
    }
    return out;
  }
};

IndexPlane indexPlane(const Geometry& grid, const SlicePlane& plane) {
  IndexPlane out;
  out.at = plane(grid.origin);
  for (std::size_t a = 0; a < 3; ++a) {
    const Vec3 axis = axisDirection(grid, static_cast<int>(a));
    for (std::size_t n = 0; n < 3; ++n) out.by[a] += plane.gradient[n] * axis[n] * grid.spacing[a];
  }
  return out;
}

/// One frame's scale, of the slices of a region.
ValueScale scaleOf(const VolumeInfo& info, const Region& region, std::int64_t frame) {
  if (!info.scale.perSlice()) return info.scale;
  std::vector<LinearScale> kept;
  for (std::int64_t k = region.start[2]; k < region.end()[2]; ++k) {
    kept.push_back(info.scale.at(frame, k, info.geometry.size[2]));
  }
  return kept.size() == 1 ? ValueScale(kept[0].slope, kept[0].intercept) : ValueScale(std::move(kept));
}

/// Copies densely packed voxels of `part` to their place in a volume of `region`.
void put(const std::vector<std::byte>& voxels, const Region& part, const Region& region, std::size_t voxelBytes,
         std::byte* target) {
  const std::size_t row = static_cast<std::size_t>(part.size[0]) * voxelBytes;
  const std::byte* from = voxels.data();
  for (std::int64_t k = 0; k < part.size[2]; ++k) {
    for (std::int64_t j = 0; j < part.size[1]; ++j) {
      const std::int64_t line =
          (part.start[2] - region.start[2] + k) * region.size[1] + part.start[1] - region.start[1] + j;
      const std::int64_t at = line * region.size[0] + part.start[0] - region.start[0];
      std::memcpy(target + static_cast<std::size_t>(at) * voxelBytes, from, row);
      from += row;
    }
  }
}

}  // namespace

PlaneVoxels voxelsOf(const Geometry& grid, const SlicePlane& plane, double reach) {
  const IndexPlane in = indexPlane(grid, plane);
  const std::size_t a = in.steepest();
  const std::size_t b = (a + 1) % 3;
  const std::size_t c = (a + 2) % 3;
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double x : {-0.5, static_cast<double>(grid.size[b]) - 0.5}) {
    for (const double y : {-0.5, static_cast<double>(grid.size[c]) - 0.5}) {
      const double at = -(in.at + in.by[b] * x + in.by[c] * y) / in.by[a];
      low = std::min(low, at);
      high = std::max(high, at);
    }
  }
  PlaneVoxels out;
  out.straight = high - low <= kThin;
  const double more = reach / std::abs(in.by[a]);
  const auto size = static_cast<double>(grid.size[a]);
  if (!(low - more < size - 0.5) || !(high + more >= -0.5)) return {{}, true};
  out.region = wholeOf(grid.size);
  out.region.start[a] = static_cast<std::int64_t>(std::clamp(std::floor(low - more) - 1, 0.0, size - 1));
  const auto end = static_cast<std::int64_t>(std::clamp(std::ceil(high + more) + 2, 1.0, size));
  out.region.size[a] = std::max<std::int64_t>(end - out.region.start[a], 1);
  return out;
}

Region inBlocks(const Geometry& grid, const Region& slab) {
  Region out = slab;
  for (std::size_t a = 0; a < 3; ++a) {
    if (slab.size[a] == grid.size[a]) continue;
    const std::int64_t begin = slab.start[a] / kBlock * kBlock;
    const std::int64_t end = std::min(grid.size[a], (slab.end()[a] + kBlock - 1) / kBlock * kBlock);
    out.start[a] = begin;
    out.size[a] = end - begin;
  }
  return out;
}

std::vector<Region> bricksOf(const Geometry& grid, const SlicePlane& plane, double reach, const Region& region) {
  const IndexPlane in = indexPlane(grid, plane);
  std::vector<Region> out;
  Region brick;
  for (brick.start[2] = region.start[2]; brick.start[2] < region.end()[2]; brick.start[2] += kBrick) {
    for (brick.start[1] = region.start[1]; brick.start[1] < region.end()[1]; brick.start[1] += kBrick) {
      for (brick.start[0] = region.start[0]; brick.start[0] < region.end()[0]; brick.start[0] += kBrick) {
        double middle = in.at;
        double half = reach;
        for (std::size_t a = 0; a < 3; ++a) {
          brick.size[a] = std::min(kBrick, region.end()[a] - brick.start[a]);
          const double extent = static_cast<double>(brick.size[a]);
          middle += in.by[a] * (static_cast<double>(brick.start[a]) + 0.5 * (extent - 1));
          half += std::abs(in.by[a]) * (0.5 * extent + 1);  // a neighbour more, for interpolation
        }
        if (std::abs(middle) <= half) out.push_back(brick);
      }
    }
  }
  return out;
}

VolumePtr readRegion(VolumeSource& source, const Region& region, std::int64_t frame, const std::vector<Region>& bricks,
                     JobContext& job) {
  VolumeInfo info = source.info();
  info.geometry = cropped(info.geometry, region);
  info.scale = scaleOf(source.info(), region, frame);
  info.frames = 1;
  info.frameAxes.clear();
  if (bricks.empty()) {
    auto volume = std::make_shared<Volume>(info);
    source.read({region, frame}, {volume->mutableFrameData(0), info.frameBytes()}, {}, job);
    return volume;
  }
  auto volume = std::make_shared<Volume>(info, std::make_unique<ReservedStorage>(info.totalBytes(), false));
  std::vector<std::byte> buffer;
  for (const Region& brick : bricks) {
    job.throwIfCancelled();
    buffer.resize(static_cast<std::size_t>(brick.voxels()) * info.voxelBytes());
    source.read({brick, frame}, buffer, {}, job);
    put(buffer, brick, region, info.voxelBytes(), volume->mutableFrameData(0));
  }
  return volume;
}

}  // namespace voxmark
