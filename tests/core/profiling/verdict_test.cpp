#include "core/profiling/verdict.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::makeTimes;
using testing::Making;
using testing::Seeded;

constexpr int kTrials = 3000;

struct Rates {
  double regressed = 0;
  double passed = 0;
};

/// Verdicts on `kTrials` pairs; `doublings` more times as many blocks where they are inconclusive.
Rates rates(double shift, double variation, int blocks, int doublings, std::uint64_t seed) {
  Seeded random(seed);
  Making making;
  making.variation = variation;
  Rates out;
  for (int trial = 0; trial < kTrials; ++trial) {
    making.blocks = blocks;
    making.shift = 0;
    std::vector<double> before = makeTimes(making, random);
    making.shift = shift;
    std::vector<double> after = makeTimes(making, random);
    VerdictState state = judgeTimes(before, after).state;
    for (int n = 0; n < doublings && state == VerdictState::Inconclusive; ++n) {
      making.blocks = static_cast<int>(before.size());
      making.shift = 0;
      const std::vector<double> more = makeTimes(making, random);
      making.shift = shift;
      const std::vector<double> moreAfter = makeTimes(making, random);
      before.insert(before.end(), more.begin(), more.end());
      after.insert(after.end(), moreAfter.begin(), moreAfter.end());
      state = judgeTimes(before, after).state;
    }
    out.regressed += state == VerdictState::Regressed;
    out.passed += state == VerdictState::Pass;
  }
  return {out.regressed / kTrials, out.passed / kTrials};
}

