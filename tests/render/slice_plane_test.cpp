// Planes of any orientation, slabs, blending and labels, against a plain sampler that shares nothing with ours.
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "tests/render/phantom.h"
#include "ui/render/slice_image.h"
#include "ui/render/slice_layout.h"

namespace voxmark::render {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Noise on a sheared, oblique grid.
std::shared_ptr<Volume> noise(PixelType type = PixelType::I16) {
  VolumeInfo info;
  info.geometry.size = {19, 23, 17};
  const double c = std::cos(0.3), s = std::sin(0.3);
  EXPECT_TRUE(setAffine(info.geometry, {0.9 * c, -1.2 * s, 0.05, 0.9 * s, 1.2 * c, 0.1, 0, 0.02, 2.1}, {-4, 6, 3}));
  info.pixelType = type;
  auto volume = std::make_shared<Volume>(info);
  std::mt19937 random(9);
  visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    auto* to = reinterpret_cast<T*>(volume->mutableFrameData(0));
    for (std::int64_t n = 0; n < info.voxelsPerFrame(); ++n) to[n] = static_cast<T>(static_cast<float>(random() % 250));
  });
  return volume;
}

/// Trilinear, or nearest, in double precision; NaN outside.
double sampled(const Volume& volume, const Vec3& world, bool linear) {
  Vec3 p = worldToVoxel(volume.geometry(), world);
  const Index3& n = volume.geometry().size;
  for (std::size_t a = 0; a < 3; ++a) {
    if (p[a] < -0.5 || p[a] >= static_cast<double>(n[a]) - 0.5) return std::numeric_limits<double>::quiet_NaN();
    p[a] = std::clamp(p[a], 0.0, static_cast<double>(n[a] - 1));
  }
  if (!linear) return volume.valueAt(0, {std::lround(p[0]), std::lround(p[1]), std::lround(p[2])});
  double sum = 0;
  for (int corner = 0; corner < 8; ++corner) {
    double weight = 1;
    Index3 at{};
    for (std::size_t a = 0; a < 3; ++a) {
      const double low = std::floor(p[a]);
      const bool high = (corner >> a & 1) != 0;
      weight *= high ? p[a] - low : 1 - (p[a] - low);
      at[a] = std::min(static_cast<std::int64_t>(low) + (high ? 1 : 0), n[a] - 1);
    }
    if (weight > 0) sum += weight * volume.valueAt(0, at);
  }
  return sum;
}

struct Compared {
  std::int64_t shown = 0;
  double worst = 0;  ///< levels
  std::int64_t otherCover = 0;
};

/// Compares a painted plane with `expected` of the world position of each pixel.
Compared compare(const Volume& volume, const PixelPlane& plane, bool linear, const auto& expected) {
  LayerDisplay display;
  display.window = {255, 127.5};
  display.interpolate = linear;
  const Bytes found = sliceImage(volume, 0, gridIn(plane, volume.geometry()), display);
  Compared out;
  for (std::int64_t row = 0; row < plane.rows; ++row) {
    for (std::int64_t column = 0; column < plane.columns; ++column) {
      Vec3 world = plane.origin;
      for (std::size_t a = 0; a < 3; ++a) {
        world[a] += static_cast<double>(column) * plane.right[a] + static_cast<double>(row) * plane.up[a];
      }
      const double value = expected(world);
      const std::uint8_t* pixel = found.data() + 4 * (row * plane.columns + column);
      if (std::isnan(value) != (pixel[3] == 0)) ++out.otherCover;
      if (std::isnan(value) || pixel[3] == 0) continue;
      ++out.shown;
      out.worst = std::max(out.worst, std::abs(value - pixel[0]));
    }
  }
  return out;
}

ViewsState turned() {
  ViewsState views;
  views.rotation = compose(rotationAbout({0, 0, 1}, 25), rotationAbout({1, 0.5, 0}, -35));
  return views;
}

PixelPlane pixelsOf(const Volume& volume, Plane plane, const ViewsState& views, double mm = 0.37) {
  const SliceLayout layout = layoutOf(volume.geometry(), plane, views);
  return pixelPlane(layout, {0.3171, -0.2313}, layout.planeThrough(views.crosshair), mm, 83, 71, views.slab);
}

