#include "ui/render/ray_caster.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

#include "tests/render/phantom.h"

namespace voxmark::render {
namespace {

using Values = std::function<std::uint16_t(const Index3&)>;

DisplayVolume display(const Geometry& geometry, const Values& values) {
  VolumeInfo info;
  info.geometry = geometry;
  info.pixelType = PixelType::U16;
  Volume volume(info);
  auto* voxels = reinterpret_cast<std::uint16_t*>(volume.mutableFrameData(0));
  std::uint16_t* out = voxels;
  Index3 v{};
  for (v[2] = 0; v[2] < geometry.size[2]; ++v[2]) {
    for (v[1] = 0; v[1] < geometry.size[1]; ++v[1]) {
      for (v[0] = 0; v[0] < geometry.size[0]; ++v[0]) *out++ = values(v);
    }
  }
  DisplayVolume made;
  made.high = 65535;
  made.bricks = bricksOf(voxels, geometry.size);
  made.voxels = std::make_shared<const Volume>(std::move(volume));
  return made;
}

/// Red grows with the value, green is 1, blue 0; values from `from` on have the opacity `alpha`.
TransferTable table(std::size_t from, float alpha) {
  TransferTable out;
  out.shaded = false;
  out.entries.resize(TransferTable::kEntries);
  for (std::size_t n = 0; n < TransferTable::kEntries; ++n) {
    const float red = static_cast<float>(n) / (TransferTable::kEntries - 1);
    out.entries[n] = {red, 1, 0, n >= (from >> TransferTable::kShift) ? alpha : 0};
  }
  return out;
}

/// Looks along k at a whole straight volume, a pixel for each voxel of a slice.
RayCamera alongK(const Geometry& geometry) {
  RayCamera camera;
  camera.focalPoint = centreOf(geometry);
  camera.position = camera.focalPoint;
  camera.position[2] -= 500;
  camera.up = {0, 1, 0};
  camera.parallel = true;
  camera.parallelScale = 0.5 * geometry.spacing[1] * static_cast<double>(geometry.size[1]);
  return camera;
}

const std::uint8_t* pixel(const RayImage& image, std::int64_t x, std::int64_t y) {
  return image.rgba.data() + (y * image.width + x) * 4;
}

/// Oblique, with voxels of unequal sides.
Geometry oblique() {
  Geometry geometry;
  geometry.size = {24, 26, 28};
  geometry.spacing = {1, 1.5, 0.8};
  geometry.origin = {-40, 12, 100};
  const double c = std::cos(0.5);
  const double s = std::sin(0.5);
  geometry.direction = {c, -s, 0, s * c, c * c, -s, s * s, s * c, c};
  return geometry;
}

RayCamera lookingAt(const Geometry& geometry) {
  RayCamera camera;
  camera.focalPoint = centreOf(geometry);
  camera.position = {camera.focalPoint[0] + 30, camera.focalPoint[1] - 90, camera.focalPoint[2] + 25};
  return camera;
}

RayImage cast(const DisplayVolume& volume, const TransferTable& with, const RayCamera& camera,
              const RayQuality& quality) {
  JobContext job;
  return castRays(volume, with, camera, quality, job);
}

TEST(RayCaster, AbsorbsAsMuchAsTheThicknessSays) {
  Geometry geometry;
  geometry.size = {9, 9, 10};
  geometry.spacing = {2, 2, 2};
  const DisplayVolume slab = display(geometry, [](const Index3&) { return std::uint16_t{65535}; });
  for (const double step : {0.25, 0.5, 1.0}) {
    const RayImage image = cast(slab, table(1000, 0.1F), alongK(geometry), {9, 9, step});
    const double expected = 255 * (1 - std::pow(0.9, 20));  // 10 voxels of 2 mm
    for (const auto place : {0, 4, 8}) {
      EXPECT_NEAR(pixel(image, place, place)[3], expected, 1) << step;
      EXPECT_NEAR(pixel(image, place, place)[1], expected, 1) << "green is 1, times the opacity";
      EXPECT_EQ(pixel(image, place, place)[2], 0);
    }
  }
}

TEST(RayCaster, ShowsNothingBesideTheVolumeOrBehindTheEye) {
  Geometry geometry;
  geometry.size = {8, 8, 8};
  const DisplayVolume cube = display(geometry, [](const Index3&) { return std::uint16_t{65535}; });
  RayCamera camera = alongK(geometry);
  camera.parallelScale *= 2;
  const RayImage image = cast(cube, table(1000, 0.9F), camera, {16, 16});
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) {
      const bool inside = x >= 4 && x < 12 && y >= 4 && y < 12;
      EXPECT_EQ(pixel(image, x, y)[3] > 0, inside) << x << ", " << y;
    }
  }
  camera.parallel = false;
  camera.position[2] = camera.focalPoint[2] + 100;
  camera.focalPoint[2] += 200;  // away from it
  for (const std::uint8_t part : cast(cube, table(1000, 0.9F), camera, {16, 16}).rgba) EXPECT_EQ(part, 0);
}

