#include "core/profiling/step_detection.h"

#include <gtest/gtest.h>

#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::makeTimes;
using testing::Making;
using testing::Seeded;

std::vector<double> series(int before, int after, double step, double variation, Seeded& random) {
  Making making;
  making.variation = variation;
  making.blocks = before;
  std::vector<double> out = makeTimes(making, random);
  making.blocks = after;
  making.shift = step;
  for (const double value : makeTimes(making, random)) out.push_back(value);
  return out;
}

TEST(StepDetection, NoiseHasNoSteps) {
  Seeded random(1);
  int found = 0;
  for (int trial = 0; trial < 200; ++trial) found += segmentsOf(series(60, 0, 0, 0.03, random)).size() > 1;
  EXPECT_LE(found, 10);
}

TEST(StepDetection, AStepIsFoundWhereItIs) {
  Seeded random(2);
  int found = 0;
  for (int trial = 0; trial < 200; ++trial) {
    const auto segments = segmentsOf(series(30, 20, 0.08, 0.02, random));
    if (segments.size() != 2) continue;
    found += segments[1].first >= 28 && segments[1].first <= 32;
  }
  EXPECT_GE(found, 180);
  const auto exact = segmentsOf(series(30, 20, 0.5, 0.001, random));
  ASSERT_EQ(exact.size(), 2U);
  EXPECT_EQ(exact[1].first, 30U);
  EXPECT_EQ(exact[1].count, 20U);
  EXPECT_NEAR(exact[0].level, 50, 0.1);
  EXPECT_NEAR(exact[1].level, 75, 0.1);
}

TEST(StepDetection, OneBadRunIsNoStep) {
  Seeded random(3);
  std::vector<double> values = series(40, 0, 0, 0.02, random);
  values[17] *= 3;
  values[39] *= 2;
  EXPECT_EQ(segmentsOf(values).size(), 1U);
}

TEST(StepDetection, TinyStepsAndShortSeriesAreLeftAlone) {
  std::vector<double> values(20, 100.0);
  EXPECT_EQ(segmentsOf(values).size(), 1U);
  for (std::size_t n = 10; n < 20; ++n) values[n] = 100.3;
  EXPECT_EQ(segmentsOf(values).size(), 1U);
  EXPECT_EQ(segmentsOf({5}).size(), 1U);
  EXPECT_TRUE(segmentsOf({}).empty());
}

TEST(LookBackScore, CountsDeviationsFromTheLevelThatHolds) {
  // Median 100, median absolute deviation 1: 1.4826 a deviation.
  EXPECT_NEAR(*lookBackScore({99, 101, 100, 99, 101, 100, 103}), 3 / 1.4826, 1e-9);
  EXPECT_NEAR(*lookBackScore({100, 100, 100, 100, 100, 101}), 2, 1e-9);  // half a percent at least
  EXPECT_FALSE(lookBackScore({100, 100, 100, 100, 101}).has_value());
  EXPECT_FALSE(lookBackScore({}).has_value());
}

TEST(LookBackScore, ForgetsWhatWasBeforeAStep) {
  std::vector<double> values(20, 100.0);
  values.resize(40, 150.0);
  values.push_back(150.0);
  EXPECT_NEAR(*lookBackScore(values), 0, 1e-9);
}

}  // namespace
}  // namespace voxmark::profiling
