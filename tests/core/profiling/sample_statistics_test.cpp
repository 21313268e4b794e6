#include "core/profiling/sample_statistics.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

using Values = std::vector<double>;

/// Ratios are shifts of logarithms: published examples of shifts become ratios of exponentials.
Values exponentials(const Values& values) {
  Values out;
  for (const double value : values) out.push_back(std::exp(value));
  return out;
}

// Permeability constants of the human chorioamnion at term and earlier: Hollander & Wolfe, example 4.1; also in R's
// help of wilcox.test.
const Values kTerm{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
const Values kEarlier{1.15, 0.88, 0.90, 0.74, 1.21};

// Twenty and twenty times; numbers about them from scipy 1.10 and from all 400 differences.
const Values kBefore{0.8404, 0.8749, 0.8727, 0.9654, 0.7935, 0.9813, 0.9087, 1.0935, 1.1004, 1.1494,
                     1.0798, 0.9947, 1.0898, 1.1625, 0.9367, 1.0629, 0.9957, 1.1549, 0.9197, 0.9703};
const Values kAfter{1.0792, 1.068,  0.8834, 1.079,  1.0286, 1.0162, 1.0248, 1.0639, 0.8679, 1.2156,
                    0.9549, 0.8318, 1.0323, 1.2041, 0.9882, 1.2155, 1.2162, 0.9548, 0.8134, 0.9199};

TEST(SampleStatistics, MedianIsTheMiddleOrTheMeanOfTheTwoMiddleOnes) {
  EXPECT_EQ(median({}), 0);
  EXPECT_EQ(median({7}), 7);
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 3, 2}), 2.5);
  EXPECT_EQ(median({5, 5, 1, 5}), 5);
  EXPECT_EQ(median({-1, -3}), -2);
}

TEST(SampleStatistics, DeviationDividesByOneLess) {
  EXPECT_EQ(mean({}), 0);
  EXPECT_EQ(mean({2, 4, 4, 4, 5, 5, 7, 9}), 5);
  EXPECT_NEAR(sampleDeviation({2, 4, 4, 4, 5, 5, 7, 9}), 2.138089935299395, 1e-15);
  EXPECT_EQ(sampleDeviation({3}), 0);
  EXPECT_EQ(sampleDeviation({}), 0);
}

TEST(RatioEstimate, IsThePublishedOneOfHollanderAndWolfe) {
  const RatioEstimate found = estimateRatio(exponentials(kEarlier), exponentials(kTerm), 0.95);
  EXPECT_NEAR(std::log(found.ratio), 0.305, 1e-12);
  EXPECT_NEAR(std::log(found.low), -0.15, 1e-12);
  EXPECT_NEAR(std::log(found.high), 0.76, 1e-12);
}

TEST(RatioEstimate, IsTheOneOfAllDifferences) {
  const RatioEstimate found = estimateRatio(kBefore, kAfter, 0.99);
  EXPECT_NEAR(found.ratio, 1.031490711923364, 1e-12);
  EXPECT_NEAR(found.low, 0.923872652405343, 1e-12);
  EXPECT_NEAR(found.high, 1.1319467370969516, 1e-12);
}

TEST(RatioEstimate, TurnsIntoItsInverseWhenTheSidesAreSwapped) {
  const RatioEstimate there = estimateRatio(kBefore, kAfter);
  const RatioEstimate back = estimateRatio(kAfter, kBefore);
  EXPECT_NEAR(there.ratio * back.ratio, 1, 1e-12);
  EXPECT_NEAR(there.low * back.high, 1, 1e-12);
  EXPECT_NEAR(there.high * back.low, 1, 1e-12);
}

TEST(RatioEstimate, FollowsAFactorExactly) {
  Values twice = kBefore;
  for (double& value : twice) value *= 2;
  const RatioEstimate found = estimateRatio(kBefore, twice);
  EXPECT_NEAR(found.ratio, 2, 1e-12);
  EXPECT_LT(found.low, 2);
  EXPECT_GT(found.high, 2);
  EXPECT_NEAR(estimateRatio({3, 3, 3}, {3, 3, 3}).ratio, 1, 1e-15);
}