TEST(Verdict, LimitsScaleWithTheTolerance) {
  const Limits usual = limitsFor(5);
  EXPECT_DOUBLE_EQ(usual.alarmLow, 1.02);
  EXPECT_DOUBLE_EQ(usual.alarmEstimate, 1.03);
  EXPECT_DOUBLE_EQ(usual.passHigh, 1.05);
  const Limits wide = limitsFor(10);
  EXPECT_DOUBLE_EQ(wide.alarmLow, 1.04);
  EXPECT_DOUBLE_EQ(wide.alarmEstimate, 1.06);
  EXPECT_DOUBLE_EQ(wide.passHigh, 1.10);
  for (const double none : {0.0, -5.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW((void)limitsFor(none), Error) << none;
  }
}

TEST(Verdict, HasThreeStates) {
  std::vector<double> before, same, slower, noisy;
  for (int n = 0; n < 20; ++n) {
    before.push_back(100 + 0.01 * n);
    same.push_back(100 + 0.01 * n + 0.005);
    slower.push_back(108 + 0.01 * n);
    noisy.push_back(n % 2 == 0 ? 80 + n : 118 + n);
  }
  EXPECT_EQ(judgeTimes(before, same).state, VerdictState::Pass);
  EXPECT_EQ(judgeTimes(before, slower).state, VerdictState::Regressed);
  EXPECT_EQ(judgeTimes(before, noisy).state, VerdictState::Inconclusive);
  EXPECT_FALSE(judgeTimes(before, slower).improved);
  const TimeVerdict faster = judgeTimes(slower, before);
  EXPECT_EQ(faster.state, VerdictState::Pass);
  EXPECT_TRUE(faster.improved);
  EXPECT_NEAR(faster.estimate.ratio, 100 / 108.0, 1e-3);
}

TEST(Verdict, AToleranceOfTenLetsPassWhatFiveDoesNot) {
  std::vector<double> before, after;
  for (int n = 0; n < 20; ++n) {
    before.push_back(100 + 0.01 * n);
    after.push_back(105.5 + 0.01 * n);
  }
  EXPECT_EQ(judgeTimes(before, after, 5).state, VerdictState::Regressed);
  EXPECT_EQ(judgeTimes(before, after, 10).state, VerdictState::Pass);
}

TEST(Verdict, OfFewBlocksIsInconclusive) {
  EXPECT_EQ(judgeTimes({100}, {300}).state, VerdictState::Inconclusive);
  EXPECT_EQ(judgeTimes({1, 2, 3, 4}, {11, 12, 13, 14}).state, VerdictState::Inconclusive);
}

TEST(Verdict, AlarmsExactlyWhereTheOneSidedTestRejectsAndTheEstimateIsLarge) {
  // The interval inverts the test: its low end lies above 2 % where the p value is below half of 1 %.
  Seeded random(11);
  Making making;
  making.variation = 0.05;
  int alarms = 0;
  for (int trial = 0; trial < 500; ++trial) {
    making.shift = 0;
    const auto before = makeTimes(making, random);
    making.shift = 0.07;
    const TimeVerdict verdict = judgeTimes(before, makeTimes(making, random));
    EXPECT_EQ(verdict.estimate.low > 1.02, verdict.pValue <= 0.005) << verdict.estimate.low << ' ' << verdict.pValue;
    alarms += verdict.state == VerdictState::Regressed;
  }
  EXPECT_GT(alarms, 50);
  EXPECT_LT(alarms, 450);
}

TEST(Verdict, NeverAlarmsWhereNothingHasChanged) {
  for (const double variation : {0.02, 0.05}) {
    EXPECT_EQ(rates(0, variation, 20, 0, 1).regressed, 0) << variation;
    EXPECT_EQ(rates(0, variation, 20, 2, 2).regressed, 0) << variation;
    EXPECT_LE(rates(0, variation, 10, 2, 3).regressed, 0.001) << variation;
    EXPECT_EQ(rates(-0.1, variation, 20, 2, 4).regressed, 0) << variation;
  }
  EXPECT_GE(rates(0, 0.02, 20, 0, 5).passed, 0.99);
}

TEST(Verdict, FindsSlowdownsInTwentyBlocks) {
  EXPECT_GE(rates(0.05, 0.02, 20, 0, 6).regressed, 0.90);
  EXPECT_GE(rates(0.10, 0.05, 20, 0, 7).regressed, 0.90);
  EXPECT_GE(rates(0.10, 0.02, 20, 0, 8).regressed, 0.999);
}

TEST(Verdict, DoublingTheBlocksFindsWhatAPointEstimateFindsHalfTheTime) {
  // 20 blocks, doubled up to 4 times as many.
  EXPECT_GE(rates(0.05, 0.02, 20, 2, 9).regressed, 0.97);
  EXPECT_GE(rates(0.05, 0.03, 20, 2, 10).regressed, 0.93);
  EXPECT_GE(rates(0.05, 0.05, 20, 2, 11).regressed, 0.83);
  EXPECT_GE(rates(0.10, 0.02, 20, 2, 12).regressed, 0.999);
  EXPECT_GE(rates(0.10, 0.05, 20, 2, 13).regressed, 0.995);
  EXPECT_GE(rates(0, 0.05, 20, 2, 14).passed, 0.97);
}

TEST(Holm, IsThePublishedAdjustment) {
  // R's p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm"), in another order.
  const auto adjusted = holmAdjusted({0.03, 0.01, 0.05, 0.02, 0.04});
  const std::vector<double> expected{0.09, 0.05, 0.09, 0.08, 0.09};
  ASSERT_EQ(adjusted.size(), expected.size());
  for (std::size_t n = 0; n < expected.size(); ++n) EXPECT_NEAR(adjusted[n], expected[n], 1e-15) << n;
  EXPECT_EQ(holmAdjusted({0.5, 0.9}), (std::vector<double>{1, 1}));
  EXPECT_TRUE(holmAdjusted({}).empty());
}

TEST(Holm, TakesBackAlarmsThatManyScenariosMakeLikely) {
  // Five against five, apart: 1 of 252 by chance, too much for twenty such scenarios, not for ten.
  const TimeVerdict one = judgeTimes({1, 2, 3, 4, 5}, {11, 12, 13, 14, 15});
  ASSERT_EQ(one.state, VerdictState::Regressed);
  for (const std::size_t count : {10U, 20U}) {
    std::vector<TimeVerdict> all(count, one);
    std::vector<TimeVerdict*> pointers;
    for (TimeVerdict& verdict : all) pointers.push_back(&verdict);
    applyHolm(pointers);
    EXPECT_EQ(all[0].state, count == 10 ? VerdictState::Regressed : VerdictState::Inconclusive);
    EXPECT_NEAR(all[0].adjustedPValue, static_cast<double>(count) / 252, 1e-12);
  }
}

TEST(Verdict, StatesHaveNames) {
  EXPECT_EQ(stateName(VerdictState::Pass), "pass");
  EXPECT_EQ(stateName(VerdictState::Regressed), "regressed");
  EXPECT_EQ(stateName(VerdictState::Inconclusive), "inconclusive");
  EXPECT_EQ(stateName(VerdictState::Missing), "missing");
  EXPECT_EQ(stateName(VerdictState::Errored), "errored");
  EXPECT_EQ(stateName(VerdictState::Skipped), "skipped");
  EXPECT_EQ(stateName(VerdictState::New), "new");
}

}  // namespace
}  // namespace voxmark::profiling
