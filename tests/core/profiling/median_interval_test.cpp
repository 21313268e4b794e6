#include "core/profiling/median_interval.h"

#include <numeric>

#include <gtest/gtest.h>

namespace voxmark::profiling {
namespace {

std::vector<double> upTo(int n) {
  std::vector<double> out(static_cast<std::size_t>(n));
  std::iota(out.begin(), out.end(), 1.0);
  std::swap(out.front(), out.back());
  return out;
}

// Ranks and levels are those of the binomial distribution's tables: of 20 values the 4th and the 17th enclose the
// median with 1 - 2 · 1351 / 2^20, of 10 the first and the last with 1 - 2 / 2^10.
TEST(MedianInterval, IsTheOneOfTheBinomialTables) {
  const MedianInterval twenty = medianInterval(upTo(20), 0.99);
  EXPECT_EQ(twenty.low, 4);
  EXPECT_EQ(twenty.high, 17);
  EXPECT_NEAR(twenty.confidence, 1 - 2 * 1351.0 / 1048576, 1e-12);
  const MedianInterval ten = medianInterval(upTo(10), 0.99);
  EXPECT_EQ(ten.low, 1);
  EXPECT_EQ(ten.high, 10);
  EXPECT_NEAR(ten.confidence, 1 - 2.0 / 1024, 1e-12);
  const MedianInterval loose = medianInterval(upTo(10), 0.95);
  EXPECT_EQ(loose.low, 2);
  EXPECT_EQ(loose.high, 9);
  EXPECT_NEAR(loose.confidence, 1 - 2 * 11.0 / 1024, 1e-12);
}

TEST(MedianInterval, OfFewValuesSaysWhatItIsWorth) {
  const MedianInterval five = medianInterval({3, 1, 2, 5, 4});
  EXPECT_EQ(five.low, 1);
  EXPECT_EQ(five.high, 5);
  EXPECT_NEAR(five.confidence, 0.9375, 1e-12);
  EXPECT_EQ(medianInterval({7}).confidence, 0);
  EXPECT_EQ(medianInterval({}).high, 0);
}

}  // namespace
}  // namespace voxmark::profiling
