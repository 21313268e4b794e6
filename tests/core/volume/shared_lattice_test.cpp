#include "core/volume/shared_lattice.h"

#include <cmath>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

Geometry oblique() {
  Geometry out;
  out.size = {20, 30, 40};
  out.spacing = {0.7, 1.1, 2.5};
  out.origin = {-33, 12, 107};
  const double c = std::cos(0.4), s = std::sin(0.4);
  out.direction = {c, -s, 0, s, c, 0, 0, 0, 1};
  return out;
}

TEST(SharedLattice, IsFoundThroughCropsFlipsAndExchanges) {
  const Geometry to = oblique();
  Geometry from = to;  // its axes are k, -i, j of the other one, beginning at (15, 4, 9)
  from.size = {5, 6, 7};
  from.origin = voxelToWorld(to, {15, 4, 9});
  from.spacing = {2.5, 0.7, 1.1};
  for (std::size_t row = 0; row < 3; ++row) {
    from.direction[3 * row] = to.direction[3 * row + 2];
    from.direction[3 * row + 1] = -to.direction[3 * row];
    from.direction[3 * row + 2] = to.direction[3 * row + 1];
  }
  const auto found = sharedLattice(from, to);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->map({0, 0, 0}), (Index3{15, 4, 9}));
  EXPECT_EQ(found->map({2, 3, 1}), (Index3{12, 5, 11}));
}

TEST(SharedLattice, IsNoneWhereVoxelsLieBetween) {
  const Geometry to = oblique();
  Geometry from = to;
  from.origin = voxelToWorld(to, {0.5, 0, 0});
  EXPECT_FALSE(sharedLattice(from, to));
  from = to;
  from.spacing[1] *= 1.001;  // half a voxel off at the end
  EXPECT_FALSE(sharedLattice(from, to));
  from = to;
  from.direction = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  EXPECT_FALSE(sharedLattice(from, to));
  from = to;
  from.spacing[2] *= 2;
  EXPECT_FALSE(sharedLattice(from, to));
  EXPECT_TRUE(sharedLattice(to, to));
}

}  // namespace
}  // namespace voxmark
