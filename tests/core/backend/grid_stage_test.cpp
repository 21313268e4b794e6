// Resampling, padding and smoothing, against scipy and against what follows from their definitions.
#include "core/backend/grid_stage.h"

#include <numbers>
#include <random>

#include <fmt/format.h>

#include "core/ops/affine_sampler.h"
#include "tests/core/backend/python_volumes.h"

namespace voxmark::testing {
namespace {

std::shared_ptr<Volume> noise(const Index3& size, int components = 1, std::int64_t frames = 1) {
  std::mt19937 random(7);
  return makeVolume<std::int16_t>(sized(size, components, frames),
                                  [&](std::uint64_t) { return static_cast<int>(random() % 4000) - 1000; });
}

/// A grid of its own, turned against every axis of sized()'s.
Geometry obliqueGrid(double coarse = 0.45) {
  Geometry grid;
  const double c = std::cos(0.4), s = std::sin(0.4);
  const Mat3 columns{0.9 * coarse * c, -coarse * s, 0.1, 0.9 * coarse * s, coarse * c, 0.2, 0.05, -0.1, 3.5 * coarse};
  grid.size = {15, 17, 9};
  EXPECT_TRUE(setAffine(grid, columns, {-2.0, 3.0, 5.5}));
  return grid;
}

std::string list(const Index3& v) {
  return fmt::format("({}, {}, {})", v[0], v[1], v[2]);
}

TEST(Resampling, OfLargerShapesIsScipysLinearZoom) {
  const PythonVolumes python;
  const Index3 from{13, 11, 7};
  const auto volume = noise(from);
  python.give("v", *volume);
  for (const Index3& to : {Index3{26, 22, 14}, Index3{20, 17, 9}, Index3{13, 11, 21}}) {
    Resample step;
    step.shape = to;
    const auto expected =
        python.run(fmt::format("a = load(\"v\", {})\nto = {}\nf = [to[2 - n] / a.shape[n] for n in range(3)]\n"
                               "save(nd.zoom(a, f, order=1, mode=\"nearest\", grid_mode=True))\n",
                               list(from), list(to)));
    const auto found = process(volume, {step}, 2);
    EXPECT_EQ(found->info().pixelType, PixelType::F32);
    expectValues(*found, expected, 2e-3);
  }
}

TEST(Resampling, OfSmallerShapesAveragesByTheWidenedTriangle) {
  const PythonVolumes python;
  const Index3 from{16, 13, 11};
  const auto volume = noise(from);
  python.give("v", *volume);
  Resample step;
  step.shape = {5, 13, 4};
  const auto expected = python.run(
      fmt::format("a = load(\"v\", {})\n"
                  "def matrix(n, m):\n"
                  "    f = n / m\n    w = np.zeros((m, n))\n"
                  "    for o in range(m):\n"
                  "        c = (o + 0.5) * f - 0.5\n"
                  "        for t in range(-3 * n, 4 * n):\n"
                  "            w[o, min(max(t, 0), n - 1)] += max(0, 1 - abs((t - c) / max(f, 1)))\n"
                  "    return w / w.sum(1, keepdims=True)\n"
                  "save(np.einsum(\"kji,Kk,Jj,Ii->KJI\", a, matrix(11, 4), matrix(13, 13), matrix(16, 5)))\n",
                  list(from)));
  expectValues(*process(volume, {step}), expected, 2e-3);
}

TEST(Resampling, OntoAnObliqueGridIsScipysLinearInterpolation) {
  const PythonVolumes python;
  const Index3 from{12, 14, 10};
  const auto volume = noise(from);
  python.give("v", *volume);
  for (const double coarse : {0.45, 1.2}) {  // smaller voxels than the volume's, and larger ones, which average
    Resample step;
    step.grid = obliqueGrid(coarse);
    step.fill = -5;
    const GridMap map = mapBetween(*step.grid, volume->geometry());
    std::string matrix, offset;
    for (const double m : map.matrix) matrix += fmt::format("{:.17g},", m);
    for (const double m : map.offset) offset += fmt::format("{:.17g},", m);
    const auto expected = python.run(fmt::format(
        "a = load(\"v\", {})\nto = {}\nm = np.array([{}]).reshape(3, 3)\no = np.array([{}]).reshape(3, 1, 1, 1)\n"
        "at = np.stack(np.meshgrid(*[np.arange(n) for n in to[::-1]], indexing=\"ij\")[::-1]).astype(float)\n"
        "place = lambda v: np.tensordot(m, v, 1) + o\n"
        "parts = [int(np.ceil(max(1, abs(m[:, c]).max()) - 1e-6)) for c in range(3)]\n"
        "total = 0\n"
        "for part in np.ndindex(*parts):\n"
        "    shift = [(part[c] + 0.5) / parts[c] - 0.5 for c in range(3)]\n"
        "    p = place(at + np.array(shift).reshape(3, 1, 1, 1))\n"
        "    total = total + nd.map_coordinates(a, p[::-1], order=1, mode=\"nearest\")\n"
        "n = np.array(a.shape[::-1]).reshape(3, 1, 1, 1)\np = place(at)\n"
        "inside = ((p >= -0.5) & (p <= n - 0.5)).all(0)\nassert inside.any() and not inside.all()\n"
        "save(np.where(inside, total / np.prod(parts), -5))\n",
        list(from), list(step.grid->size), matrix, offset));
    for (const int threads : {1, 3}) expectValues(*process(volume, {step}, threads), expected, 2e-3);
  }
}

TEST(Resampling, MapsBetweenGridsThroughTheWorld) {
  const Geometry from = obliqueGrid();
  const Geometry to = sized({12, 14, 10}).geometry;
  const GridMap map = mapBetween(from, to);
  const Vec3 there = map.apply({3, 5, 7});
  const Vec3 world = voxelToWorld(to, there);
  const Vec3 expected = voxelToWorld(from, {3, 5, 7});
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(world[a], expected[a], 1e-9);
  EXPECT_FALSE(map.parallel());
  EXPECT_TRUE(mapBetween(to, cropped(to, {{1, 2, 3}, {4, 4, 4}})).parallel());
}

/// Keys' kernel with a = -1/2 reproduces polynomials of the second degree.
TEST(Resampling, CubicReproducesQuadratics) {
  const VolumeInfo info = sized({20, 18, 16});
  const auto at = [](const Vec3& w) {
    return 3 + 0.5 * w[0] - 0.2 * w[1] + 0.1 * w[2] + 0.03 * w[0] * w[0] - 0.02 * w[0] * w[1] + 0.01 * w[2] * w[2];
  };
  const auto volume = makeVolume<double>(info, [&](std::uint64_t n) {
    const auto v = static_cast<double>(n % 20);
    return at(voxelToWorld(info.geometry, {v, static_cast<double>(n / 20 % 18), static_cast<double>(n / 360)}));
  });
  Resample parallel;
  parallel.interpolation = Interpolation::Cubic;
  parallel.shape = Index3{33, 18, 29};
  Resample oblique = parallel;
  oblique.shape.reset();
  oblique.grid = obliqueGrid();
  oblique.grid->origin = {0, 9, 16};
  oblique.grid->size = {5, 5, 5};
  for (const Resample& step : {parallel, oblique}) {
    const auto found = process(volume, {step});
    EXPECT_EQ(found->info().pixelType, PixelType::F64);
    int inner = 0;
    const Index3& size = found->geometry().size;
    for (std::int64_t k = 0; k < size[2]; ++k) {
      for (std::int64_t j = 0; j < size[1]; ++j) {
        for (std::int64_t i = 0; i < size[0]; ++i) {
          const Vec3 world =
              voxelToWorld(found->geometry(), {static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
          const Vec3 source = worldToVoxel(info.geometry, world);
          bool far = true;  // from the border, where samples are repeated
          for (std::size_t a = 0; a < 3; ++a) {
            far = far && source[a] >= 1 && source[a] <= static_cast<double>(info.geometry.size[a] - 2);
          }
          if (!far) continue;
          ++inner;
          EXPECT_NEAR(found->valueAt(0, {i, j, k}), at(world), 1e-8);
        }
      }
    }
    EXPECT_GT(inner, 60);
  }
}

TEST(Resampling, NearestKeepsTypeAndScaleAndTakesTheClosestVoxel) {
  auto info = sized({9, 8, 7});
  info.scale = ValueScale(0.5, -3);
  const auto volume = makeVolume<std::uint8_t>(info, [](std::uint64_t n) { return static_cast<int>(n * 37 % 251); });
  Resample step;
  step.interpolation = Interpolation::Nearest;
  step.fill = -3;
  step.grid = obliqueGrid();
  const auto found = process(volume, {step}, 2);
  EXPECT_EQ(found->info().pixelType, PixelType::U8);
  EXPECT_EQ(found->info().scale.common().slope, 0.5);
  int inside = 0;
  for (std::int64_t n = 0; n < 15 * 17 * 9; ++n) {
    const Index3 voxel{n % 15, n / 15 % 17, n / 255};
    const Vec3 p = worldToVoxel(info.geometry,
                                voxelToWorld(*step.grid, {static_cast<double>(voxel[0]), static_cast<double>(voxel[1]),
                                                          static_cast<double>(voxel[2])}));
    const auto tie = [](double x) { return std::abs(x - std::floor(x) - 0.5) < 1e-6; };
    if (tie(p[0]) || tie(p[1]) || tie(p[2])) continue;
    const Index3 from{std::llround(p[0]), std::llround(p[1]), std::llround(p[2])};
    const bool in = wholeOf(info.geometry.size).contains(from);
    inside += in ? 1 : 0;
    EXPECT_EQ(found->valueAt(0, voxel), in ? volume->valueAt(0, from) : -3);
  }
  EXPECT_GT(inside, 100);
}

TEST(Resampling, KeepsTheFieldOfViewsMiddleAndTheSpacingThatWasAskedFor) {
  Resample step;
  step.spacing = Vec3{0.75, 0.75, 0.75};
  const VolumeInfo in = sized({13, 11, 7});
  const VolumeInfo out = outputInfo(step, in);
  EXPECT_EQ(out.geometry.size, (Index3{9, 15, 19}));  // 6.5, 11 and 14 mm
  EXPECT_EQ(out.geometry.spacing, *step.spacing);
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(centreOf(out.geometry)[a], centreOf(in.geometry)[a], 1e-9);
}

TEST(Resampling, AnyRegionIsThatPartOfTheWholeWithAnyNumberOfThreads) {
  const auto volume = noise({21, 19, 17});
  Resample larger;
  larger.shape = Index3{40, 23, 31};
  Resample oblique;
  oblique.grid = obliqueGrid();
  oblique.interpolation = Interpolation::Cubic;
  Resample nearest = oblique;
  nearest.interpolation = Interpolation::Nearest;
  for (const Operation& step :
       std::initializer_list<Operation>{larger, oblique, nearest, Smooth{1.2}, FitShape{{9, 30, 25}, 0}}) {
    const auto whole = process(volume, {step}, 1);
    const Region part{{2, 3, 4}, {6, 5, 4}};
    const auto found = process(volume, {step}, 3, part);
    for (std::int64_t n = 0; n < part.voxels(); ++n) {
      const Index3 v{n % 6, n / 6 % 5, n / 30};
      ASSERT_EQ(found->valueAt(0, v), whole->valueAt(0, {v[0] + 2, v[1] + 3, v[2] + 4})) << describe(step);
    }
  }
}

TEST(Resampling, RefusesGridsThatAreNone) {
  const VolumeInfo info = sized({13, 11, 7});
  Resample step;
  EXPECT_THROW((void)plan({step}, info), Error);
  step.spacing = Vec3{1, 0, 1};
  EXPECT_THROW((void)plan({step}, info), Error);
  step.spacing = Vec3{1, 1e-300, 1};
  EXPECT_THROW((void)plan({step}, info), Error);
  step.spacing.reset();
  step.shape = Index3{1, 1, 0};
  EXPECT_THROW((void)plan({step}, info), Error);
  step.shape.reset();
  step.like = "other.nii";
  EXPECT_THROW((void)plan({step}, info), Error);
}

TEST(Smoothing, IsScipysGaussianFilter) {
  const PythonVolumes python;
  const Index3 size{24, 17, 13};
  const auto volume = noise(size);
  python.give("v", *volume);
  const auto expected = python.run(fmt::format(
      "save(nd.gaussian_filter(load(\"v\", {}), (1.3 / 2, 1.3 / 1, 1.3 / 0.5), mode=\"nearest\", truncate=4))\n",
      list(size)));
  expectValues(*process(volume, {Smooth{1.3}}, 2), expected, 2e-3);
}

TEST(FitShape, CutsAndPadsAboutTheMiddleAndKeepsPlaces) {
  const auto volume = noise({7, 6, 5});
  const auto found = process(volume, {FitShape{{4, 9, 5}, 17}});
  EXPECT_EQ(found->info().pixelType, PixelType::I16);
  for (std::int64_t n = 0; n < 4 * 9 * 5; ++n) {
    const Index3 v{n % 4, n / 4 % 9, n / 36};
    const Index3 from{v[0] + 1, v[1] - 1, v[2]};
    const bool in = wholeOf({7, 6, 5}).contains(from);
    EXPECT_EQ(found->valueAt(0, v), in ? volume->valueAt(0, from) : 17);
  }
  const Vec3 a = voxelToWorld(found->geometry(), {0, 1, 0});
  const Vec3 b = voxelToWorld(volume->geometry(), {1, 0, 0});
  for (std::size_t n = 0; n < 3; ++n) EXPECT_NEAR(a[n], b[n], 1e-9);
  EXPECT_THROW((void)plan({FitShape{{4, 9, 5}, 0.5}}, volume->info()), Error);
  EXPECT_THROW((void)plan({FitShape{{4, 9, 5}, 1e6}}, volume->info()), Error);
}

TEST(Chains, OfCropResampleNormaliseAndCastGiveWhatEachStepGivesAlone) {
  const auto volume = noise({20, 18, 16}, 1, 2);
  Resample step;
  step.shape = Index3{12, 20, 17};
  const Pipeline all{Crop{{{1, 2, 3}, {18, 15, 12}}}, Reorient{"RAS"}, step, Smooth{0.8},
                     Normalize{NormalizeMethod::ZScore, 0, 0, false}};
  VolumePtr one = volume;
  for (const Operation& operation : all) one = process(one, {operation}, 2);
  const auto together = process(volume, all, 2);
  ASSERT_EQ(together->info().frames, 2);
  for (std::int64_t frame = 0; frame < 2; ++frame) {
    for (std::int64_t n = 0; n < 12 * 20 * 17; ++n) {
      const Index3 v{n % 12, n / 12 % 20, n / 240};
      ASSERT_NEAR(together->valueAt(frame, v), one->valueAt(frame, v), 1e-5);
    }
  }
}

TEST(Chains, OfOneFrameStartAtThatFrame) {
  const auto volume = noise({10, 9, 8}, 2, 3);
  Resample step;
  step.shape = Index3{15, 9, 6};
  const Plan steps = plan({step, Cast{PixelType::F64}}, volume->info(), 2);
  MemorySource source(volume);
  MemorySink sink;
  JobContext job;
  (void)makeCpuBackend(2)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  const auto found = sink.take();
  const auto all = process(volume, {step});
  ASSERT_EQ(found->info().frames, 1);
  for (std::int64_t n = 0; n < 15 * 9 * 6; ++n) {
    const Index3 v{n % 15, n / 15 % 9, n / 135};
    for (int c = 0; c < 2; ++c) ASSERT_EQ(found->valueAt(0, v, c), all->valueAt(2, v, c));
  }
}

TEST(RobustZScore, UsesMedianAndDistancesFromIt) {
  const auto volume = makeVolume<std::int16_t>(sized({3, 3, 1}), [](std::uint64_t n) {
    constexpr int kValues[] = {0, 0, 0, 10, 12, 13, 17, 20, 900};
    return kValues[n];
  });
  const auto all = process(volume, {Normalize{NormalizeMethod::Robust}});  // median 12, distances' median 8
  EXPECT_NEAR(all->valueAt(0, {2, 2, 0}), (900 - 12) / (1.4826 * 8), 1e-4);
  const auto some = process(volume, {Normalize{NormalizeMethod::Robust, 0, 0, true}});  // 15, and 4 (5 3 2 2 5 885)
  EXPECT_NEAR(some->valueAt(0, {2, 2, 0}), (900 - 15) / (1.4826 * 4), 1e-3);
  EXPECT_NEAR(some->valueAt(0, {0, 0, 0}), -15 / (1.4826 * 4), 1e-4);
}

}  // namespace
}  // namespace voxmark::testing
