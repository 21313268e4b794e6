#include "core/backend/value_chain.h"

#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

std::vector<double> applied(const ValueChain& chain, std::vector<double> values) {
  applyChain(chain, values.data(), values.size(), nullptr);
  return values;
}

ValueChain chainOf(const Pipeline& pipeline, const VolumePtr& volume) {
  MemorySource source(volume);
  JobContext job;
  const Plan steps = plan(pipeline, volume->info());
  return resolveValues(steps, steps.passes.front(), source, 1, job);
}

TEST(ValueChain, StatisticsSeeWhatTheStepsBeforeLeft) {
  const auto volume = makeVolume<std::int16_t>(sized({5, 1, 1}), [](std::uint64_t n) { return int(n) * 10; });
  // 0 10 20 30 40 clamped to 10…30, then doubled: from 20 to 60.
  const ValueChain chain = chainOf({Clamp{10, 30}, ScaleShift{2, 0}, Normalize{NormalizeMethod::MinMax}}, volume);
  const auto found = applied(chain, {0, 10, 20, 30, 40});
  const double expected[] = {0, 0, 0.5, 1, 1};
  for (std::size_t n = 0; n < 5; ++n) EXPECT_NEAR(found[n], expected[n], 1e-12);
}

TEST(ValueChain, StatisticsSpanTheBoxOfTheCropsBeforeNotAfter) {
  const auto volume = makeVolume<std::int16_t>(sized({5, 1, 1}), [](std::uint64_t n) { return int(n) * 10; });
  const Crop crop{{{1, 0, 0}, {3, 1, 1}}};  // 10 20 30
  const Normalize minMax{NormalizeMethod::MinMax};
  EXPECT_NEAR(applied(chainOf({crop, minMax}, volume), {20})[0], 0.5, 1e-12);
  EXPECT_NEAR(applied(chainOf({crop, minMax}, volume), {10})[0], 0, 1e-12);
  EXPECT_NEAR(applied(chainOf({minMax, crop}, volume), {10})[0], 0.25, 1e-12);
}

TEST(ValueChain, ACastInTheMiddleRoundsAndSaturates) {
  const auto volume = makeVolume<float>(sized({2, 1, 1}), [](std::uint64_t n) { return float(n); });
  const ValueChain chain = chainOf({Cast{PixelType::U8}, ScaleShift{0.5, 0}}, volume);
  const auto found = applied(chain, {-3, 2.5, 3.5, 999});
  EXPECT_EQ(found, (std::vector<double>{0, 1, 2, 127.5}));
}

TEST(ValueChain, ALargeOffsetDoesNotCancel) {
  // Values around 10^9 with a deviation of one: the mean must be taken away before anything is multiplied.
  const auto volume = makeVolume<double>(sized({2, 1, 1}), [](std::uint64_t n) { return 1e9 + (n == 0 ? -1 : 1); });
  const auto found = applied(chainOf({Normalize{}}, volume), {1e9 - 1, 1e9, 1e9 + 1});
  EXPECT_NEAR(found[0], -1, 1e-9);
  EXPECT_NEAR(found[1], 0, 1e-9);
  EXPECT_NEAR(found[2], 1, 1e-9);
}

}  // namespace
}  // namespace voxmark::testing
