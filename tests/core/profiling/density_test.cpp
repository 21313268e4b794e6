#include "core/profiling/density.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/core/io/python_check.h"

namespace voxmark::profiling {
namespace {

const std::vector<double> kTimes{10.2, 10.4, 9.9, 10.1, 10.3, 12.8, 10.0, 10.2, 9.7, 10.5, 10.25};

TEST(Density, IsTheOneOfScipyAtTheSameWidth) {
  const Density found = estimateDensity(kTimes, 33);
  ASSERT_EQ(found.at.size(), 33U);
  const std::string script =
      "import sys, numpy as np\n"
      "from scipy.stats import gaussian_kde\n"
      "x = np.array([float(v) for v in sys.argv[1].split(\",\")])\n"
      "q = np.percentile(x, [25, 75])\n"
      "h = 0.9 * min(x.std(ddof=1), (q[1] - q[0]) / 1.34) * len(x) ** -0.2\n"
      "at = np.linspace(x.min() - 3 * h, x.max() + 3 * h, 33)\n"
      "print(*[repr(float(v)) for v in np.concatenate([at, gaussian_kde(x, h / x.std(ddof=1))(at)])])";
  std::istringstream said(testing::askPython(script, fmt::format("{}", fmt::join(kTimes, ","))));
  for (std::size_t n = 0; n < 66; ++n) {
    double expected = -1;
    ASSERT_TRUE(said >> expected) << n;
    EXPECT_NEAR(n < 33 ? found.at[n] : found.value[n - 33], expected, 1e-12) << n;
  }
}

TEST(Density, OfOneValueOrOfEqualOnesIsEmpty) {
  EXPECT_TRUE(estimateDensity({}).at.empty());
  EXPECT_TRUE(estimateDensity({3}).at.empty());
  EXPECT_TRUE(estimateDensity({3, 3, 3}).at.empty());
}

TEST(Quantile, IsLinearBetweenNeighbours) {
  EXPECT_EQ(quantile({}, 0.5), 0);
  EXPECT_EQ(quantile({4}, 0.9), 4);
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.25), 1.75);
  EXPECT_DOUBLE_EQ(quantile({1, 2, 3, 4}, 1), 4);
}

}  // namespace
}  // namespace voxmark::profiling
