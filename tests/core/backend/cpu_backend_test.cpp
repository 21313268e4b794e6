#include <limits>

#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

TEST(CpuBackend, WithoutStepsGivesTheSameBytes) {
  for (const PixelType type : kAllPixelTypes) {
    visitPixelType(type, [&](auto tag) {
      using T = typename decltype(tag)::type;
      const auto volume = makeVolume<T>(sized({5, 4, 3}, 2, 2), [](std::uint64_t n) { return float(n % 120); });
      const auto out = process(volume, {});
      ASSERT_EQ(out->info().pixelType, type);
      EXPECT_EQ(out->geometry(), volume->geometry());
      EXPECT_EQ(std::memcmp(out->frameData(0), volume->frameData(0), volume->info().totalBytes()), 0);
    });
  }
}

TEST(CpuBackend, MinMaxSpansAllFrames) {
  const auto volume = makeVolume<std::int16_t>(sized({4, 3, 2}, 1, 3), [](std::uint64_t n) { return int(n) - 10; });
  const auto out = process(volume, {Normalize{NormalizeMethod::MinMax}});
  EXPECT_EQ(out->valueAt(0, {0, 0, 0}), 0);
  EXPECT_EQ(out->valueAt(2, {3, 2, 1}), 1);
  EXPECT_NEAR(out->valueAt(1, {0, 0, 0}), 24.0 / 71, 1e-7);
}

TEST(CpuBackend, WindowMapsItsEndsToZeroAndOneAndClips) {
  const auto volume = makeVolume<std::int16_t>(sized({5, 1, 1}), [](std::uint64_t n) { return 100 * int(n) - 200; });
  const auto out = process(volume, {Normalize{NormalizeMethod::Window, 200, 50}});  // from -50 to 150
  const double expected[] = {0, 0, 0.25, 0.75, 1};
  for (std::int64_t i = 0; i < 5; ++i) EXPECT_NEAR(out->valueAt(0, {i, 0, 0}), expected[i], 1e-7);
}

TEST(CpuBackend, PercentilesInterpolateBetweenOrderStatistics) {
  const auto volume = makeVolume<std::uint8_t>(sized({11, 1, 1}), [](std::uint64_t n) { return (n * 7) % 11; });
  const auto out = process(volume, {Normalize{NormalizeMethod::Percentile, 5, 95}});  // of 0 to 10: 0.5 and 9.5
  for (std::int64_t i = 0; i < 11; ++i) {
    const double value = volume->valueAt(0, {i, 0, 0});
    EXPECT_NEAR(out->valueAt(0, {i, 0, 0}), std::min(1.0, std::max(0.0, (value - 0.5) / 9)), 1e-7);
  }
}

TEST(CpuBackend, StatisticsOverNonzeroVoxelsStillChangeAllOfThem) {
  const auto volume = makeVolume<float>(sized({6, 1, 1}), [](std::uint64_t n) { return n < 3 ? 0.0F : float(n); });
  Normalize step{NormalizeMethod::ZScore};
  step.nonzero = true;  // of 3, 4, 5
  const auto out = process(volume, {step});
  const double deviation = std::sqrt(2.0 / 3);
  EXPECT_NEAR(out->valueAt(0, {0, 0, 0}), -4 / deviation, 1e-6);
  EXPECT_NEAR(out->valueAt(0, {3, 0, 0}), -1 / deviation, 1e-6);
  EXPECT_NEAR(out->valueAt(0, {5, 0, 0}), 1 / deviation, 1e-6);
}

TEST(CpuBackend, AConstantVolumeNormalisesToZero) {
  const auto volume = makeVolume<std::int16_t>(sized({3, 3, 3}), [](std::uint64_t) { return 7; });
  for (const auto method : {NormalizeMethod::ZScore, NormalizeMethod::MinMax}) {
    const auto out = process(volume, {Normalize{method}});
    for (std::int64_t k = 0; k < 3; ++k) EXPECT_EQ(out->valueAt(0, {k, 1, k}), 0);
  }
}

TEST(CpuBackend, StepsRunInOrderOnScaledValues) {
  VolumeInfo info = sized({4, 1, 1});
  info.scale = ValueScale(2, 1);
  const auto volume = makeVolume<std::int16_t>(info, [](std::uint64_t n) { return int(n); });  // values 1 3 5 7
  const auto out = process(volume, {ScaleShift{10, -5}, Clamp{10, 60}, ScaleShift{0.5, 0}, Cast{PixelType::I16}});
  EXPECT_EQ(out->info().pixelType, PixelType::I16);
  const double expected[] = {5, 12, 22, 30};  // 12.5 and 22.5 round to even
  for (std::int64_t i = 0; i < 4; ++i) EXPECT_EQ(out->valueAt(0, {i, 0, 0}), expected[i]);
}