TEST(RayCaster, ProjectsTheMaximumExactly) {
  Geometry geometry;
  geometry.size = {21, 17, 30};
  const auto brightest = [](const Index3& v) {
    return static_cast<std::uint16_t>(((v[0] * 1237 + v[1] * 911) % 4000) * 16 + 8);
  };
  const DisplayVolume volume = display(geometry, [&](const Index3& v) {
    const bool plateau = v[2] >= 11 + v[0] % 3 && v[2] <= 13 + v[0] % 3;
    return plateau ? brightest(v) : static_cast<std::uint16_t>(brightest(v) / 2);
  });
  TransferTable maximum = table(0, 1);
  maximum.maximum = true;
  const RayImage image = cast(volume, maximum, alongK(geometry), {21, 17});
  for (std::int64_t y = 0; y < 17; ++y) {
    for (std::int64_t x = 0; x < 21; ++x) {
      // Looking along +k with j upwards, i grows to the left.
      const std::uint16_t value = brightest({20 - x, y, 0});
      const float red = maximum.entries[value >> TransferTable::kShift][0];
      ASSERT_EQ(pixel(image, x, y)[0], static_cast<int>(red * 255 + 0.5F)) << x << ", " << y;
    }
  }
}

/// The rays are followed here point by point through the public geometry functions.
TEST(RayCaster, PutsAnObliqueCubeWhereTheGeometrySays) {
  const Geometry geometry = oblique();
  const DisplayVolume volume = display(geometry, [](const Index3& v) {
    bool inside = true;
    for (const std::int64_t x : v) inside = inside && x >= 4 && x <= 19;
    return static_cast<std::uint16_t>(inside ? 60000 : 0);
  });
  const RayCamera camera = lookingAt(geometry);
  constexpr int kSide = 80;
  const RayImage image = cast(volume, table(30000, 0.9999F), camera, {kSide, kSide, 0.25});
  const auto minus = [](const Vec3& a, const Vec3& b) { return Vec3{a[0] - b[0], a[1] - b[1], a[2] - b[2]}; };
  const auto unit = [](const Vec3& a) {
    const double length = std::hypot(a[0], a[1], a[2]);
    return Vec3{a[0] / length, a[1] / length, a[2] / length};
  };
  const Vec3 forward = unit(minus(camera.focalPoint, camera.position));
  const Vec3 right = unit({forward[1], -forward[0], 0});  // forward × z
  const Vec3 up{right[1] * forward[2] - right[2] * forward[1], right[2] * forward[0] - right[0] * forward[2],
                right[0] * forward[1] - right[1] * forward[0]};
  int covered = 0;
  int wrong = 0;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const double u = (x + 0.5 - 0.5 * kSide) / (0.5 * kSide) * std::tan(15 * M_PI / 180);
      const double v = (y + 0.5 - 0.5 * kSide) / (0.5 * kSide) * std::tan(15 * M_PI / 180);
      bool hit = false;
      for (double t = 40; t < 160 && !hit; t += 0.1) {
        Vec3 at{};
        for (std::size_t a = 0; a < 3; ++a) at[a] = camera.position[a] + t * (forward[a] + u * right[a] + v * up[a]);
        hit = true;
        for (const double place : worldToVoxel(geometry, at)) hit = hit && place > 3.5 && place < 19.5;
      }
      covered += hit ? 1 : 0;
      wrong += hit != (pixel(image, x, y)[3] > 127) ? 1 : 0;
    }
  }
  EXPECT_GT(covered, kSide * kSide / 20);
  EXPECT_LT(wrong, covered / 20) << "of " << covered << ": interpolation rounds the cube's edges, no more";
}

