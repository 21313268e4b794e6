#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/document/mark_geometry.h"
#include "tests/render/phantom.h"
#include "ui/render/offscreen.h"

namespace voxmark::render {
namespace {

constexpr int kSide = 400;

Image picture(const Document& document) {
  OffscreenRequest request;
  request.document = document;
  request.view = "axial";
  request.width = request.height = kSide;
  return renderOffscreen(request);
}

std::array<int, 3> colourAt(const Image& image, double x, double fromBelow) {
  const auto column = static_cast<std::size_t>(std::lround(x));
  const auto row = static_cast<std::size_t>(kSide - 1 - std::lround(fromBelow));
  const std::size_t at = (row * kSide + column) * 3;
  return {image.rgb[at], image.rgb[at + 1], image.rgb[at + 2]};
}

/// The most colourful pixel and the darkest one within `reach`.
struct Around {
  int colour = 0;
  int darkest = 255;
};
Around around(const Image& image, double x, double y, int reach) {
  Around out;
  for (int dx = -reach; dx <= reach; ++dx) {
    for (int dy = -reach; dy <= reach; ++dy) {
      const auto c = colourAt(image, x + dx, y + dy);
      const auto [low, high] = std::minmax_element(c.begin(), c.end());
      out.colour = std::max(out.colour, *high - *low);
      out.darkest = std::min(out.darkest, *high);
    }
  }
  return out;
}

/// Where a place of the axial slice is on the picture; the phantom is taller than wide, with the renderer's margin.
std::array<double, 2> pixelOf(const Vec3& world) {
  const double mm = 1.06 * std::max(40 * 1.0, 48 * 1.1) / kSide;
  const Vec3 middle{testing::kPhantomOrigin[0] + 19.5, testing::kPhantomOrigin[1] + 23.5 * 1.1, 0};
  return {0.5 * kSide + (world[0] - middle[0]) / mm, 0.5 * kSide - (world[1] - middle[1]) / mm};
}

TEST(MarkPicture, ALineIsColouredWithADarkRimOnBrightTissue) {
  Document document = testing::documentOf(testing::phantom("LPS", 0));
  const Vec3 middle = testing::phantomWorld(testing::kBrightVoxel);
  const Image before = picture(document);
  Mark mark;
  mark.id = 1;
  mark.kind = MarkKind::Distance;
  mark.points = {{middle[0] - 3, middle[1], middle[2]}, {middle[0] + 3, middle[1], middle[2]}};
  document.marks = {mark};
  const Image after = picture(document);
  const auto at = pixelOf(middle);
  EXPECT_EQ(around(before, at[0], at[1], 4).colour, 0);
  EXPECT_GT(around(before, at[0], at[1], 4).darkest, 200);
  EXPECT_GT(around(after, at[0], at[1], 1).colour, 100);
  EXPECT_LT(around(after, at[0], at[1], 4).darkest, 120);
  // Twelve pixels above the line nothing has changed.
  EXPECT_EQ(colourAt(after, at[0], at[1] + 12), colourAt(before, at[0], at[1] + 12));
  document.marks[0].visible = false;
  EXPECT_EQ(picture(document).rgb, before.rgb);
}

TEST(MarkPicture, TheSelectedMarkHasItsOwnColourAndGrips) {
  Document document = testing::documentOf(testing::phantom("LPS", 0));
  const Vec3 middle = testing::phantomWorld(testing::kBrightVoxel);
  Mark mark = placedMark(MarkKind::Rectangle,
                         {{middle[0] - 5, middle[1] - 4, middle[2]}, {middle[0] + 5, middle[1] + 4, middle[2]}},
                         {Vec3{1, 0, 0}, {0, -1, 0}, {0, 0, 1}});
  mark.id = 7;
  document.marks = {mark};
  const auto side = pixelOf({middle[0] + 5, middle[1], middle[2]});
  const auto plain = colourAt(picture(document), side[0] - 2, side[1]);
  document.selectedMark = 7;
  const auto grip = colourAt(picture(document), side[0] - 2, side[1]);
  EXPECT_NE(plain, grip);
  EXPECT_GT(grip[0], grip[2] + 60);  // warm
}

TEST(MarkPicture, WhatACropLeavesOutIsDarkened) {
  Document document = testing::documentOf(testing::phantom("LPS", 0));
  const Image before = picture(document);
  document.crop = CropBox{document.layers[0].id, {{20, 10, 5}, {14, 12, 12}}};
  const Image after = picture(document);
  const auto inside = pixelOf(testing::phantomWorld(testing::kBrightVoxel));
  const auto outside = pixelOf(testing::phantomWorld({14, 24, 11}));
  EXPECT_EQ(colourAt(after, inside[0], inside[1]), colourAt(before, inside[0], inside[1]));
  ASSERT_GT(colourAt(before, outside[0], outside[1])[0], 50);
  EXPECT_NEAR(colourAt(after, outside[0], outside[1])[0], 0.45 * colourAt(before, outside[0], outside[1])[0], 3);
}

}  // namespace
}  // namespace voxmark::render
