#include "core/document/mark_geometry.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/document/box_section.h"
#include "core/document/mark_size.h"
#include "core/document/views_state.h"
#include "core/ops/operations.h"

namespace voxmark {
namespace {

constexpr std::array<Vec3, 3> kStraight{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};

void expectNear(const Vec3& a, const Vec3& b) {
  for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(a[n], b[n], 1e-9);
}

Geometry grid() {
  Geometry out;
  out.size = {40, 30, 20};
  out.spacing = {0.5, 2, 3};
  out.origin = {-10, 5, 7};
  return out;
}

TEST(MarkGeometry, ABoxIsAsDeepAsItsShorterSideAboutTheSlice) {
  const Mark box = placedMark(MarkKind::Box, {{1, 2, 10}, {9, 6, 10}}, kStraight);
  expectNear(box.points[0], {1, 2, 8});
  expectNear(box.points[1], {9, 6, 12});
}

TEST(MarkGeometry, AFlatRegionStaysInThePlaneOfItsFirstCorner) {
  const Mark mark = placedMark(MarkKind::Rectangle, {{1, 2, 10}, {9, 6, 13}}, kStraight);
  expectNear(mark.points[1], {9, 6, 10});
}

TEST(MarkGeometry, TheSidesOfAShearedViewAreMadePerpendicular) {
  const Mark mark = placedMark(MarkKind::Ellipse, {{0, 0, 0}, {4, 3, 0}}, {Vec3{1, 0, 0}, {0.6, 0.8, 0}, {0, 0, 1}});
  expectNear(mark.up, {0, 1, 0});
  EXPECT_NEAR(*sizeOf(mark).width, 4, 1e-12);
  EXPECT_NEAR(*sizeOf(mark).height, 3, 1e-12);
}

TEST(MarkGeometry, TheOutlineOfAnEllipseLiesOnIt) {
  const Mark mark = placedMark(MarkKind::Ellipse, {{2, 1, 5}, {10, 5, 5}}, kStraight);
  for (const Vec3& at : outlineOf(mark)) {
    EXPECT_NEAR(std::pow((at[0] - 6) / 4, 2) + std::pow((at[1] - 3) / 2, 2), 1, 1e-12);
    EXPECT_NEAR(at[2], 5, 1e-12);
  }
}

TEST(MarkGeometry, WhatIsHeldMovesAndTheRestStays) {
  Mark line;
  line.kind = MarkKind::Distance;
  line.points = {{0, 0, 0}, {10, 0, 0}};
  expectNear(dragged(line, {1, {}}, {1, 2, 3}).points[1], {11, 2, 3});
  expectNear(dragged(line, {1, {}}, {1, 2, 3}).points[0], {0, 0, 0});
  expectNear(dragged(line, {}, {1, 2, 3}).points[0], {1, 2, 3});
  const Mark box = placedMark(MarkKind::Box, {{0, 0, 0}, {4, 4, 0}}, kStraight);
  const Mark wider = dragged(box, {-1, {1, 0, -1}}, {2, 50, -1});
  expectNear(wider.points[1], {6, 4, 2});
  expectNear(wider.points[0], {0, 0, -3});
}

TEST(MarkGeometry, ACropSnapsToVoxelsAndKeepsOne) {
  const Region region{{10, 5, 5}, {20, 20, 10}};
  // 1.3 mm are 2.6 voxels of 0.5 mm.
  EXPECT_EQ(dragged(region, grid(), {-1, {-1, 0, 0}}, {1.3, 0, 0}), (Region{{13, 5, 5}, {17, 20, 10}}));
  EXPECT_EQ(dragged(region, grid(), {-1, {0, 1, 0}}, {0, 100, 0}), (Region{{10, 5, 5}, {20, 25, 10}}));
  EXPECT_EQ(dragged(region, grid(), {-1, {0, 0, 1}}, {0, 0, -100}), (Region{{10, 5, 5}, {20, 20, 1}}));
  EXPECT_EQ(dragged(region, grid(), {-1, {0, 0, -1}}, {0, 0, 100}), (Region{{10, 5, 14}, {20, 20, 1}}));
  EXPECT_EQ(dragged(region, grid(), {}, {-100, 2, 100}), (Region{{0, 6, 10}, {20, 20, 10}}));
}

TEST(MarkGeometry, ACropIsFoundAgainInAPartOfTheVolumeAndInATurnedOne) {
  const Region region{{10, 5, 5}, {20, 20, 10}};
  const Geometry part = cropped(grid(), {{8, 10, 6}, {30, 20, 14}});
  EXPECT_EQ(regionIn(part, grid(), region), (Region{{2, 0, 0}, {20, 15, 9}}));
  const AxisPermutation turn = permutationTo(grid(), "SRP");
  const Region turned = regionIn(permuted(grid(), turn), grid(), region);
  EXPECT_EQ(turned.size, (Index3{10, 20, 20}));
  EXPECT_EQ(turned.start, (Index3{5, 40 - 30, 5}));
  EXPECT_TRUE(regionIn(cropped(grid(), {{0, 0, 0}, {5, 5, 5}}), grid(), region).empty());
}

/// A unit cube about the origin.
OrientedBox cube() {
  OrientedBox box;
  box.low = {-0.5, -0.5, -0.5};
  box.high = {0.5, 0.5, 0.5};
  return box;
}

TEST(BoxSection, AStraightPlaneCutsASquareWhoseEdgesKnowTheirSides) {
  const std::vector<BoxEdge> edges = section(cube(), {0.2, {0, 0, 1}});
  ASSERT_EQ(edges.size(), 4U);
  for (std::size_t n = 0; n < 4; ++n) {
    const BoxEdge& edge = edges[n];
    expectNear(edge.to, edges[(n + 1) % 4].from);
    EXPECT_NEAR(edge.from[2], -0.2, 1e-12);
    ASSERT_NE(edge.axis, 2);
    const auto axis = static_cast<std::size_t>(edge.axis);
    EXPECT_NEAR(edge.from[axis], edge.high ? 0.5 : -0.5, 1e-12);
    EXPECT_NEAR(edge.to[axis], edge.high ? 0.5 : -0.5, 1e-12);
  }
}

TEST(BoxSection, APlaneAcrossTheDiagonalCutsAHexagon) {
  const double third = 1 / std::sqrt(3.0);
  const std::vector<BoxEdge> edges = section(cube(), {0, {third, third, third}});
  ASSERT_EQ(edges.size(), 6U);
  for (std::size_t n = 0; n < 6; ++n) {
    expectNear(edges[n].to, edges[(n + 1) % 6].from);
    const Vec3 d{edges[n].to[0] - edges[n].from[0], edges[n].to[1] - edges[n].from[1],
                 edges[n].to[2] - edges[n].from[2]};
    EXPECT_NEAR(std::hypot(d[0], d[1], d[2]), std::sqrt(0.5), 1e-12);  // the regular one
  }
}

TEST(BoxSection, APlaneBesideTheBoxCutsNothing) {
  EXPECT_TRUE(section(cube(), {0.51, {0, 0, 1}}).empty());
  EXPECT_TRUE(section(cube(), {-0.51, {0, 0, 1}}).empty());
}

TEST(ViewsState, LinkedViewsShareZoomAndPanAlongTheirCommonDirection) {
  ViewsState views;
  views.setSlice("sagittal", {2, {3, 4}});
  EXPECT_EQ(views.slices["axial"], (SliceViewState{2, {0, -3}}));
  EXPECT_EQ(views.slices["coronal"], (SliceViewState{2, {0, 4}}));
  views.linkedZoom = false;
  views.setSlice("axial", {5, {1, 1}});
  EXPECT_EQ(views.slices["coronal"], (SliceViewState{2, {0, 4}}));
}

}  // namespace
}  // namespace voxmark