TEST(CpuBackend, AppliesEachSlicesOwnScaleAfterTurningTheAxes) {
  VolumeInfo info = sized({2, 2, 3});
  info.scale = ValueScale(std::vector<LinearScale>{{1, 0}, {1, 100}, {1, 200}});
  const auto volume = makeVolume<std::uint8_t>(info, [](std::uint64_t n) { return n; });
  const auto out = process(volume, {Reorient{"SLP"}, Cast{PixelType::F32}});
  ASSERT_EQ(out->geometry().size, (Index3{3, 2, 2}));
  for (std::int64_t k = 0; k < 3; ++k) {
    EXPECT_EQ(out->valueAt(0, {k, 1, 0}), volume->valueAt(0, {1, 0, k}));
    EXPECT_EQ(out->valueAt(0, {k, 0, 1}), volume->valueAt(0, {0, 1, k}));
  }
}

TEST(CpuBackend, ReportsWhatACastLoses) {
  const auto volume = makeVolume<float>(sized({4, 1, 1}), [](std::uint64_t n) {
    const float values[] = {-5, 0.25F, 300, std::numeric_limits<float>::quiet_NaN()};
    return values[n];
  });
  ExecutionReport report;
  const auto out = process(volume, {Cast{PixelType::U8}}, 1, {}, &report);
  EXPECT_EQ(out->valueAt(0, {0, 0, 0}), 0);
  EXPECT_EQ(out->valueAt(0, {2, 0, 0}), 255);
  EXPECT_EQ(out->valueAt(0, {3, 0, 0}), 0);
  EXPECT_EQ(report.loss.clipped, 2U);
  EXPECT_EQ(report.loss.nonfinite, 1U);
  EXPECT_EQ(report.loss.maxAbsError, 45);
}

TEST(CpuBackend, GivesTheSameBitsForAnyNumberOfThreads) {
  const auto volume = makeVolume<float>(sized({67, 53, 31}), [](std::uint64_t n) { return std::sin(float(n)) * 1e3F; });
  const Pipeline pipeline{Crop{{{3, 4, 5}, {60, 40, 20}}}, Reorient{"RAS"}, Normalize{}, Cast{PixelType::F32}};
  const auto one = process(volume, pipeline, 1);
  for (const int threads : {2, 5}) {
    const auto more = process(volume, pipeline, threads);
    EXPECT_EQ(std::memcmp(more->frameData(0), one->frameData(0), one->info().totalBytes()), 0) << threads;
  }
}

TEST(CpuBackend, ARegionIsThatPartOfTheWhole) {
  const auto volume = makeVolume<std::int16_t>(sized({9, 8, 7}, 1, 2), [](std::uint64_t n) { return int(n % 997); });
  const Pipeline pipeline{Reorient{"PSR"}, Normalize{NormalizeMethod::MinMax}};
  const auto whole = process(volume, pipeline);
  const Region region{{2, 1, 3}, {4, 5, 6}};
  const auto part = process(volume, pipeline, 2, region);
  ASSERT_EQ(part->geometry().size, region.size);
  EXPECT_TRUE(sameGrid(part->geometry(), cropped(whole->geometry(), region), 1e-9));
  for (std::int64_t frame = 0; frame < 2; ++frame) {
    for (std::int64_t k = 0; k < 6; ++k) {
      for (std::int64_t j = 0; j < 5; ++j) {
        for (std::int64_t i = 0; i < 4; ++i) {
          ASSERT_EQ(part->valueAt(frame, {i, j, k}), whole->valueAt(frame, {i + 2, j + 1, k + 3}));
        }
      }
    }
  }
}

TEST(CpuBackend, ARegionOutsideIsRefused) {
  const auto volume = makeVolume<std::uint8_t>(sized({4, 4, 4}), [](std::uint64_t n) { return n; });
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (const Region& region : {Region{{0, 0, 0}, {5, 4, 4}}, Region{{-1, 0, 0}, {1, 1, 1}},
                               Region{{most, 0, 0}, {1, 1, 1}}, Region{{1, 1, 1}, {most, 1, 1}}}) {
    EXPECT_THROW((void)process(volume, {}, 1, region), Error) << toString(region);
  }
}

}  // namespace
}  // namespace voxmark::testing