TEST(SlicePlane, IsWhatAPlainSamplerFindsThere) {
  ViewsState patient;
  patient.alignment = Alignment::Patient;
  for (const PixelType type : {PixelType::I16, PixelType::U8, PixelType::F64}) {
    const auto volume = noise(type);
    for (ViewsState views : {ViewsState{}, patient, turned()}) {
      views.crosshair = centreOf(volume->geometry());
      for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
        for (const bool linear : {true, false}) {
          const PixelPlane pixels = pixelsOf(*volume, plane, views);
          const Compared found =
              compare(*volume, pixels, linear, [&](const Vec3& world) { return sampled(*volume, world, linear); });
          EXPECT_GT(found.shown, 1000);
          EXPECT_LE(found.worst, 0.51) << planeKey(plane) << linear << pixelTypeName(type);
          EXPECT_EQ(found.otherCover, 0);
        }
      }
    }
  }
}

/// What a slab through `world` along `across` shows, sampled every 0.45 mm, which is half the finest spacing.
double slabbed(const Volume& volume, SlabMode mode, const Vec3& world, const Vec3& across) {
  double sum = 0, high = -1e9, low = 1e9;
  int count = 0;
  for (int n = -5; n <= 5; ++n) {
    Vec3 at = world;
    for (std::size_t a = 0; a < 3; ++a) at[a] += n * 0.45 * across[a];
    const double value = sampled(volume, at, true);
    if (std::isnan(value)) continue;
    ++count;
    sum += value;
    high = std::max(high, value);
    low = std::min(low, value);
  }
  if (count == 0) return std::numeric_limits<double>::quiet_NaN();
  return mode == SlabMode::Maximum ? high : mode == SlabMode::Minimum ? low : sum / count;
}

TEST(SlicePlane, TurnedSlabsTakeTheLargestTheSmallestAndTheMeanAlongTheNormal) {
  const auto volume = noise();
  ViewsState views = turned();
  views.crosshair = centreOf(volume->geometry());
  for (const SlabMode mode : {SlabMode::Maximum, SlabMode::Minimum, SlabMode::Mean}) {
    views.slab = {mode, 5};
    const PixelPlane pixels = pixelsOf(*volume, Plane::Coronal, views);
    const Compared found =
        compare(*volume, pixels, true, [&](const Vec3& world) { return slabbed(*volume, mode, world, pixels.across); });
    EXPECT_GT(found.shown, 1000);
    EXPECT_LE(found.worst, 0.51) << static_cast<int>(mode);
  }
}

TEST(SlicePlane, SlabsAlongTheVolumesAxesAreTakenVoxelByVoxelAndThenInterpolated) {
  const auto volume = noise();
  ViewsState views;
  views.crosshair = centreOf(volume->geometry());
  for (const SlabMode mode : {SlabMode::Maximum, SlabMode::Minimum, SlabMode::Mean}) {
    views.slab = {mode, 5};
    const PixelPlane pixels = pixelsOf(*volume, Plane::Coronal, views);  // across j
    const Compared found = compare(*volume, pixels, true, [&](const Vec3& world) {
      if (std::isnan(sampled(*volume, world, true))) return std::numeric_limits<double>::quiet_NaN();
      Vec3 p = worldToVoxel(volume->geometry(), world);
      p[0] = std::clamp(p[0], 0.0, 18.0);
      p[2] = std::clamp(p[2], 0.0, 16.0);
      double sum = 0;
      for (int corner = 0; corner < 4; ++corner) {
        Vec3 at = p;
        double weight = 1;
        for (std::size_t n = 0; n < 2; ++n) {
          const double low = std::floor(p[2 * n]);
          const bool high = (corner >> n & 1) != 0;
          weight *= high ? p[2 * n] - low : 1 - (p[2 * n] - low);
          at[2 * n] = low + (high ? 1 : 0);
        }
        if (weight > 0) sum += weight * slabbed(*volume, mode, voxelToWorld(volume->geometry(), at), pixels.across);
      }
      return sum;
    });
    EXPECT_GT(found.shown, 1000);
    EXPECT_LE(found.worst, 0.51) << static_cast<int>(mode);
  }
}

