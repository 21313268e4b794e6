#include "gpu/kernels/value_functors.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/backend/value_chain.h"
#include "core/ops/voxel_values.h"
#include "gpu/pass_parameters.h"

namespace voxmark::gpu {
namespace {

/// Values at which storing goes wrong most easily: ties, ends of ranges, what is no number, and random ones.
std::vector<double> awkwardValues() {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  std::vector<double> out{0.0,
                          -0.0,
                          0.5,
                          1.5,
                          2.5,
                          -0.5,
                          -1.5,
                          -2.5,
                          0.49999999999999994,
                          kInf,
                          -kInf,
                          std::numeric_limits<double>::quiet_NaN(),
                          1e300,
                          -1e300,
                          4503599627370495.5,
                          65519.999,
                          65520,
                          5e-324,
                          2.98e-8,
                          6.1e-5,
                          3.4e38,
                          3.5e38,
                          9007199254740993.0};
  for (const PixelType type : kAllPixelTypes) {
    for (const double end : {lowestOf(type), highestOf(type)}) {
      for (const double by : {-1.0, -0.5, 0.0, 0.5, 1.0}) out.push_back(end + by);
      out.push_back(std::nextafter(end, kInf));
      out.push_back(std::nextafter(end, -kInf));
    }
  }
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-30, 30);
  std::uniform_real_distribution<double> mantissa(-1, 1);
  for (int n = 0; n < 20000; ++n) out.push_back(mantissa(random) * std::exp2(exponent(random)));
  // Ties of the 16-bit floats and their neighbours, where rounding twice shows.
  for (int n = 0; n < 2000; ++n) {
    const float tie = static_cast<float>(1 + (2 * n + 1) / 2048.0 / 2);
    for (const double value : {static_cast<double>(tie), std::nextafter(tie, 2.0), std::nextafter(tie, 0.0)}) {
      out.push_back(value);
      out.push_back(-value);
    }
  }
  return out;
}

StoredType typeOf(PixelType type) {
  return {type, lowestOf(type), highestOf(type)};
}

void expectSame(const Loss& expected, const Loss& found) {
  EXPECT_EQ(expected.clipped, found.clipped);
  EXPECT_EQ(expected.nonfinite, found.nonfinite);
  EXPECT_EQ(expected.count, found.count);
  EXPECT_EQ(expected.maxAbsError, found.maxAbsError);
  EXPECT_EQ(expected.sumAbsError, found.sumAbsError);
  EXPECT_EQ(expected.sumSquaredError, found.sumSquaredError);
  EXPECT_EQ(expected.low, found.low);
  EXPECT_EQ(expected.high, found.high);
  EXPECT_EQ(expected.any, found.any);
}

class EveryType : public testing::TestWithParam<PixelType> {};

TEST_P(EveryType, StoresTheBytesAndLossesOfTheCore) {
  const std::vector<double> values = awkwardValues();
  std::vector<std::byte> expected(values.size() * bytesOf(GetParam()));
  std::vector<std::byte> found(expected.size());
  Loss expectedLoss;
  LossCell loss;
  storeValues(GetParam(), values.data(), values.size(), expected.data(), &expectedLoss);
  for (std::size_t n = 0; n < values.size(); ++n) {
    storeElement(typeOf(GetParam()), values[n], found.data(), static_cast<std::int64_t>(n), &loss);
    const std::size_t bytes = bytesOf(GetParam());
    if (std::isnan(values[n])) continue;  // the bits of a NaN are nobody's business
    ASSERT_EQ(std::memcmp(expected.data() + n * bytes, found.data() + n * bytes, bytes), 0) << values[n];
  }
  expectSame(expectedLoss, toLoss(loss));
}

TEST_P(EveryType, QuantizesAndLoadsAsTheCoreDoes) {
  const std::vector<double> values = awkwardValues();
  std::vector<double> expected = values;
  quantizeValues(GetParam(), expected.data(), expected.size());
  std::vector<std::byte> stored(values.size() * bytesOf(GetParam()));
  storeValues(GetParam(), values.data(), values.size(), stored.data());
  for (std::size_t n = 0; n < values.size(); ++n) {
    const double quantized = quantizeElement(typeOf(GetParam()), values[n], nullptr);
    const double loaded = loadElement(GetParam(), stored.data(), static_cast<std::int64_t>(n));
    if (std::isnan(expected[n])) {
      ASSERT_TRUE(std::isnan(quantized) && std::isnan(loaded));
      continue;
    }
    ASSERT_EQ(quantized, expected[n]) << values[n];
    ASSERT_EQ(loaded, expected[n]) << values[n];
  }
}

INSTANTIATE_TEST_SUITE_P(ValueFunctors, EveryType, testing::ValuesIn(kAllPixelTypes),
                         [](const auto& one) { return std::string(pixelTypeName(one.param)); });

TEST(ValueFunctors, StepsDoWhatTheCoresChainDoes) {
  using Kind = ResolvedStep::Kind;
  const std::vector<ResolvedStep> steps{{Kind::Affine, 0.37, 5, 11.5, {}},
                                        {Kind::Affine, 0, 4, 0, {}},
                                        {Kind::Clamp, -20, 90.25, 0, {}},
                                        {Kind::Quantize, 0, 0, 0, PixelType::I16}};
  const DeviceStep device[] = {{DeviceStep::Kind::Affine, 0.37, 5, 11.5, {}},
                               {DeviceStep::Kind::Affine, 0, 4, 0, {}},
                               {DeviceStep::Kind::Clamp, -20, 90.25, 0, {}},
                               {DeviceStep::Kind::Quantize, 0, 0, 0, typeOf(PixelType::I16)}};
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const std::vector<double> values = awkwardValues();
    std::vector<double> expected = values;
    applyChain({steps[s]}, expected.data(), expected.size(), nullptr);
    for (std::size_t n = 0; n < values.size(); ++n) {
      const double found = applyStep(device[s], values[n], nullptr);
      if (std::isnan(expected[n])) {
        ASSERT_TRUE(std::isnan(found)) << s << ": " << values[n];
      } else {
        ASSERT_EQ(found, expected[n]) << s << ": " << values[n];
      }
    }
  }
}

TEST(ValueFunctors, RoundsHalvesToEven) {
  EXPECT_EQ(roundHalfEven(0.5), 0);
  EXPECT_EQ(roundHalfEven(1.5), 2);
  EXPECT_EQ(roundHalfEven(-2.5), -2);
  EXPECT_EQ(roundHalfEven(4503599627370495.5), 4503599627370496.0);
  EXPECT_EQ(roundHalfEven(1e300), 1e300);
}

}  // namespace
}  // namespace voxmark::gpu
