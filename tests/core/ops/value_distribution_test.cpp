#include "core/ops/value_distribution.h"

#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "core/ops/label_summary.h"
#include "core/ops/statistics.h"

namespace voxmark {
namespace {

template <typename T>
Volume filledWith(VolumeInfo info, const std::function<T(std::int64_t i, std::int64_t j, std::int64_t k)>& value) {
  info.pixelType = pixelTypeOf<T>();
  Volume volume(info);
  T* out = reinterpret_cast<T*>(volume.mutableFrameData(0));
  const Index3& size = info.geometry.size;
  for (std::int64_t k = 0; k < size[2]; ++k) {
    for (std::int64_t j = 0; j < size[1]; ++j) {
      for (std::int64_t i = 0; i < size[0]; ++i) *out++ = value(i, j, k);
    }
  }
  return volume;
}

VolumeInfo sized(const Index3& size) {
  VolumeInfo info;
  info.geometry.size = size;
  return info;
}

std::uint64_t total(const ValueDistribution& d) {
  return std::accumulate(d.counts.begin(), d.counts.end(), std::uint64_t{0});
}

TEST(ValueDistribution, CountsEveryWholeNumberWhereThereAreFew) {
  const Volume volume = filledWith<std::int16_t>(
      sized({10, 3, 2}), [](auto i, auto, auto) { return static_cast<std::int16_t>(i * i - 20); });
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 256, job);
  EXPECT_TRUE(d.everyValue);
  EXPECT_EQ(d.min, -20);
  EXPECT_EQ(d.max, 61);
  EXPECT_EQ(d.counts.size(), 82U);
  EXPECT_DOUBLE_EQ(d.low, -20.5);
  EXPECT_DOUBLE_EQ(d.high, 61.5);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(d.counts[static_cast<std::size_t>(i * i)], 6U) << i;
  EXPECT_EQ(total(d), 60U);
  EXPECT_EQ(d.binOf(-20), 0U);
  EXPECT_EQ(d.binOf(61), 81U);
  EXPECT_FALSE(d.binOf(62));
}

TEST(ValueDistribution, BinsOfIntegersHoldEquallyManyOfThem) {
  const Volume volume = filledWith<std::uint16_t>(sized({100, 100, 1}),
                                                  [](auto i, auto j, auto) -> std::uint16_t { return i + 100 * j; });
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 300, job);
  EXPECT_FALSE(d.everyValue);
  EXPECT_LE(d.counts.size(), 300U);
  EXPECT_EQ(total(d), 10000U);
  for (std::size_t bin = 0; bin + 1 < d.counts.size(); ++bin) EXPECT_EQ(d.counts[bin], d.counts[0]) << bin;
}

TEST(ValueDistribution, BinsOfWholeNumbersStoredAsFloatsHoldEquallyManyOfThem) {
  const Volume volume =
      filledWith<float>(sized({100, 100, 1}), [](auto i, auto j, auto) { return static_cast<float>(i + 100 * j); });
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 300, job);
  EXPECT_EQ(total(d), 10000U);
  EXPECT_GT(d.counts.size(), 200U);
  for (std::size_t bin = 0; bin + 1 < d.counts.size(); ++bin) EXPECT_EQ(d.counts[bin], d.counts[0]) << bin;
}

TEST(ValueDistribution, ValuesThatAreAllMultiplesOfSomethingLeaveNoGaps) {
  const Volume volume = filledWith<std::int16_t>(
      sized({100, 10, 1}), [](auto i, auto j, auto) { return static_cast<std::int16_t>(7 + 4 * (i + 100 * j)); });
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 2000, job);
  ASSERT_EQ(d.counts.size(), 1000U);
  for (const std::uint64_t count : d.counts) EXPECT_EQ(count, 1U);
  EXPECT_EQ(d.binOf(7), 0U);
}

TEST(ValueDistribution, ScaledIntegersFallIntoTheMiddleOfTheirBins) {
  VolumeInfo info = sized({5, 4, 3});
  info.scale = ValueScale(0.1, -7);
  const Volume volume = filledWith<std::uint8_t>(info, [](auto i, auto, auto) -> std::uint8_t { return 10 * i; });
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 256, job);
  ASSERT_EQ(d.counts.size(), 41U);
  for (std::size_t n = 0; n < 5; ++n) EXPECT_EQ(d.counts[10 * n], 12U) << n;
}

TEST(ValueDistribution, OfFloatsOnlyTheFiniteOnesCount) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const Volume volume = filledWith<double>(sized({8, 1, 4}), [&](auto i, auto, auto k) {
    return i == 0 ? none : i == 1 ? HUGE_VAL : static_cast<double>(i) + 0.25 * static_cast<double>(k);
  });
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 23, job);
  EXPECT_EQ(d.finite, 24U);
  EXPECT_EQ(d.nonfinite, 8U);
  EXPECT_EQ(d.min, 2);
  EXPECT_EQ(d.max, 7.75);
  EXPECT_EQ(total(d), 24U);
  const ValueDistribution part = distributionOf(volume, 0, 8, job, std::pair{3.0, 5.0});
  EXPECT_EQ(total(part), 9U);
  EXPECT_EQ(part.max, 7.75);
}

