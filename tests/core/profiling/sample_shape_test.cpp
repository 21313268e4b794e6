#include "core/profiling/sample_shape.h"

#include <gtest/gtest.h>

#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::makeTimes;
using testing::Making;
using testing::Seeded;

TEST(SampleShape, OutliersAreFarFromTheMedianInDeviationsThatTheyDoNotMove) {
  // Median 10, median absolute deviation 1: the limit is 7.413.
  const std::vector<double> values{9, 11, 10, 9, 11, 17.4, 10, 17.5, 8};
  EXPECT_EQ(outliers(values), (std::vector<std::size_t>{7}));
  EXPECT_TRUE(outliers({5, 5, 5, 9}).empty());
  EXPECT_TRUE(outliers({}).empty());
}

TEST(SampleShape, TrendIsKendallsTau) {
  // scipy.stats.kendalltau(range(10), values): 0.3778, p 0.1557 exactly and 0.1524 by Mann's approximation.
  const Trend trend = trendOf({1, 3, 2, 6, 4, 5, 10, 9, 0, 8});
  EXPECT_NEAR(trend.tau, 17.0 / 45, 1e-12);
  EXPECT_NEAR(trend.pValue, 0.15240628395674932, 1e-12);
  EXPECT_NEAR(trendOf({5, 4, 3, 2, 1}).tau, -1, 1e-12);
  // scipy.stats.kendalltau(range(6), [1, 1, 2, 2, 3, 3]): 0.8944
  EXPECT_NEAR(trendOf({1, 1, 2, 2, 3, 3}).tau, 0.894427190999916, 1e-12);
  EXPECT_EQ(trendOf({2, 2, 2, 2}).pValue, 1);
}

TEST(SampleShape, TwoGroupsAreToldFromOneAndFromOutliers) {
  Seeded random(3);
  int oneAsTwo = 0;
  int twoAsTwo = 0;
  int outlierAsTwo = 0;
  for (int trial = 0; trial < 300; ++trial) {
    Making making;
    oneAsTwo += isBimodal(makeTimes(making, random));
    making.outlierShare = 0.05;
    making.blocks = 20;
    outlierAsTwo += isBimodal(makeTimes(making, random));
    making.outlierShare = 0;
    making.secondModeShare = 0.5;
    making.secondMode = 1.2;
    twoAsTwo += isBimodal(makeTimes(making, random));
  }
  EXPECT_LE(oneAsTwo, 3);
  EXPECT_LE(outlierAsTwo, 15);
  EXPECT_GE(twoAsTwo, 270);
}

TEST(SampleShape, NotesAreForReadersAndNoiseHasNone) {
  Seeded random(4);
  Making making;
  int noted = 0;
  for (int trial = 0; trial < 300; ++trial) noted += !shapeNotes(makeTimes(making, random)).empty();
  EXPECT_LE(noted, 15);
  making.drift = 0.15;
  EXPECT_EQ(shapeNotes(makeTimes(making, random)), (std::vector<std::string>{"times rise while it ran"}));
}

}  // namespace
}  // namespace voxmark::profiling
