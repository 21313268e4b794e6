#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "tests/render/phantom.h"
#include "tests/render/picture_support.h"

namespace voxmark::render {
namespace {

using testing::documentOf;
using testing::meanDifference;

Image picture(const Document& document, const std::string& view, int width, int height) {
  return renderOffscreen({document, view, width, height});
}

/// Mean position (fractions from the left and from the top) of the pixels brighter than the rest of the phantom.
std::array<double, 2> brightPlace(const Image& image) {
  double x = 0;
  double y = 0;
  double count = 0;
  for (int row = 0; row < image.height; ++row) {
    for (int column = 0; column < image.width; ++column) {
      if (image.rgb[static_cast<std::size_t>(3 * (row * image.width + column))] < 230) continue;
      x += column + 0.5;
      y += row + 0.5;
      ++count;
    }
  }
  return {x / count / image.width, y / count / image.height};
}

class Orientations : public ::testing::TestWithParam<std::string> {};

TEST_P(Orientations, AllLookLikeLps) {
  const Image expected = picture(documentOf(testing::phantom("LPS", 0)), GetParam(), 200, 200);
  for (const VolumePtr& volume : testing::phantomInAllOrientations()) {
    const Image actual = picture(documentOf(volume), GetParam(), 200, 200);
    EXPECT_LT(meanDifference(expected, actual), 0.5) << orientationOf(volume->geometry());
  }
}

INSTANTIATE_TEST_SUITE_P(Planes, Orientations, ::testing::Values("axial", "sagittal", "coronal"),
                         [](const auto& which) { return which.param; });

/// The bright block lies to the patient's left, in front and below: on the right and on top of an axial picture, on
/// the right and at the bottom of a coronal one, on the left and at the bottom of a sagittal one.
TEST(Pictures, FollowTheRadiologicalConvention) {
  Document document = documentOf(testing::phantom("SPL", 6));
  const auto axial = brightPlace(picture(document, "axial", 200, 200));
  EXPECT_GT(axial[0], 0.55);
  EXPECT_LT(axial[1], 0.45);
  const auto coronal = brightPlace(picture(document, "coronal", 200, 200));
  EXPECT_GT(coronal[0], 0.55);
  EXPECT_GT(coronal[1], 0.55);
  const auto sagittal = brightPlace(picture(document, "sagittal", 200, 200));
  EXPECT_LT(sagittal[0], 0.45);
  EXPECT_GT(sagittal[1], 0.55);
  document.views.radiological = false;
  EXPECT_LT(brightPlace(picture(document, "axial", 200, 200))[0], 0.45);
  EXPECT_LT(brightPlace(picture(document, "coronal", 200, 200))[0], 0.45);
  EXPECT_LT(brightPlace(picture(document, "sagittal", 200, 200))[0], 0.45);
}

/// Where the block's middle must be, from the margin-free geometry: the picture has the phantom's proportions.
TEST(Pictures, KeepMillimetreProportions) {
  const auto axial = brightPlace(picture(documentOf(testing::phantom("LPS", 0)), "axial", 300, 300));
  const double mm = 48 * 1.1 * 1.06;  // the longer side, with its margin, is as long as the picture
  EXPECT_NEAR(axial[0], 0.5 + (27 - 19.5) * 1.0 / mm, 0.01);
  EXPECT_NEAR(axial[1], 0.5 + (15 - 23.5) * 1.1 / mm, 0.01);
}

TEST(Pictures, VolumeLooksTheSameInEveryOrientation) {
  Document document = documentOf(testing::phantom("LPS", 0));
  const Image expected = picture(document, "3d", 160, 160);
  EXPECT_GT(meanDifference(expected, Image{160, 160, std::vector<std::uint8_t>(160 * 160 * 3, 0)}), 5);
  for (const int flips : {1, 3, 7}) {
    EXPECT_LT(meanDifference(expected, picture(documentOf(testing::phantom("PSL", flips)), "3d", 160, 160)), 3)
        << "flips " << flips;
  }
}

TEST(Pictures, ShowAnOverlayWhereItLies) {
  Document document = documentOf(testing::phantom("LPS", 0));
  const Image alone = picture(document, "axial", 200, 200);
  Layer overlay = document.layers.front();
  overlay.id = 2;
  overlay.volume = testing::phantom("SLP", 5);  // the same voxels, stored otherwise
  document.layers.push_back(overlay);
  EXPECT_LT(meanDifference(alone, picture(document, "axial", 200, 200)), 1.5);
  document.layers.back().display.invert = true;
  document.layers.back().display.opacity = 0.5;
  const Image mixed = picture(document, "axial", 200, 200);
  const std::size_t middle = 3 * (100 * 200 + 100);
  EXPECT_NEAR(mixed.rgb[middle], 128, 3);  // half of the value and half of its inverse
  document.layers.back().display.visible = false;
  EXPECT_LT(meanDifference(alone, picture(document, "axial", 200, 200)), 0.01);
}

TEST(Pictures, OfAQuadMatchTheBaseline) {
  Document document = documentOf(testing::phantom("LPS", 0));
  document.views.annotations = true;
  document.views.crosshairVisible = true;
  testing::expectLooksLike(picture(document, "quad", 640, 640), "quad", 2.0);
}

TEST(Pictures, OfAnObliqueSliceMatchTheBaseline) {
  VolumeInfo info = testing::phantom("LPS", 0)->info();
  const double c = std::cos(0.3);
  const double s = std::sin(0.3);
  const VolumePtr straight = testing::phantom("LPS", 0);
  info.geometry.direction = {c, -s, 0, s, c, 0, 0, 0, 1};
  Volume turned(info);
  std::copy_n(straight->frameData(0), info.frameBytes(), turned.mutableFrameData(0));
  Document document = documentOf(std::make_shared<const Volume>(std::move(turned)));
  Layer overlay = document.layers.front();
  overlay.id = 2;
  overlay.volume = straight;
  overlay.display.colorMap = "hot";
  overlay.display.opacity = 0.5;
  document.layers.push_back(overlay);
  document.views.crosshair = centreOf(info.geometry);
  document.views.annotations = true;
  document.views.crosshairVisible = true;
  testing::expectLooksLike(picture(document, "axial", 400, 320), "oblique_overlay", 2.0);
}

TEST(Pictures, OfAMaximumProjectionMatchTheBaseline) {
  Document document = documentOf(testing::phantom("LPS", 0));
  document.layers.front().display.volumePreset = "MIP";
  document.layers.front().display.colorMap = "inferno";
  document.views.annotations = true;
  testing::expectLooksLike(picture(document, "3d", 300, 300), "mip", 3.0);
}

TEST(Pictures, SurviveAPngFile) {
  const Image image = picture(documentOf(testing::phantom("LPS", 0)), "axial", 61, 47);
  const auto path = std::filesystem::temp_directory_path() / ("voxmark_picture_" + std::to_string(::getpid()) + ".png");
  writePng(image, path.string());
  EXPECT_EQ(readPng(path.string()).rgb, image.rgb);
  std::filesystem::remove(path);
  EXPECT_THROW((void)readPng(path.string()), Error);
  EXPECT_THROW(writePng(image, "/nowhere/at/all.png"), Error);
}

TEST(Pictures, NeedADisplayAndAView) {
  const Document document = documentOf(testing::phantom("LPS", 0));
  EXPECT_THROW((void)picture(document, "oblique", 100, 100), Error);
  EXPECT_THROW((void)picture(document, "axial", 0, 100), Error);
  const char* before = std::getenv("DISPLAY");
  const std::string display = before == nullptr ? "" : before;
  ::unsetenv("DISPLAY");
  try {
    (void)picture(document, "axial", 100, 100);
    ADD_FAILURE() << "drew without a display";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Display);
  }
  ::setenv("DISPLAY", display.c_str(), 1);
}

}  // namespace
}  // namespace voxmark::render

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
