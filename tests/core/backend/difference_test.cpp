// Measures of difference, against numpy and scipy.
#include "core/ops/difference.h"

#include <limits>
#include <random>

#include <fmt/format.h>

#include "core/backend/references.h"
#include "tests/core/backend/python_volumes.h"

namespace voxmark::testing {
namespace {

std::shared_ptr<Volume> picture(const Index3& size, double noise) {
  std::mt19937 random(static_cast<unsigned>(noise * 100));
  std::normal_distribution<double> normal(0, 1);
  return makeVolume<float>(sized(size), [&](std::uint64_t n) {
    return static_cast<float>(1000 + 200 * std::sin(static_cast<double>(n) / 31) + noise * normal(random));
  });
}

Difference compared(const VolumePtr& a, const VolumePtr& b) {
  MemorySource sourceA(a), sourceB(b);
  JobContext job;
  return difference(sourceA, sourceB, job);
}

TEST(Difference, AgreesWithNumpyAndScipy) {
  for (const Index3& size : {Index3{23, 19, 17}, Index3{31, 29, 1}, Index3{40, 5, 14}}) {
    const PythonVolumes python;
    const auto a = picture(size, 3), b = picture(size, 20);
    python.give("a", *a);
    python.give("b", *b);
    const auto expected = python.run(fmt::format(
        "n = ({}, {}, {})\na = load(\"a\", n)\nb = load(\"b\", n)\nd = a - b\nL = a.max() - a.min()\n"
        "wide = [m >= 11 for m in a.shape]\n"
        "def mean(x):\n"
        "    for axis in range(3):\n"
        "        if wide[axis]:\n"
        "            x = nd.gaussian_filter1d(x, 1.5, axis, truncate=3.5, mode=\"reflect\")\n"
        "    return x\n"
        "ma, mb = mean(a), mean(b)\n"
        "va, vb, vab = mean(a * a) - ma ** 2, mean(b * b) - mb ** 2, mean(a * b) - ma * mb\n"
        "c1, c2 = (0.01 * L) ** 2, (0.03 * L) ** 2\n"
        "s = (2 * ma * mb + c1) * (2 * vab + c2) / ((ma ** 2 + mb ** 2 + c1) * (va + vb + c2))\n"
        "s = s[tuple(slice(5, -5) if w else slice(None) for w in wide)]\n"
        "rmse = np.sqrt((d ** 2).mean())\nw = np.unravel_index(np.abs(d).argmax(), d.shape)\n"
        "save([np.abs(d).mean(), rmse, np.abs(d).max(), 20 * np.log10(L / rmse), s.mean(), w[2], w[1], w[0]])\n",
        size[0], size[1], size[2]));
    const Difference found = compared(a, b);
    EXPECT_NEAR(found.mae, expected[0], 1e-9);
    EXPECT_NEAR(found.rmse, expected[1], 1e-9);
    EXPECT_NEAR(found.maxAbs, expected[2], 1e-9);
    EXPECT_NEAR(found.psnr, expected[3], 1e-9);
    ASSERT_TRUE(found.ssim);
    EXPECT_NEAR(*found.ssim, expected[4], 1e-7);
    ASSERT_TRUE(found.worst);
    EXPECT_EQ(found.worst->index,
              (Index3{std::llround(expected[5]), std::llround(expected[6]), std::llround(expected[7])}));
    EXPECT_EQ(found.count, static_cast<std::uint64_t>(size[0] * size[1] * size[2]));
  }
}

TEST(Difference, OfTheSameVolumeIsNone) {
  const auto a = picture({20, 15, 12}, 3);
  const Difference found = compared(a, a);
  EXPECT_EQ(found.rmse, 0);
  EXPECT_EQ(found.psnr, std::numeric_limits<double>::infinity());
  ASSERT_TRUE(found.ssim);
  EXPECT_NEAR(*found.ssim, 1, 1e-12);
}

TEST(Difference, LeavesOutWhatIsNotFinite) {
  auto a = picture({12, 12, 12}, 3);
  const auto b = picture({12, 12, 12}, 3);
  auto* values = reinterpret_cast<float*>(a->mutableFrameData(0));
  values[5] = std::numeric_limits<float>::quiet_NaN();
  values[6] = std::numeric_limits<float>::infinity();
  values[100] += 4;
  const Difference found = compared(a, b);
  EXPECT_EQ(found.nonfinite, 2U);
  EXPECT_EQ(found.count, 12U * 12 * 12 - 2);
  EXPECT_EQ(found.maxAbs, 4);
  EXPECT_EQ(found.worst->index, (Index3{4, 8, 0}));
  EXPECT_FALSE(found.ssim);
}

TEST(Difference, RefusesOtherShapesAndGrids) {
  const auto a = picture({12, 12, 12}, 3);
  EXPECT_THROW((void)compared(a, picture({12, 12, 11}, 3)), Error);
  auto moved = sized({12, 12, 12});
  moved.geometry.origin[1] += 1;
  EXPECT_THROW((void)compared(a, makeVolume<float>(moved, [](std::uint64_t) { return 1; })), Error);
}

TEST(Difference, AsAVolumeIsAMinusB) {
  const auto a = picture({7, 6, 5}, 3), b = picture({7, 6, 5}, 9);
  MemorySource sourceA(a), sourceB(b);
  JobContext job;
  const auto signedOne = differenceSource(sourceA, sourceB);
  const auto found = readVolume(*signedOne, job);
  for (std::int64_t n = 0; n < 210; ++n) {
    const Index3 v{n % 7, n / 7 % 6, n / 42};
    EXPECT_EQ(found->valueAt(0, v), static_cast<float>(a->valueAt(0, v) - b->valueAt(0, v)));
  }
}

TEST(References, AMasksBoxAndTheVolumesOwnAreFound) {
  const auto volume = makeVolume<std::int16_t>(sized({10, 9, 8}, 1, 2), [](std::uint64_t n) {
    const std::uint64_t in = n % 720;  // the second frame has one voxel more
    return in == 3 + 10 * 4 + 90 * 5 || in == 6 + 10 * 2 + 90 * 5 || n == 720 + 5 + 10 * 4 + 90 * 7 ? 1 : 0;
  });
  MemorySource source(volume);
  JobContext job;
  EXPECT_EQ(nonzeroBox(source, job), (Region{{3, 2, 5}, {4, 3, 3}}));
  Pipeline pipeline{Crop{{{2, 2, 2}, {8, 7, 6}}}, CropToMask{}};
  resolveReferences(pipeline, source, {}, job);
  EXPECT_EQ(std::get<CropToMask>(pipeline[1]).box, (Region{{1, 0, 3}, {4, 3, 3}}));
  const auto found = process(volume, pipeline);
  EXPECT_EQ(found->geometry().size, (Index3{4, 3, 3}));
  EXPECT_EQ(found->geometry().origin, voxelToWorld(volume->geometry(), {3, 2, 5}));
  EXPECT_EQ(found->valueAt(0, {0, 2, 0}), 1);
  Pipeline masked{CropToMask{"mask.nii", {}, {}}};
  auto other = sized({10, 9, 8});
  other.geometry.spacing[0] *= 2;
  resolveReferences(
      masked, source,
      [&](const std::string&) {
        return std::make_unique<MemorySource>(makeVolume<std::uint8_t>(other, [](std::uint64_t n) { return n == 0; }));
      },
      job);
  EXPECT_THROW((void)plan(masked, volume->info()), Error);
  Pipeline empty{CropToMask{}};
  MemorySource nothing(makeVolume<std::uint8_t>(sized({3, 3, 3}), [](std::uint64_t) { return 0; }));
  EXPECT_THROW(resolveReferences(empty, nothing, {}, job), Error);
}

}  // namespace
}  // namespace voxmark::testing
