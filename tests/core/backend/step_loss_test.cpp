// What each step of a pipeline loses, in whichever pass it is, and all of them together; and steps that leave nothing.
#include <algorithm>
#include <cmath>

#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

std::shared_ptr<Volume> ramp(const Index3& size) {
  return makeVolume<std::int16_t>(sized(size), [](std::uint64_t n) { return static_cast<int>(n % 500) - 50; });
}

std::uint64_t outside(const Volume& volume, double low, double high) {
  std::uint64_t out = 0;
  const auto count = static_cast<std::size_t>(wholeOf(volume.geometry().size).voxels());
  const auto* data = reinterpret_cast<const std::int16_t*>(volume.frameData(0));
  for (std::size_t n = 0; n < count; ++n) out += data[n] < low || data[n] > high ? 1 : 0;
  return out;
}

TEST(StepLoss, OfCastsInEarlierPassesCountsEachVoxelOnce) {
  const auto volume = ramp({7, 6, 40});
  Resample finer;
  finer.shape = Index3{14, 6, 80};
  ExecutionReport report;
  const Pipeline pipeline{Cast{PixelType::U8}, finer, Reorient{"LPI"}, Normalize{}, Cast{PixelType::I8}};
  (void)process(volume, pipeline, 2, {}, &report);
  ASSERT_EQ(report.steps.size(), 2U);
  EXPECT_EQ(report.steps[0].step, 0U);
  EXPECT_EQ(report.steps[0].loss.count, 7U * 6 * 40);
  EXPECT_EQ(report.steps[0].loss.clipped, outside(*volume, 0, 255));
  EXPECT_EQ(report.steps[0].loss.maxAbsError, 449 - 255);
  EXPECT_EQ(report.steps[1].step, 4U);
  EXPECT_EQ(report.steps[1].loss.count, 14U * 6 * 80);
  EXPECT_GT(report.steps[1].loss.maxAbsError, 0.1);
  EXPECT_EQ(report.loss.clipped, report.steps[0].loss.clipped + report.steps[1].loss.clipped);
}

TEST(StepLoss, OfClampsIsTheDistance) {
  const auto volume = ramp({9, 8, 70});
  for (const Pipeline& pipeline : {Pipeline{Clamp{10, 400}}, Pipeline{ScaleShift{1, 0}, Clamp{10, 400}}}) {
    ExecutionReport report;
    (void)process(volume, pipeline, 1, {}, &report);
    ASSERT_EQ(report.steps.size(), 1U);
    EXPECT_EQ(report.steps[0].loss.clipped, outside(*volume, 10, 400));
    EXPECT_EQ(report.steps[0].loss.maxAbsError, 60);
    EXPECT_EQ(report.steps[0].loss.low, -50);
  }
}

/// Of several lossy steps together: the result against that of the same steps without them, computed here by hand.
TEST(StepLoss, OfSeveralStepsTogetherIsThatOfTheResult) {
  const auto volume = ramp({9, 8, 70});
  ExecutionReport report;
  (void)process(volume, {Clamp{-20, 400}, Clamp{0, 300}, ScaleShift{0.5, 0.25}, Cast{PixelType::U8}}, 2, {}, &report);
  double sum = 0, squares = 0, most = 0;
  std::uint64_t clipped = 0;
  const double count = 9 * 8 * 70;
  for (std::int64_t n = 0; n < 9 * 8 * 70; ++n) {
    const double value = volume->valueAt(0, {n % 9, n / 9 % 8, n / 72});
    const double kept = std::nearbyint(std::clamp(value, 0.0, 300.0) * 0.5 + 0.25);
    const double error = std::abs(kept - (value * 0.5 + 0.25));
    sum += error;
    squares += error * error;
    most = std::max(most, error);
    clipped += value < 0 || value > 300 ? 1 : 0;
  }
  EXPECT_EQ(report.loss.clipped, clipped);
  EXPECT_EQ(report.loss.count, 9U * 8 * 70);
  EXPECT_DOUBLE_EQ(report.loss.maxAbsError, most);
  EXPECT_NEAR(report.loss.meanAbsError(), sum / count, 1e-9);
  EXPECT_NEAR(report.loss.sumSquaredError, squares, 1e-6);
  EXPECT_EQ(report.loss.low, -50 * 0.5 + 0.25);
  EXPECT_EQ(report.steps.size(), 3U);
}

TEST(Degenerate, NormalisingWhatDoesNotSpreadIsWarnedOfAndNotANumberStaysOne) {
  const auto flat = makeVolume<float>(
      sized({6, 5, 4}), [](std::uint64_t n) { return n == 7 ? std::numeric_limits<float>::quiet_NaN() : 3.0F; });
  for (const NormalizeMethod method :
       {NormalizeMethod::ZScore, NormalizeMethod::MinMax, NormalizeMethod::Percentile, NormalizeMethod::Robust}) {
    ExecutionReport report;
    const auto result = process(flat, {Normalize{method, 1, 99, false}}, 1, {}, &report);
    ASSERT_EQ(report.warnings.size(), 1U);
    EXPECT_NE(report.warnings.front().find("do not spread"), std::string::npos) << report.warnings.front();
    EXPECT_TRUE(std::isnan(result->valueAt(0, {1, 1, 0})));
    EXPECT_EQ(result->valueAt(0, {0, 0, 0}), 0);
  }
}

TEST(Degenerate, AGridBesideTheVolumeIsWarnedOf) {
  Resample away;
  away.grid = sized({5, 5, 5}).geometry;
  away.grid->origin = {1e4, 0, 0};
  for (const Interpolation how : {Interpolation::Nearest, Interpolation::Linear, Interpolation::Cubic}) {
    away.interpolation = how;
    ExecutionReport report;
    (void)process(ramp({6, 6, 6}), {away}, 1, {}, &report);
    ASSERT_EQ(report.warnings.size(), 1U);
    EXPECT_NE(report.warnings.front().find("does not meet the volume"), std::string::npos);
  }
}

}  // namespace
}  // namespace voxmark::testing
