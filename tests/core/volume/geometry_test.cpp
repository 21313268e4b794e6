#include "core/volume/geometry.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

constexpr double kPi = 3.14159265358979323846;

/// Turned by `a` about z, then by `b` about x.
Geometry turned(double a, double b) {
  Geometry g;
  g.size = {40, 50, 60};
  g.spacing = {0.5, 0.75, 2.5};
  g.origin = {-120.5, 33.25, 801};
  g.direction = {std::cos(a),
                 -std::sin(a),
                 0,
                 std::cos(b) * std::sin(a),
                 std::cos(b) * std::cos(a),
                 -std::sin(b),
                 std::sin(b) * std::sin(a),
                 std::sin(b) * std::cos(a),
                 std::cos(b)};
  return g;
}

void expectNear(const Vec3& a, const Vec3& b, double tolerance) {
  for (std::size_t axis = 0; axis < 3; ++axis) EXPECT_NEAR(a[axis], b[axis], tolerance) << axis;
}

TEST(Geometry, PositionsFollowTheColumnsOfTheDirection) {
  Geometry g;
  g.spacing = {2, 3, 4};
  g.origin = {100, 200, 300};
  g.direction = {0, 0, 1, 1, 0, 0, 0, -1, 0};  // i to the back, j down, k to the left
  expectNear(voxelToWorld(g, {1, 0, 0}), {100, 202, 300}, 0);
  expectNear(voxelToWorld(g, {0, 1, 0}), {100, 200, 297}, 0);
  expectNear(voxelToWorld(g, {0, 0, 1}), {104, 200, 300}, 0);
  expectNear(voxelToWorld(g, {0.5, -1, 2}), {108, 201, 303}, 0);
  EXPECT_EQ(axisDirection(g, 1), (Vec3{0, 0, -1}));
}

TEST(Geometry, WorldToVoxelUndoesVoxelToWorldEvenSheared) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int n = 0; n < 200; ++n) {
    Geometry g;
    Mat3 columns;
    for (double& element : columns) element = uniform(random) * 3;
    if (!setAffine(g, columns, {uniform(random) * 500, 7, -3}) || std::abs(determinant(g.direction)) < 0.05) continue;
    const Vec3 voxel{uniform(random) * 300, uniform(random) * 300, uniform(random) * 300};
    expectNear(worldToVoxel(g, voxelToWorld(g, voxel)), voxel, 1e-9);
    expectNear(voxelToWorld(g, worldToVoxel(g, voxel)), voxel, 1e-9);
  }
}

TEST(Geometry, TheInverseTimesTheMatrixIsOne) {
  const Mat3 m{2, -1, 0.5, 0, 3, 1, 1, 0, -2};
  EXPECT_DOUBLE_EQ(determinant(m), -14.5);
  const Mat3 inverted = inverse(m);
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      double sum = 0;
      for (std::size_t n = 0; n < 3; ++n) sum += inverted[3 * r + n] * m[3 * n + c];
      EXPECT_NEAR(sum, r == c ? 1 : 0, 1e-15);
    }
  }
}

TEST(Geometry, AnAffineSplitsIntoSpacingAndUnitDirections) {
  Geometry g;
  // Columns (0, 2, 0), (-3, 0, 0), (0, 0.3, 4): the third one leans, as a tilted gantry's does.
  ASSERT_TRUE(setAffine(g, {0, -3, 0, 2, 0, 0.3, 0, 0, 4}, {1, 2, 3}));
  EXPECT_DOUBLE_EQ(g.spacing[0], 2);
  EXPECT_DOUBLE_EQ(g.spacing[1], 3);
  EXPECT_DOUBLE_EQ(g.spacing[2], std::sqrt(16.09));
  expectNear(axisDirection(g, 0), {0, 1, 0}, 0);
  expectNear(axisDirection(g, 1), {-1, 0, 0}, 0);
  expectNear(axisDirection(g, 2), {0, 0.3 / std::sqrt(16.09), 4 / std::sqrt(16.09)}, 1e-15);
  EXPECT_NEAR(shearOf(g), 0.3 / std::sqrt(16.09), 1e-15);
  EXPECT_EQ(g.origin, (Vec3{1, 2, 3}));
}