TEST(RatioEstimate, HasNoBoundsWhereTheSamplesAreTooFew) {
  // Four against four allow 98 % at most (1 of 70 on each side), five against five 99 %.
  const RatioEstimate four = estimateRatio({1, 2, 3, 4}, {5, 6, 7, 8}, 0.99);
  EXPECT_EQ(four.low, 0);
  EXPECT_EQ(four.high, std::numeric_limits<double>::infinity());
  const RatioEstimate five = estimateRatio({1, 2, 3, 4, 5}, {5, 6, 7, 8, 9}, 0.99);
  EXPECT_NEAR(five.low, 1, 1e-12);
  EXPECT_NEAR(five.high, 9, 1e-12);
}

TEST(RatioEstimate, LargeSamplesAgreeWithTheExactRankOfSmallerOnes) {
  // The interval of 61 values a side, by the normal approximation, is nearly that of 60, which is exact.
  Values before, after;
  for (int n = 0; n < 61; ++n) {
    before.push_back(1 + 0.01 * ((n * 37) % 61));
    after.push_back(1.1 + 0.01 * ((n * 23) % 61) + 0.003);
  }
  const RatioEstimate large = estimateRatio(before, after);
  before.pop_back();
  after.pop_back();
  const RatioEstimate exact = estimateRatio(before, after);
  EXPECT_NEAR(large.ratio, exact.ratio, 0.01);
  EXPECT_NEAR(large.low, exact.low, 0.01);
  EXPECT_NEAR(large.high, exact.high, 0.01);
}

TEST(ExceedsProbability, IsThePublishedOneOfHollanderAndWolfe) {
  EXPECT_NEAR(exceedsProbability(exponentials(kEarlier), exponentials(kTerm), 1), 0.1272061272061272, 1e-12);
}

TEST(ExceedsProbability, IsThatOfScipy) {
  EXPECT_NEAR(exceedsProbability(kBefore, kAfter, 1), 0.319756941203476, 1e-12);
  EXPECT_NEAR(exceedsProbability(kBefore, kAfter, 1.05), 0.6897674690971589, 1e-12);
}

TEST(ExceedsProbability, CorrectsForTiesAndContinuityAsScipyDoes) {
  EXPECT_NEAR(exceedsProbability({1.0, 1.1, 1.1, 1.2}, {1.1, 1.3, 1.2, 1.4}, 1), 0.06832912386907375, 1e-12);
}

TEST(ExceedsProbability, OfSeparatedSamplesIsOneArrangementOfAll) {
  EXPECT_NEAR(exceedsProbability({1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}, 1), 1.0 / 252, 1e-15);
  EXPECT_NEAR(exceedsProbability({6, 7, 8, 9, 10}, {1, 2, 3, 4, 5}, 1), 1, 1e-12);
}

TEST(ExceedsProbability, OfSixtySeparatedValuesIsStillExact) {
  Values before, after;
  for (int n = 1; n <= 60; ++n) {
    before.push_back(n);
    after.push_back(100 + n);
  }
  // 1 / (120 over 60)
  EXPECT_NEAR(exceedsProbability(before, after, 1) * 9.6614908840363322603e34, 1, 1e-9);
}

TEST(ExceedsProbability, OfEqualConstantsIsOne) {
  EXPECT_EQ(exceedsProbability({2, 2, 2}, {2, 2, 2}, 1), 1);
}

TEST(Comparisons, NeedTimesAboveZeroOnBothSides) {
  for (const auto& [before, after] : {std::pair<Values, Values>{{}, {1}},
                                      {{1}, {}},
                                      {{0}, {1}},
                                      {{1}, {-1}},
                                      {{1}, {std::nan("")}},
                                      {{INFINITY}, {1}}}) {
    EXPECT_THROW((void)estimateRatio(before, after), Error);
    EXPECT_THROW((void)exceedsProbability(before, after, 1), Error);
  }
}

}  // namespace
}  // namespace voxmark::profiling
