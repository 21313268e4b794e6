#include "core/ops/statistics.h"

#include <cmath>
#include <limits>
#include <memory>

#include <gtest/gtest.h>

#include "core/backend/backend.h"

namespace voxmark {
namespace {

template <typename T>
std::shared_ptr<Volume> ramp(const Index3& size, double offset = 0) {
  VolumeInfo info;
  info.geometry.size = size;
  info.pixelType = pixelTypeOf<T>();
  auto volume = std::make_shared<Volume>(info);
  T* out = reinterpret_cast<T*>(volume->mutableFrameData(0));
  for (std::int64_t n = 0; n < info.voxelsPerFrame(); ++n) out[n] = static_cast<T>(offset + static_cast<double>(n));
  return volume;
}

TEST(Statistics, OfARampAreThoseOfTheFormula) {
  JobContext job;
  MemorySource source(ramp<float>({7, 11, 13}, 1e6));
  StatisticsRequest request;
  request.percentiles = {0, 25, 50, 100};
  const Statistics s = computeStatistics(source, request, job);
  const double n = 7 * 11 * 13;
  EXPECT_EQ(s.count, 1001U);
  EXPECT_EQ(s.min, 1e6);
  EXPECT_EQ(s.max, 1e6 + n - 1);
  EXPECT_NEAR(s.mean, 1e6 + (n - 1) / 2, 1e-7);
  EXPECT_NEAR(s.std, std::sqrt((n * n - 1) / 12), 1e-7);
  EXPECT_NEAR(s.percentiles[1].second, 1e6 + 250, 1e-7);
  EXPECT_NEAR(s.percentiles[2].second, 1e6 + 500, 1e-7);
}

TEST(Statistics, CountedPercentilesEqualSortedOnes) {
  JobContext job;
  MemorySource counted(ramp<std::int16_t>({5, 5, 8}));
  MemorySource sorted(ramp<double>({5, 5, 8}));
  StatisticsRequest request;
  request.percentiles = {0.1, 33.3, 50, 99.9};
  EXPECT_EQ(computeStatistics(counted, request, job).percentiles, computeStatistics(sorted, request, job).percentiles);
}

TEST(Statistics, LeaveOutWhatIsNotFinite) {
  auto volume = ramp<float>({4, 1, 1});
  reinterpret_cast<float*>(volume->mutableFrameData(0))[1] = std::numeric_limits<float>::quiet_NaN();
  JobContext job;
  MemorySource source(volume);
  const Statistics s = computeStatistics(source, {}, job);
  EXPECT_EQ(s.count, 3U);
  EXPECT_EQ(s.nonfinite, 1U);
  EXPECT_DOUBLE_EQ(s.mean, 5.0 / 3);
}

TEST(Statistics, OfVeryLargeValuesAreNumbers) {
  auto volume = ramp<double>({2, 1, 3});
  for (int n = 0; n < 6; ++n) reinterpret_cast<double*>(volume->mutableFrameData(0))[n] = 1e200;
  JobContext job;
  MemorySource source(volume);
  const Statistics s = computeStatistics(source, {}, job);
  EXPECT_EQ(s.mean, 1e200);
  EXPECT_EQ(s.std, 0);
}

TEST(Statistics, DeviationsWhoseSquaresOverflowAreNumbersToo) {
  auto volume = ramp<double>({2, 1, 9000});  // several blocks, large and small ones
  auto* voxels = reinterpret_cast<double*>(volume->mutableFrameData(0));
  for (int n = 0; n < 18000; ++n) voxels[n] = n < 9000 ? (n % 2 == 0 ? 1e300 : -1e300) : n % 3;
  JobContext job;
  MemorySource source(volume);
  EXPECT_NEAR(computeStatistics(source, {}, job).std / std::sqrt(0.5), 1e300, 1e288);
}

TEST(Statistics, DoNotDependOnTheNumberOfThreads) {
  JobContext job;
  MemorySource source(ramp<float>({64, 64, 64}, 0.1));
  StatisticsRequest one;
  one.threads = 1;
  StatisticsRequest four;
  four.threads = 4;
  EXPECT_EQ(computeStatistics(source, one, job).std, computeStatistics(source, four, job).std);
}

TEST(CpuBackend, ZScoreHasMeanZeroAndDeviationOne) {
  JobContext job;
  const auto volume = ramp<std::int16_t>({16, 16, 16});
  MemorySource source(volume);
  MemorySink sink;
  const Plan steps = plan({Normalize{}}, volume->info());
  (void)makeCpuBackend()->execute(steps, source, sink, wholeOf({16, 16, 16}), job);
  MemorySource result(sink.take());
  EXPECT_EQ(result.info().pixelType, PixelType::F32);
  const Statistics s = computeStatistics(result, {}, job);
  EXPECT_NEAR(s.mean, 0, 1e-7);
  EXPECT_NEAR(s.std, 1, 1e-6);
}

TEST(CpuBackend, CropAndReorientPickTheRightVoxels) {
  JobContext job;
  const auto volume = ramp<std::int32_t>({4, 5, 6});
  MemorySource source(volume);
  MemorySink sink;
  const Plan steps = plan({Crop{{{1, 1, 1}, {2, 3, 4}}}, Reorient{"IAR"}}, volume->info());
  (void)makeCpuBackend()->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  const auto out = sink.take();
  ASSERT_EQ(out->geometry().size, (Index3{4, 3, 2}));
  for (std::int64_t a = 0; a < 4; ++a) {
    for (std::int64_t b = 0; b < 3; ++b) {
      for (std::int64_t c = 0; c < 2; ++c) {  // i runs down k, j down j, k down i of the cropped box
        const std::int64_t expected = (2 - c) + 4 * (3 - b) + 20 * (4 - a);
        ASSERT_EQ(out->valueAt(0, {a, b, c}), static_cast<double>(expected));
      }
    }
  }
}

TEST(CpuBackend, OneSliceEqualsThatSliceOfTheWhole) {
  JobContext job;
  const auto volume = ramp<std::int16_t>({8, 9, 10});
  MemorySource source(volume);
  const Plan steps = plan({Normalize{NormalizeMethod::MinMax}}, volume->info());
  MemorySink whole;
  (void)makeCpuBackend()->execute(steps, source, whole, wholeOf({8, 9, 10}), job);
  MemorySink slice;
  (void)makeCpuBackend()->execute(steps, source, slice, {{0, 0, 4}, {8, 9, 1}}, job);
  const auto all = whole.take();
  const auto one = slice.take();
  for (std::int64_t j = 0; j < 9; ++j) {
    for (std::int64_t i = 0; i < 8; ++i) ASSERT_EQ(one->valueAt(0, {i, j, 0}), all->valueAt(0, {i, j, 4}));
  }
}

TEST(CpuBackend, CancelEndsTheRun) {
  JobContext job;
  job.token()->cancel();
  const auto volume = ramp<std::int16_t>({8, 9, 10});
  MemorySource source(volume);
  MemorySink sink;
  EXPECT_THROW(
      (void)makeCpuBackend()->execute(plan({Normalize{}}, volume->info()), source, sink, wholeOf({8, 9, 10}), job),
      Cancelled);
}

}  // namespace
}  // namespace voxmark