TEST(SlicePlane, OfAllOrientationsOfAVolumeIsTheSame) {
  Bytes first[3];
  for (const VolumePtr& volume : testing::phantomInAllOrientations()) {
    for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
      ViewsState views;
      views.crosshair = centreOf(volume->geometry());
      for (double& x : views.crosshair) x += 0.2;
      LayerDisplay display;
      display.window = {255, 127.5};
      const PixelPlane pixels = pixelsOf(*volume, plane, views, 0.61);
      const Bytes found = sliceImage(*volume, 0, gridIn(pixels, volume->geometry()), display);
      Bytes& expected = first[static_cast<int>(plane)];
      if (expected.empty()) expected = found;
      std::int64_t other = 0;
      for (std::size_t n = 0; n < found.size(); ++n) other += std::abs(found[n] - expected[n]) > 1;  // rounding
      EXPECT_EQ(other, 0) << orientationOf(volume->geometry()) << planeKey(plane);
    }
  }
}

TEST(SlicePlane, PassesThroughTheCrosshairWhereItIsTurnedAndThroughASliceWhereItIsNot) {
  const auto volume = noise();
  ViewsState views = turned();
  views.crosshair = voxelToWorld(volume->geometry(), {7.3, 9.6, 8.2});
  const SliceLayout free = layoutOf(volume->geometry(), Plane::Axial, views);
  EXPECT_NEAR(free.planeThrough(views.crosshair), free.sceneOf(views.crosshair)[2], 1e-9);
  views.rotation = {};
  const SliceLayout own = layoutOf(volume->geometry(), Plane::Axial, views);
  const Vec3 on = own.movedTo(views.crosshair, own.sliceOf(views.crosshair));
  EXPECT_NEAR(worldToVoxel(volume->geometry(), on)[2], 8, 1e-9);
  for (std::int64_t n = 0; n < own.count; ++n) EXPECT_EQ(own.sliceOf(own.worldOf({1, 2, own.offsetOf(n)})), n);
}

TEST(SlicePlane, LettersFollowTheTurn) {
  const Geometry plain = [] {
    Geometry g;
    g.size = {10, 10, 10};
    return g;
  }();
  ViewsState views;
  EXPECT_EQ(layoutOf(plain, Plane::Axial, views).edgeLetters(), (std::array<std::string, 4>{"R", "L", "A", "P"}));
  views.rotation = rotationAbout({0, 0, 1}, 45);
  EXPECT_EQ(layoutOf(plain, Plane::Axial, views).edgeLetters()[1].size(), 2U);
  views.rotation = rotationAbout({0, 0, 1}, 90);  // from left towards posterior
  EXPECT_EQ(layoutOf(plain, Plane::Axial, views).edgeLetters()[1], "P");
}

TEST(Blending, FollowsItsDefinition) {
  const Bytes layer{200, 100, 0, 255, 200, 100, 0, 128, 10, 20, 30, 0};
  const auto laid = [&](Blend blend, double opacity) {
    Bytes picture{100, 150, 50, 255, 100, 150, 50, 255, 100, 150, 50, 255};
    blendLayer(layer.data(), 3, blend, opacity, picture.data());
    return picture;
  };
  EXPECT_EQ(laid(Blend::Over, 1), (Bytes{200, 100, 0, 255, 150, 125, 25, 255, 100, 150, 50, 255}));
  EXPECT_EQ(laid(Blend::Over, 0.5), (Bytes{150, 125, 25, 255, 125, 137, 37, 255, 100, 150, 50, 255}));
  EXPECT_EQ(laid(Blend::Add, 1), (Bytes{255, 250, 50, 255, 200, 200, 50, 255, 100, 150, 50, 255}));
  EXPECT_EQ(laid(Blend::Maximum, 1), (Bytes{200, 150, 50, 255, 100, 150, 50, 255, 100, 150, 50, 255}));
  EXPECT_EQ(laid(Blend::Over, 0), (Bytes{100, 150, 50, 255, 100, 150, 50, 255, 100, 150, 50, 255}));
}