TEST(Geometry, SlightlyUnevenDirectionsStayAsTheyAre) {
  Geometry g;
  const double noise = 2e-4;  // what single-precision headers leave
  ASSERT_TRUE(setAffine(g, {1, noise, 0, 0, 1, noise, -noise, 0, 1}, {0, 0, 0}));
  for (int axis = 0; axis < 3; ++axis) {
    const Vec3 d = axisDirection(g, axis);
    EXPECT_NEAR(d[0] * d[0] + d[1] * d[1] + d[2] * d[2], 1, 1e-15);
  }
  EXPECT_NEAR(shearOf(g), noise, 1e-7);
  EXPECT_LT(obliqueAngle(g), 0.02);
}

TEST(Geometry, AffinesThatSpanNoSpaceAreRefused) {
  const double nan = std::nan("");
  const Mat3 bad[] = {{0, 0, 0, 0, 1, 0, 0, 0, 1},
                      {1, 1, 0, 0, 0, 0, 0, 0, 1},
                      {1, 0, 1, 0, 1, 1, 0, 0, 0},
                      {nan, 0, 0, 0, 1, 0, 0, 0, 1},
                      {INFINITY, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Geometry before = turned(0.1, 0.2);
  for (const Mat3& columns : bad) {
    Geometry g = before;
    EXPECT_FALSE(setAffine(g, columns, {0, 0, 0}));
    EXPECT_EQ(g, before);
  }
  Geometry g;
  EXPECT_FALSE(setAffine(g, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, nan, 0}));
}

TEST(Geometry, ObliqueAngleIsTheLargestTurn) {
  EXPECT_EQ(obliqueAngle(Geometry{}), 0);
  EXPECT_NEAR(obliqueAngle(turned(10 * kPi / 180, 0)), 10, 1e-9);
  EXPECT_NEAR(obliqueAngle(turned(0, -20 * kPi / 180)), 20, 1e-9);
  EXPECT_NEAR(obliqueAngle(turned(80 * kPi / 180, 0)), 10, 1e-9);  // from the other axis
}

TEST(Geometry, CroppingShiftsTheOriginToTheFirstVoxelKept) {
  const Geometry g = turned(0.3, 0.4);
  const Geometry part = cropped(g, {{4, 5, 6}, {7, 8, 9}});
  EXPECT_EQ(part.size, (Index3{7, 8, 9}));
  EXPECT_EQ(part.spacing, g.spacing);
  EXPECT_EQ(part.direction, g.direction);
  expectNear(voxelToWorld(part, {1, 2, 3}), voxelToWorld(g, {5, 7, 9}), 1e-12);
}

TEST(Geometry, CentreLiesBetweenTheMiddleVoxels) {
  Geometry g;
  g.size = {4, 5, 1};
  g.spacing = {2, 1, 7};
  g.origin = {10, 20, 30};
  expectNear(centreOf(g), {13, 22, 30}, 1e-12);
}

TEST(Geometry, SameGridForgivesAThousandthOfAVoxelAnywhere) {
  const Geometry g = turned(0.3, 0.4);
  EXPECT_TRUE(sameGrid(g, g));
  Geometry moved = g;
  moved.origin[0] += 0.0004;
  EXPECT_TRUE(sameGrid(g, moved));
  moved.origin[0] += 0.002;
  EXPECT_FALSE(sameGrid(g, moved));
  Geometry stretched = g;
  stretched.spacing[2] += 0.01;  // 0.6 mm after sixty slices
  EXPECT_FALSE(sameGrid(g, stretched));
  Geometry flipped = g;
  for (double& cosine : flipped.direction) cosine = -cosine;
  EXPECT_FALSE(sameGrid(g, flipped));
  Geometry other = g;
  other.size[1] += 1;
  EXPECT_FALSE(sameGrid(g, other));
  Geometry unknown = g;
  unknown.origin[1] = std::nan("");
  EXPECT_FALSE(sameGrid(g, unknown));
}

}  // namespace
}  // namespace voxmark