class Independence : public ::testing::TestWithParam<bool> {
 protected:
  Independence() {
    JobContext job;
    volume_ = makeDisplayVolume(*testing::phantom("PSL", 3), 0, 64, job);
    with_ = table(22000, 0.3F);
    with_.maximum = GetParam();
    with_.shaded = !GetParam();
    quality_ = {150, 130};
    camera_ = lookingAt(volume_->voxels->geometry());
  }
  [[nodiscard]] RayImage image() const { return cast(*volume_, with_, camera_, quality_); }
  DisplayVolumePtr volume_;
  TransferTable with_;
  RayCamera camera_;
  RayQuality quality_;
};

TEST_P(Independence, OfTheNumberOfThreads) {
  quality_.threads = 1;
  const RayImage one = image();
  quality_.threads = 2;
  EXPECT_EQ(one.rgba, image().rgba);
  EXPECT_GT(*std::max_element(one.rgba.begin(), one.rgba.end()), 50);
}

TEST_P(Independence, OfLeapingOverEmptyBricks) {
  quality_.leapOver = false;
  const RayImage everywhere = image();
  quality_.leapOver = true;
  EXPECT_EQ(everywhere.rgba, image().rgba);
}

INSTANTIATE_TEST_SUITE_P(Modes, Independence, ::testing::Bool(),
                         [](const auto& which) { return which.param ? "Maximum" : "Composite"; });

TEST(RayCaster, DrawsASingleSlice) {
  Geometry geometry;
  geometry.size = {10, 10, 1};
  const DisplayVolume slice = display(geometry, [](const Index3&) { return std::uint16_t{40000}; });
  EXPECT_GT(pixel(cast(slice, table(1000, 0.5F), alongK(geometry), {10, 10}), 5, 5)[3], 100);
}

TEST(RayCaster, StopsSoonAfterItIsCancelled) {
  Geometry geometry;
  geometry.size = {64, 64, 64};
  const DisplayVolume fog = display(geometry, [](const Index3&) { return std::uint16_t{40000}; });
  TransferTable thin = table(1000, 1e-4F);
  thin.shaded = true;
  const auto token = std::make_shared<CancelToken>();
  JobContext job(token, {});
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    token->cancel();
  });
  EXPECT_THROW((void)castRays(fog, thin, lookingAt(geometry), {4000, 4000, 0.1}, job), Cancelled);
  other.join();
}

TEST(BrickGrid, SharesTheVoxelsOfCommonFaces) {
  const Index3 size{17, 9, 1};
  std::vector<std::uint16_t> voxels(17 * 9, 5);
  voxels[3 * 17 + 8] = 90;  // on the face between the two first bricks
  voxels[8 * 17 + 16] = 1;  // the last voxel
  const BrickGrid grid = bricksOf(voxels.data(), size);
  EXPECT_EQ(grid.size, (Index3{2, 1, 1}));
  EXPECT_EQ(grid.ranges, (std::vector<BrickGrid::Range>{{5, 90}, {1, 90}}));
}

TEST(TransferTable, InterpolatesAndKeepsTheEnds) {
  TransferFunction function;
  function.colours = {{0, {0, 0, 0}}, {100, {1, 0.5, 0}}};
  function.opacities = {{50, 0}, {100, 0.8}};
  const TransferTable made = tableOf(function, -100, 300);
  const auto at = [&](double value) {
    return made.entries[static_cast<std::size_t>((value + 100) / 400 * TransferTable::kEntries)];
  };
  EXPECT_EQ(at(-50)[0], 0);
  EXPECT_NEAR(at(25)[0], 0.25, 0.002);
  EXPECT_NEAR(at(25)[1], 0.125, 0.002);
  EXPECT_EQ(at(49)[3], 0);
  EXPECT_NEAR(at(75)[3], 0.4, 0.002);
  EXPECT_FLOAT_EQ(at(250)[3], 0.8F);
}

}  // namespace
}  // namespace voxmark::render
