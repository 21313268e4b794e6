#include "ui/render/slice_image.h"

#include <cmath>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "tests/render/phantom.h"
#include "ui/render/color_map.h"
#include "ui/render/slice_layout.h"

namespace voxmark::render {
namespace {

using Bytes = std::vector<std::uint8_t>;

template <typename T>
Volume volumeOf(const Index3& size, const std::vector<T>& stored, int components = 1, ValueScale scale = {},
                ComponentMeaning meaning = ComponentMeaning::Scalar) {
  VolumeInfo info;
  info.geometry.size = size;
  info.pixelType = pixelTypeOf<T>();
  info.components = components;
  info.scale = std::move(scale);
  info.meaning = meaning;
  Volume volume(info);
  std::memcpy(volume.mutableFrameData(0), stored.data(), stored.size() * sizeof(T));
  return volume;
}

LayerDisplay windowed(double low, double high) {
  LayerDisplay display;
  display.window = {high - low, 0.5 * (low + high)};
  display.interpolate = false;
  return display;
}

SliceGrid plainGrid(std::int64_t columns, std::int64_t rows) {
  SliceGrid grid;
  grid.columns = columns;
  grid.rows = rows;
  return grid;
}

TEST(SliceImage, ShowsEveryPixelTypeAlike) {
  const std::vector<double> values{0, 10, 25, 50, 99, 100};
  for (const PixelType type : kAllPixelTypes) {
    visitPixelType(type, [&](auto tag) {
      using T = typename decltype(tag)::type;
      std::vector<T> stored;
      for (const double value : values) stored.push_back(static_cast<T>(static_cast<float>(value)));
      const Volume volume = volumeOf<T>({3, 2, 1}, stored);
      const Bytes image = sliceImage(volume, 0, plainGrid(3, 2), windowed(0, 100));
      for (std::size_t n = 0; n < values.size(); ++n) {
        EXPECT_EQ(image[4 * n], std::lround(values[n] * 2.55)) << pixelTypeName(type) << " " << values[n];
        EXPECT_EQ(image[4 * n + 3], 255);
      }
    });
  }
}

TEST(SliceImage, SlicesThatAreNotReadAreStripedAndNotLookedAt) {
  Volume volume = volumeOf<std::uint8_t>({8, 8, 8}, std::vector<std::uint8_t>(512, 200));
  const auto filled = std::make_shared<FilledSlices>(volume.geometry().size, 1);
  volume.setFilled(filled);
  filled->add(0, {{0, 0, 2}, {8, 8, 1}});
  const auto grey = [](const Bytes& image, std::size_t pixel) { return image[4 * pixel] == 200; };
  // Along the slices: all or nothing.
  SliceGrid along = plainGrid(8, 8);
  along.start = {0, 0, 2};
  const Bytes there = sliceImage(volume, 0, along, windowed(0, 255));
  along.start = {0, 0, 3};
  const Bytes missing = sliceImage(volume, 0, along, windowed(0, 255));
  // Across them, slices upwards and to the right, and between the voxels of another grid.
  SliceGrid upwards = plainGrid(8, 8);
  upwards.stepV = {0, 0, 1};
  SliceGrid rightwards = plainGrid(8, 8);
  rightwards.stepU = {0, 0, 1};
  SliceGrid between = upwards;
  between.start = {0.25, 0.25, 0.25};
  const Bytes up = sliceImage(volume, 0, upwards, windowed(0, 255));
  const Bytes right = sliceImage(volume, 0, rightwards, windowed(0, 255));
  const Bytes near = sliceImage(volume, 0, between, windowed(0, 255));
  for (std::size_t n = 0; n < 64; ++n) {
    EXPECT_TRUE(grey(there, n));
    EXPECT_FALSE(grey(missing, n));
    EXPECT_LT(missing[4 * n], 60);
    EXPECT_EQ(missing[4 * n + 3], 255);
    EXPECT_EQ(grey(up, n), n / 8 == 2);
    EXPECT_EQ(grey(right, n), n % 8 == 2);
    EXPECT_EQ(grey(near, n), n / 8 == 2);
  }
}

TEST(SliceImage, SaturatesBeyondTheWindowAndInverts) {
  const Volume volume = volumeOf<std::int16_t>({3, 1, 1}, {-2000, 41, 3000});
  LayerDisplay display = windowed(-160, 240);
  EXPECT_EQ(sliceImage(volume, 0, plainGrid(3, 1), display),
            (Bytes{0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255}));
  display.invert = true;
  EXPECT_EQ(sliceImage(volume, 0, plainGrid(3, 1), display),
            (Bytes{255, 255, 255, 255, 127, 127, 127, 255, 0, 0, 0, 255}));
}

TEST(SliceImage, AppliesTheScaleOfEachSliceAlsoAcrossSlices) {
  const Volume volume = volumeOf<std::uint8_t>({1, 1, 3}, {10, 10, 10}, 1,
                                               ValueScale(std::vector<LinearScale>{{1, 0}, {2, 5}, {0.5, 0}}));
  SliceGrid grid = plainGrid(3, 1);
  grid.stepU = {0, 0, 1};
  const Bytes image = sliceImage(volume, 0, grid, windowed(0, 255));
  EXPECT_EQ(image[0], 10);
  EXPECT_EQ(image[4], 25);
  EXPECT_EQ(image[8], 5);
}

TEST(SliceImage, MakesNanAndTheOutsideTransparentBlack) {
  const Volume volume = volumeOf<float>({2, 1, 1}, {std::numeric_limits<float>::quiet_NaN(), 1.0F});
  const Bytes image = sliceImage(volume, 0, plainGrid(3, 1), windowed(0, 1));
  EXPECT_EQ(image, (Bytes{0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0}));
}

TEST(SliceImage, KeepsColoursAndShowsMagnitudes) {
  const Volume rgb = volumeOf<std::uint8_t>({1, 1, 1}, {200, 100, 50}, 3, {}, ComponentMeaning::Colour);
  EXPECT_EQ(sliceImage(rgb, 0, plainGrid(1, 1), windowed(0, 1)), (Bytes{200, 100, 50, 255}));
  const Volume rgba = volumeOf<std::uint8_t>({1, 1, 1}, {200, 100, 50, 7}, 4, {}, ComponentMeaning::Colour);
  EXPECT_EQ(sliceImage(rgba, 0, plainGrid(1, 1), windowed(0, 1)), (Bytes{200, 100, 50, 7}));
  const Volume wide = volumeOf<std::uint16_t>({1, 1, 1}, {1000, 500, 0}, 3, {}, ComponentMeaning::Colour);
  EXPECT_EQ(sliceImage(wide, 0, plainGrid(1, 1), windowed(0, 1000)), (Bytes{255, 128, 0, 255}));
  const Volume vector = volumeOf<float>({1, 1, 1}, {3, -4, 12}, 3, {}, ComponentMeaning::Vector);
  EXPECT_EQ(sliceImage(vector, 0, plainGrid(1, 1), windowed(0, 255))[0], 13);
  const Volume list = volumeOf<std::uint8_t>({1, 1, 1}, {9, 200}, 2);
  EXPECT_EQ(sliceImage(list, 0, plainGrid(1, 1), windowed(0, 255))[0], 9);
}

TEST(SliceImage, UsesTheColourMap) {
  const Volume volume = volumeOf<std::uint8_t>({2, 1, 1}, {0, 255});
  LayerDisplay display = windowed(0, 255);
  display.colorMap = "viridis";
  const Bytes image = sliceImage(volume, 0, plainGrid(2, 1), display);
  EXPECT_EQ(image, (Bytes{0x44, 0x01, 0x54, 255, 0xfd, 0xe7, 0x25, 255}));  // its published ends
}

/// Every plane of every orientation must hold, at each pixel, the phantom's value at the patient position that the
/// convention puts there.
TEST(SliceImage, CutsAllOrientationsAlike) {
  for (const VolumePtr& volume : testing::phantomInAllOrientations()) {
    const Index3 n = testing::kPhantomSize;
    const auto slice = [&](Plane plane, std::int64_t index) {
      return sliceImage(*volume, 0, layoutOf(volume->geometry(), plane, true).gridAt(index), windowed(0, 255));
    };
    const Bytes axial = slice(Plane::Axial, 11);
    const Bytes coronal = slice(Plane::Coronal, 15);
    const Bytes sagittal = slice(Plane::Sagittal, 27);
    const auto at = [](const Bytes& image, std::int64_t columns, std::int64_t column, std::int64_t row) {
      return image[static_cast<std::size_t>(4 * (row * columns + column))];
    };
    std::int64_t wrong = 0;
    for (std::int64_t l = 0; l < n[0]; ++l) {
      for (std::int64_t p = 0; p < n[1]; ++p) {
        wrong += at(axial, n[0], l, n[1] - 1 - p) != testing::phantomValue({l, p, 11});
      }
      for (std::int64_t s = 0; s < n[2]; ++s) wrong += at(coronal, n[0], l, s) != testing::phantomValue({l, 15, s});
    }
    for (std::int64_t p = 0; p < n[1]; ++p) {
      for (std::int64_t s = 0; s < n[2]; ++s) wrong += at(sagittal, n[1], p, s) != testing::phantomValue({27, p, s});
    }
    EXPECT_EQ(wrong, 0) << orientationOf(volume->geometry());
  }
}

}  // namespace
}  // namespace voxmark::render
