#include "core/document/plane_voxels.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/document/rotation.h"

namespace voxmark {
namespace {

Geometry grid(const Index3& size) {
  Geometry out;
  out.size = size;
  out.spacing = {0.5, 1, 2};
  out.origin = {-10, 5, 3};
  return out;
}

/// Across `axis` through a continuous voxel index.
SlicePlane across(const Geometry& g, std::size_t axis, double index) {
  Vec3 voxel{0, 0, 0};
  voxel[axis] = index;
  SlicePlane out;
  out.gradient = axisDirection(g, static_cast<int>(axis));
  out.offset = 0;
  out.offset = -out(voxelToWorld(g, voxel));
  return out;
}

TEST(PlaneVoxels, APlaneAlongTheGridNeedsItsNeighboursAlone) {
  const Geometry g = grid({60, 50, 40});
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const PlaneVoxels found = voxelsOf(g, across(g, axis, 20.25), 0);
    EXPECT_TRUE(found.straight);
    EXPECT_LE(found.region.start[axis], 20);
    EXPECT_GE(found.region.end()[axis], 22);
    EXPECT_LE(found.region.size[axis], 5);
    for (std::size_t other = 0; other < 3; ++other) {
      if (other == axis) continue;
      EXPECT_EQ(found.region.size[other], g.size[other]);
    }
  }
}

TEST(PlaneVoxels, ASlabIsAsThickAsItReaches) {
  const Geometry g = grid({60, 50, 40});
  const Region region = voxelsOf(g, across(g, 2, 20), 10).region;  // 2 mm a slice
  EXPECT_LE(region.start[2], 15);
  EXPECT_GE(region.end()[2], 26);
  EXPECT_LE(region.size[2], 14);
}

TEST(PlaneVoxels, APlaneBesideTheGridNeedsNothing) {
  const Geometry g = grid({60, 50, 40});
  EXPECT_TRUE(voxelsOf(g, across(g, 0, -3), 0).region.empty());
  EXPECT_TRUE(voxelsOf(g, across(g, 2, 43), 0).region.empty());
  EXPECT_FALSE(voxelsOf(g, across(g, 2, 43), 10).region.empty());
  EXPECT_FALSE(voxelsOf(g, across(g, 1, 49.4), 0).region.empty());
}

TEST(PlaneVoxels, BlocksHoldTheSlabAndStayInside) {
  const Geometry g = grid({60, 50, 43});
  for (const double at : {0.0, 7.5, 8.0, 21.0, 42.0}) {
    const Region slab = voxelsOf(g, across(g, 2, at), 0).region;
    const Region block = inBlocks(g, slab);
    EXPECT_TRUE(block.contains(slab)) << at;
    EXPECT_TRUE(wholeOf(g.size).contains(block)) << at;
    EXPECT_LE(block.size[2], 16) << at;
  }
}

/// Every voxel within a voxel of a turned plane lies in a brick, and most of the volume in none.
TEST(PlaneVoxels, BricksCoverATurnedPlaneAndLittleMore) {
  const Geometry g = grid({300, 150, 75});
  const Vec3 middle = centreOf(g);
  SlicePlane plane;
  plane.gradient = rotate(rotationAbout({1, 2, 0.5}, 35), {0, 0, 1});
  plane.offset = 0;
  plane.offset = -plane(middle);
  const PlaneVoxels found = voxelsOf(g, plane, 0);
  EXPECT_FALSE(found.straight);
  const auto bricks = bricksOf(g, plane, 0, found.region);
  std::int64_t covered = 0;
  for (const Region& brick : bricks) covered += brick.voxels();
  EXPECT_LT(covered, wholeOf(g.size).voxels() * 7 / 10);
  for (std::int64_t k = 0; k < g.size[2]; k += 3) {
    for (std::int64_t j = 0; j < g.size[1]; j += 3) {
      for (std::int64_t i = 0; i < g.size[0]; i += 3) {
        const Vec3 at = voxelToWorld(g, {static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
        if (std::abs(plane(at)) > 0.5) continue;
        bool inside = false;
        for (const Region& brick : bricks) inside = inside || brick.contains(Index3{i, j, k});
        ASSERT_TRUE(inside) << i << " " << j << " " << k;
      }
    }
  }
}

TEST(PlaneVoxels, ARegionIsReadAsAVolumeThatLiesWhereItLay) {
  VolumeInfo info;
  info.geometry = grid({70, 40, 35});
  info.pixelType = PixelType::U16;
  auto volume = std::make_shared<Volume>(info);
  auto* data = reinterpret_cast<std::uint16_t*>(volume->mutableFrameData(0));
  for (int n = 0; n < 70 * 40 * 35; ++n) data[n] = static_cast<std::uint16_t>(n % 65521);
  MemorySource source(volume);
  JobContext job;
  const Region region{{5, 6, 7}, {60, 30, 20}};
  const auto plain = readRegion(source, region, 0, {}, job);
  const std::vector<Region> bricks{{{5, 6, 7}, {32, 30, 20}}, {{37, 6, 7}, {28, 30, 20}}};
  const auto bricked = readRegion(source, region, 0, bricks, job);
  EXPECT_EQ(plain->geometry(), cropped(info.geometry, region));
  for (const Index3& at : {Index3{0, 0, 0}, Index3{59, 29, 19}, Index3{31, 7, 3}, Index3{32, 8, 4}}) {
    const Index3 from{at[0] + 5, at[1] + 6, at[2] + 7};
    EXPECT_EQ(plain->valueAt(0, at), volume->valueAt(0, from));
    EXPECT_EQ(bricked->valueAt(0, at), volume->valueAt(0, from));
  }
}

}  // namespace
}  // namespace voxmark