TEST(ValueDistribution, VolumesWithoutAnyValueAndWithASingleOneAreNoTrouble) {
  JobContext job;
  const Volume empty = filledWith<float>(sized({3, 3, 3}), [](auto, auto, auto) { return std::nanf(""); });
  EXPECT_EQ(distributionOf(empty, 0, 64, job).finite, 0U);
  const Volume flat = filledWith<float>(sized({3, 3, 3}), [](auto, auto, auto) { return 4.F; });
  EXPECT_EQ(total(distributionOf(flat, 0, 64, job)), 27U);
  const Volume huge =
      filledWith<double>(sized({2, 2, 2}), [](auto i, auto, auto) { return i == 0 ? -1.7e308 : 1.7e308; });
  EXPECT_EQ(distributionOf(huge, 0, 64, job).finite, 8U);
}

TEST(ValueDistribution, OfVectorsTheLengthsCountAndSettleTheWindow) {
  VolumeInfo info = sized({6, 5, 4});
  info.components = 3;
  info.meaning = ComponentMeaning::Vector;
  info.pixelType = PixelType::F32;
  Volume volume(info);
  auto* out = reinterpret_cast<float*>(volume.mutableFrameData(0));
  for (int n = 0; n < 6 * 5 * 4; ++n) {
    *out++ = n % 2 == 0 ? 3.F : -6.F;
    *out++ = 0.F;
    *out++ = n % 2 == 0 ? -4.F : 8.F;
  }
  JobContext job;
  const ValueDistribution d = distributionOf(volume, 0, 64, job);
  EXPECT_EQ(d.min, 5);
  EXPECT_EQ(d.max, 10);
  EXPECT_EQ(d.finite, 120U);
  EXPECT_EQ(robustRange(volume, 0), (std::pair{5.0, 10.0}));
}

TEST(ValueDistribution, PatchesOfWholeNumbersAreLikeLabelsAndAnatomyIsNot) {
  JobContext job;
  const auto patches = [](double scale) {
    return
        [scale](auto i, auto j, auto k) { return static_cast<std::int16_t>(scale * (i / 8 + 2 * (j / 8) + (k / 8))); };
  };
  EXPECT_TRUE(distributionOf(filledWith<std::int16_t>(sized({40, 40, 20}), patches(1)), 0, 64, job).likeLabels);
  EXPECT_TRUE(distributionOf(filledWith<std::int16_t>(sized({40, 40, 20}), patches(500)), 0, 64, job).likeLabels);
  EXPECT_FALSE(distributionOf(filledWith<std::int16_t>(sized({40, 40, 20}), patches(-1)), 0, 64, job).likeLabels);
  const auto noisy = [](auto i, auto j, auto k) -> std::uint8_t { return 1 + (i * 37 + j * 91 + k * 53) % 200; };
  EXPECT_FALSE(distributionOf(filledWith<std::uint8_t>(sized({40, 40, 20}), noisy), 0, 64, job).likeLabels);
  const auto smooth = [](auto i, auto j, auto) -> std::uint16_t { return 400 + i * 12 + j; };
  EXPECT_FALSE(distributionOf(filledWith<std::uint16_t>(sized({40, 40, 20}), smooth), 0, 64, job).likeLabels);
  VolumeInfo scaled = sized({40, 40, 20});
  scaled.scale = ValueScale(0.3, 0);
  EXPECT_FALSE(distributionOf(filledWith<std::int16_t>(scaled, patches(1)), 0, 64, job).likeLabels);
  EXPECT_FALSE(
      distributionOf(filledWith<std::uint8_t>(sized({9, 9, 9}), [](auto...) -> std::uint8_t { return 0; }), 0, 64, job)
          .likeLabels);
}

TEST(LabelSummary, CountsVoxelsAndFindsTheMiddleOfEachLabel) {
  // 7 is a ring about (10, 10), whose middle is not its own; 3 a single voxel; 0 the rest.
  const auto value = [](auto i, auto j, auto k) -> std::uint16_t {
    if (i == 1 && j == 2 && k == 9) return 3;
    const auto far = std::max(std::abs(i - 10), std::abs(j - 10));
    return far == 4 && k < 10 ? 7 : 0;
  };
  const Volume volume = filledWith<std::uint16_t>(sized({21, 21, 20}), value);
  JobContext job;
  const auto summary = summariseLabels(volume, 0, job);
  ASSERT_TRUE(summary);
  ASSERT_EQ(summary->size(), 3U);
  EXPECT_EQ(summary->at(3).voxels, 1U);
  EXPECT_EQ(summary->at(3).centroid, (Vec3{1, 2, 9}));
  EXPECT_EQ(summary->at(3).nearest, (Index3{1, 2, 9}));
  EXPECT_EQ(summary->at(7).voxels, 32U * 10U);
  EXPECT_EQ(summary->at(7).centroid, (Vec3{10, 10, 4.5}));
  const Index3 nearest = summary->at(7).nearest;
  EXPECT_EQ(value(nearest[0], nearest[1], nearest[2]), 7);
  EXPECT_EQ(std::abs(nearest[0] - 10) + std::abs(nearest[1] - 10), 4);  // four voxels straight from the middle
  EXPECT_EQ(summary->at(0).voxels, 21U * 21 * 20 - 320 - 1);
}

TEST(LabelSummary, WhatHasTooManyValuesIsNoLabelMap) {
  const Volume volume = filledWith<std::uint16_t>(
      sized({30, 30, 20}), [](auto i, auto j, auto k) -> std::uint16_t { return i + 30 * j + 900 * k; });
  JobContext job;
  EXPECT_FALSE(summariseLabels(volume, 0, job, 1000));
  EXPECT_EQ(summariseLabels(volume, 0, job)->size(), 18000U);
}

}  // namespace
}  // namespace voxmark
