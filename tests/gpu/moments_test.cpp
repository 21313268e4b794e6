#include "gpu/kernels/moments.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "gpu/pass_parameters.h"

namespace voxmark::gpu {
namespace {

TEST(Moments, OfOneToTenAreKnown) {
  MomentsCell cell;
  for (int n = 1; n <= 10; ++n) cell.add(n, false);
  const Statistics found = toStatistics(cell);
  EXPECT_EQ(found.count, 10U);
  EXPECT_EQ(found.min, 1);
  EXPECT_EQ(found.max, 10);
  EXPECT_DOUBLE_EQ(found.mean, 5.5);
  EXPECT_DOUBLE_EQ(found.std, std::sqrt(8.25));
}

TEST(Moments, SkipWhatIsNotFiniteAndOnRequestZeros) {
  MomentsCell cell;
  for (const double value :
       {0.0, 4.0, std::numeric_limits<double>::quiet_NaN(), 6.0, -std::numeric_limits<double>::infinity(), -0.0}) {
    cell.add(value, true);
  }
  EXPECT_EQ(cell.count, 2U);
  EXPECT_EQ(cell.nonfinite, 2U);
  EXPECT_DOUBLE_EQ(cell.mean, 5);
  EXPECT_DOUBLE_EQ(cell.m2, 2);
}

TEST(Moments, OfNothingAreNoNumbers) {
  const Statistics found = toStatistics({});
  EXPECT_EQ(found.count, 0U);
  EXPECT_TRUE(std::isnan(found.mean) && std::isnan(found.min) && std::isnan(found.std));
}

TEST(Moments, JoiningNothingToVeryLargeValuesChangesNothing) {
  MomentsCell cell;
  cell.add(1e200, false);
  cell.add(1e200, false);
  MomentsCell joined;
  joined.nonfinite = 3;
  joined.join(cell);
  joined.join({});
  const Statistics found = toStatistics(joined);
  EXPECT_EQ(found.count, 2U);
  EXPECT_EQ(found.nonfinite, 3U);
  EXPECT_EQ(found.mean, 1e200);
  EXPECT_EQ(found.std, 0);
}

TEST(Moments, JoinedPartsEqualTheWholeFarFromZero) {
  constexpr double kOffset = 1e9;  // a sum of squares would lose every digit of the deviation here
  MomentsCell joined;
  MomentsCell empty;
  joined.join(empty);
  for (int part = 0; part < 4; ++part) {
    MomentsCell cell;
    for (int n = 0; n < 250; ++n) cell.add(kOffset + (part * 250 + n) % 100, false);
    joined.join(cell);
    joined.join(empty);
  }
  const Statistics found = toStatistics(joined);
  EXPECT_EQ(found.count, 1000U);
  EXPECT_DOUBLE_EQ(found.mean, kOffset + 49.5);
  EXPECT_NEAR(found.std, std::sqrt((100.0 * 100.0 - 1) / 12), 1e-6);
  EXPECT_EQ(found.min, kOffset);
  EXPECT_EQ(found.max, kOffset + 99);
}

}  // namespace
}  // namespace voxmark::gpu
