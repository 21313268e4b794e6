// The same operations as numpy and scipy compute them, at the time of the test.
#include <map>

#include <fmt/format.h>

#include "core/ops/statistics.h"
#include "tests/conformance/operation_cases.h"
#include "tests/core/backend/python_volumes.h"

namespace voxmark::testing {
namespace {

constexpr Index3 kSize{19, 13, 11};

/// Runs one script and cuts its result into parts of the volume's size.
class NumpyAgreement : public ::testing::TestWithParam<PixelType> {
 protected:
  NumpyAgreement() : volume_(randomVolume(GetParam(), kSize, true)) {
    python_.give("v", *volume_);
    largest_ = 0;
    for (std::int64_t n = 0; n < count(); ++n) largest_ = std::max(largest_, std::abs(value(*volume_, n)));
  }
  [[nodiscard]] static std::int64_t count() { return kSize[0] * kSize[1] * kSize[2]; }
  [[nodiscard]] static double value(const Volume& volume, std::int64_t n) {
    const Index3& size = volume.geometry().size;
    return volume.valueAt(0, {n % size[0], n / size[0] % size[1], n / (size[0] * size[1])});
  }
  /// `tolerance`: a share of the largest value of the expected ones, beside a rounding to float.
  void expectAs(const Operation& operation, const std::vector<double>& all, std::size_t part, double tolerance) const {
    const auto found = process(volume_, {operation}, 2);
    const std::size_t first = part * static_cast<std::size_t>(count());
    double most = 0;
    for (std::int64_t n = 0; n < count(); ++n) {
      most = std::max(most, std::abs(all.at(first + static_cast<std::size_t>(n))));
    }
    for (std::int64_t n = 0; n < count(); ++n) {
      const double want = all[first + static_cast<std::size_t>(n)];
      ASSERT_NEAR(value(*found, n), want, tolerance * most + 1e-7 * std::abs(want)) << part << ", voxel " << n;
    }
  }

  PythonVolumes python_;
  std::shared_ptr<Volume> volume_;
  double largest_ = 0;
};

TEST_P(NumpyAgreement, OfValues) {
  const auto all = python_.run(fmt::format(
      "a = load(\"v\", ({}, {}, {}))\n"
      "unit = lambda low, high: np.clip((a - low) / (high - low), 0, 1)\n"
      "z = (a - a.mean()) / a.std()\n"
      "b = a[a != 0]\n"
      "med = np.median(a)\n"
      "low, high = np.percentile(a, (2, 97.5))\n"
      "x, of = np.unique(np.percentile(a, (0, 25, 75, 100)), return_inverse=True)\n"
      "y = np.bincount(of, (0, 1, 5, 9)) / np.bincount(of)\n"
      "save(np.stack([z, (a - b.mean()) / b.std(), (a - med) / (1.4826 * np.median(abs(a - med))),\n"
      "  unit(a.min(), a.max()), unit(low, high), unit(-10, 70), np.clip(a, 2.5, 77.25), a * -0.37 + 12.5,\n"
      "  np.interp(a, x, y)]))\n",
      kSize[0], kSize[1], kSize[2]));
  Normalize step;
  expectAs(step, all, 0, 1e-7);
  step.nonzero = true;
  expectAs(step, all, 1, 1e-7);
  expectAs(Normalize{NormalizeMethod::Robust}, all, 2, 1e-7);
  expectAs(Normalize{NormalizeMethod::MinMax}, all, 3, 1e-7);
  expectAs(Normalize{NormalizeMethod::Percentile, 2, 97.5, false}, all, 4, 1e-7);
  expectAs(Normalize{NormalizeMethod::Window, 80, 30, false}, all, 5, 1e-7);
  expectAs(Clamp{2.5, 77.25}, all, 6, 1e-7);
  expectAs(ScaleShift{-0.37, 12.5}, all, 7, 1e-7);
  expectAs(HistogramMatch{"", {{0, 0}, {25, 1}, {75, 5}, {100, 9}}, false}, all, 8, 1e-7);
}

TEST_P(NumpyAgreement, OfStatistics) {
  const auto all =
      python_.run(fmt::format("a = load(\"v\", ({}, {}, {}))\n"
                              "part = a[2:9, 1:12, 3:17].ravel()\n"
                              "part = part[part != 0]\n"
                              "h, _ = np.histogram(part, 8)\n"
                              "save(np.concatenate([[part.size, part.min(), part.max(), part.mean(), part.std()],\n"
                              "  np.percentile(part, (0, 1, 33.3, 50, 99.9, 100)), h]))\n",
                              kSize[0], kSize[1], kSize[2]));
  MemorySource source(volume_);
  StatisticsRequest request;
  request.region = Region{{3, 1, 2}, {14, 11, 7}};
  request.nonzero = true;
  request.percentiles = {0, 1, 33.3, 50, 99.9, 100};
  request.bins = 8;
  JobContext job;
  const Statistics found = computeStatistics(source, request, job);
  EXPECT_EQ(static_cast<double>(found.count), all.at(0));
  EXPECT_EQ(found.min, all.at(1));
  EXPECT_EQ(found.max, all.at(2));
  EXPECT_NEAR(found.mean, all.at(3), 1e-13 * largest_);
  EXPECT_NEAR(found.std, all.at(4), 1e-12 * all.at(4));
  for (std::size_t n = 0; n < 6; ++n) EXPECT_NEAR(found.percentiles.at(n).second, all.at(5 + n), 1e-15 * largest_);
  double moved = 0;  // a value on the border of two bins may be rounded to either side
  for (std::size_t n = 0; n < 8; ++n) moved += std::abs(static_cast<double>(found.histogram.at(n)) - all.at(11 + n));
  EXPECT_LE(moved, 2);
}

TEST_P(NumpyAgreement, OfSmoothing) {
  const auto all = python_.run(
      fmt::format("a = load(\"v\", ({}, {}, {}))\n"
                  "save(nd.gaussian_filter(a, [1.3 / s for s in (2, 1.1, 0.9)], truncate=4, mode=\"nearest\"))\n",
                  kSize[0], kSize[1], kSize[2]));
  expectAs(Smooth{1.3}, all, 0, 2e-6);
}

std::string typeName(const ::testing::TestParamInfo<PixelType>& type) {
  return std::string(pixelTypeName(type.param));
}

INSTANTIATE_TEST_SUITE_P(Types, NumpyAgreement, ::testing::ValuesIn(kAllPixelTypes), typeName);

}  // namespace
}  // namespace voxmark::testing