Volume row(const std::vector<std::int16_t>& values, const Index3& size) {
  VolumeInfo info;
  info.geometry.size = size;
  info.pixelType = PixelType::I16;
  Volume volume(info);
  std::memcpy(volume.mutableFrameData(0), values.data(), 2 * values.size());
  return volume;
}

SliceGrid gridOf(std::int64_t columns, std::int64_t rows) {
  SliceGrid grid;
  grid.columns = columns;
  grid.rows = rows;
  return grid;
}

TEST(Thresholds, HideWhatLiesBeyondThem) {
  const Volume volume = row({-5, 0, 5, 10}, {4, 1, 1});
  LayerDisplay display;
  display.window = {20, 0};
  display.hideBelow = 0;
  display.hideAbove = 5;
  const Bytes found = sliceImage(volume, 0, gridOf(4, 1), display);
  EXPECT_EQ(found[3], 0);
  EXPECT_EQ(found[7], 255);
  EXPECT_EQ(found[11], 255);
  EXPECT_EQ(found[15], 0);
}

TEST(Labels, AreDrawnByTheirTableFilledOrAsOutlines) {
  std::vector<std::int16_t> values(9 * 9, 0);
  for (std::size_t j = 2; j < 7; ++j) {
    for (std::size_t i = 2; i < 7; ++i) values[j * 9 + i] = i < 5 ? 7 : 300;
  }
  const Volume volume = row(values, {9, 9, 1});
  auto table = std::make_shared<LabelTable>();
  table->labels[7] = {"seven", {10, 20, 30}, 0.5, true};
  LayerDisplay display;
  display.labels = true;
  display.labelTable = table;
  const Label unnamed = labelOf(table.get(), 300);
  const auto at = [](const Bytes& image, std::size_t i, std::size_t j) {
    return Bytes(image.begin() + static_cast<std::ptrdiff_t>(4 * (j * 9 + i)),
                 image.begin() + static_cast<std::ptrdiff_t>(4 * (j * 9 + i) + 4));
  };
  const Bytes filled = sliceImage(volume, 0, gridOf(9, 9), display);
  const Bytes other{unnamed.colour[0], unnamed.colour[1], unnamed.colour[2], 255};
  EXPECT_EQ(at(filled, 3, 4), (Bytes{10, 20, 30, 128}));
  EXPECT_EQ(at(filled, 6, 4), other);
  EXPECT_EQ(at(filled, 0, 0)[3], 0);
  display.labelOutline = true;
  const Bytes outline = sliceImage(volume, 0, gridOf(9, 9), display);
  EXPECT_EQ(at(outline, 3, 4)[3], 0);  // inside
  EXPECT_EQ(at(outline, 2, 4), (Bytes{10, 20, 30, 128}));
  EXPECT_EQ(at(outline, 4, 4), (Bytes{10, 20, 30, 128}));  // towards the other label
  EXPECT_EQ(at(outline, 5, 4), other);
  EXPECT_EQ(at(outline, 5, 6), other);
}

TEST(Vectors, ShowTheirDirectionAsColours) {
  VolumeInfo info;
  info.geometry.size = {2, 1, 1};
  info.pixelType = PixelType::F32;
  info.components = 3;
  info.meaning = ComponentMeaning::Vector;
  Volume volume(info);
  const float values[] = {0, -3, 4, 0, 0, 10};
  std::memcpy(volume.mutableFrameData(0), values, sizeof values);
  LayerDisplay display;
  display.window = {10, 5};
  display.vectors = VectorStyle::Direction;
  const Bytes found = sliceImage(volume, 0, gridOf(2, 1), display);
  EXPECT_EQ(found[0], 0);
  EXPECT_EQ(found[1], std::lround(128 * 0.6));
  EXPECT_EQ(found[2], std::lround(128 * 0.8));
  EXPECT_EQ((Bytes{found.begin() + 4, found.end()}), (Bytes{0, 0, 255, 255}));
}

}  // namespace
}  // namespace voxmark::render
