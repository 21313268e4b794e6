#include "core/base/half.h"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace voxmark {
namespace {

/// A binary format by its definition: sign, `exponentBits` of exponent with the usual bias, the rest mantissa.
struct Format {
  int exponentBits;
  int mantissaBits;
  [[nodiscard]] int bias() const { return (1 << (exponentBits - 1)) - 1; }
  [[nodiscard]] std::uint32_t infinity() const { return ((1U << exponentBits) - 1U) << mantissaBits; }
  /// Value of a pattern without its sign bit, where it is finite; infinity's pattern counts as the next step.
  [[nodiscard]] double magnitude(std::uint32_t pattern) const {
    const int exponent = static_cast<int>(pattern >> mantissaBits);
    const int mantissa = static_cast<int>(pattern & ((1U << mantissaBits) - 1U));
    if (exponent == 0) return std::ldexp(mantissa, 1 - bias() - mantissaBits);
    return std::ldexp((1 << mantissaBits) + mantissa, exponent - bias() - mantissaBits);
  }
};

constexpr Format kHalf{5, 10};
constexpr Format kBfloat{8, 7};

/// The nearest pattern, the even one of two equally near, found by searching among all of them.
class Nearest {
 public:
  explicit Nearest(const Format& format) {
    for (std::uint32_t pattern = 0; pattern <= format.infinity(); ++pattern) {
      values_.push_back(format.magnitude(pattern));
    }
  }
  [[nodiscard]] std::uint16_t operator()(float value) const {
    const std::uint16_t sign = std::signbit(value) ? 0x8000 : 0;
    const double magnitude = std::abs(static_cast<double>(value));
    if (magnitude >= values_.back()) return static_cast<std::uint16_t>(sign | (values_.size() - 1));
    const auto above = static_cast<std::size_t>(std::upper_bound(values_.begin(), values_.end(), magnitude) -
                                                values_.begin());  // at least 1: the first value is 0
    const double toLow = magnitude - values_[above - 1];
    const double toHigh = values_[above] - magnitude;
    const bool up = toHigh < toLow || (toHigh == toLow && above % 2 == 0);
    return static_cast<std::uint16_t>(sign | (up ? above : above - 1));
  }

 private:
  std::vector<double> values_;
};

void expectEveryPatternDecodes(const Format& format, float (*decode)(std::uint16_t)) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const float found = decode(static_cast<std::uint16_t>(bits));
    const std::uint32_t magnitude = bits & 0x7FFFU;
    ASSERT_EQ(std::signbit(found), bits >= 0x8000) << bits;
    if (magnitude > format.infinity()) {
      ASSERT_TRUE(std::isnan(found)) << bits;
    } else if (magnitude == format.infinity()) {
      ASSERT_TRUE(std::isinf(found)) << bits;
    } else {
      ASSERT_EQ(std::abs(static_cast<double>(found)), format.magnitude(magnitude)) << bits;
    }
  }
}

/// Each value, each middle between neighbours, and the floats next to those, of both signs.
void expectEveryNeighbourhoodRounds(const Format& format, std::uint16_t (*encode)(float)) {
  const Nearest nearest(format);
  for (std::uint32_t pattern = 0; pattern < format.infinity(); ++pattern) {
    const double here = format.magnitude(pattern);
    const auto middle = static_cast<float>((here + format.magnitude(pattern + 1)) / 2);
    for (const float value :
         {static_cast<float>(here), middle, std::nextafter(middle, 0.0F), std::nextafter(middle, INFINITY)}) {
      ASSERT_EQ(encode(value), nearest(value)) << value;
      ASSERT_EQ(encode(-value), nearest(-value)) << -value;
    }
  }
}

void expectRandomFloatsRound(const Format& format, std::uint16_t (*encode)(float)) {
  const Nearest nearest(format);
  std::mt19937 random(7);
  for (int n = 0; n < 500000; ++n) {
    const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (std::isnan(value)) continue;
    ASSERT_EQ(encode(value), nearest(value)) << value;
  }
}

void expectNansStayNans(const Format& format, std::uint16_t (*encode)(float)) {
  // Among them the one whose payload lies in the bits that are cut off: it must not turn into infinity.
  for (const std::uint32_t bits : {0x7FC00000U, 0x7F800001U, 0x7FFFFFFFU, 0xFFC00000U, 0xFF800001U, 0xFFFFFFFFU}) {
    const std::uint16_t found = encode(std::bit_cast<float>(bits));
    EXPECT_GT(found & 0x7FFFU, format.infinity()) << bits;
    EXPECT_EQ(found >> 15, bits >> 31) << bits;
  }
}

TEST(Half, EveryPatternHasTheValueOfItsDefinition) {
  expectEveryPatternDecodes(kHalf, halfBitsToFloat);
}
TEST(BFloat16, EveryPatternHasTheValueOfItsDefinition) {
  expectEveryPatternDecodes(kBfloat, bfloatBitsToFloat);
}

TEST(Half, RoundsHalfToEvenAroundEveryValue) {
  expectEveryNeighbourhoodRounds(kHalf, floatToHalfBits);
}
TEST(BFloat16, RoundsHalfToEvenAroundEveryValue) {
  expectEveryNeighbourhoodRounds(kBfloat, floatToBfloatBits);
}

TEST(Half, RoundsRandomFloatsToTheNearest) {
  expectRandomFloatsRound(kHalf, floatToHalfBits);
}
TEST(BFloat16, RoundsRandomFloatsToTheNearest) {
  expectRandomFloatsRound(kBfloat, floatToBfloatBits);
}

TEST(Half, NansStayNansAndKeepTheirSign) {
  expectNansStayNans(kHalf, floatToHalfBits);
}
TEST(BFloat16, NansStayNansAndKeepTheirSign) {
  expectNansStayNans(kBfloat, floatToBfloatBits);
}

TEST(Half, KnownValues) {
  EXPECT_EQ(Half(1.0F).bits, 0x3C00);
  EXPECT_EQ(Half(-2.0F).bits, 0xC000);
  EXPECT_EQ(Half(65504.0F).bits, 0x7BFF);
  EXPECT_EQ(Half(65519.996F).bits, 0x7BFF);
  EXPECT_EQ(Half(65520.0F).bits, 0x7C00);
  EXPECT_EQ(Half(0x1p-24F).bits, 0x0001);
  EXPECT_EQ(Half(0x1p-25F).bits, 0x0000);  // a tie with 0, which is even
  EXPECT_EQ(Half(0x1.8p-24F).bits, 0x0002);
  EXPECT_EQ(Half(-0.0F).bits, 0x8000);
  EXPECT_EQ(Half(INFINITY).bits, 0x7C00);
  EXPECT_EQ(static_cast<double>(Half(0.1F)), 0.0999755859375);
}

TEST(BFloat16, KnownValues) {
  EXPECT_EQ(BFloat16(1.0F).bits, 0x3F80);
  EXPECT_EQ(BFloat16(3.14159274F).bits, 0x4049);
  EXPECT_EQ(BFloat16(3.4028235e38F).bits, 0x7F80);  // the largest float is nearer to 2^128 than to the last bfloat
  EXPECT_EQ(BFloat16(1e-45F).bits, 0x0000);
  EXPECT_EQ(static_cast<double>(BFloat16(0.1F)), 0.10009765625);
}

TEST(Half, ConvertsAtCompileTime) {
  static_assert(floatToHalfBits(1.5F) == 0x3E00);
  static_assert(halfBitsToFloat(0x0001) == 0x1p-24F);
  static_assert(floatToBfloatBits(1.5F) == 0x3FC0);
}

#if defined(__x86_64__)
__attribute__((target("f16c"))) std::uint16_t hardwareHalf(float value) {
  return static_cast<std::uint16_t>(_cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT));
}
__attribute__((target("f16c"))) float hardwareFloat(std::uint16_t bits) {
  return _cvtsh_ss(bits);
}

TEST(Half, EqualsTheProcessorsOwnConversionBitForBit) {
  if (!__builtin_cpu_supports("f16c")) GTEST_SKIP() << "this processor has no F16C";
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const float found = halfBitsToFloat(static_cast<std::uint16_t>(bits));
    if (std::isnan(found)) continue;  // hardware quiets signalling ones
    ASSERT_EQ(std::bit_cast<std::uint32_t>(found),
              std::bit_cast<std::uint32_t>(hardwareFloat(static_cast<std::uint16_t>(bits))));
  }
  std::mt19937 random(11);
  for (int n = 0; n < 2000000; ++n) {
    const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    ASSERT_EQ(floatToHalfBits(value), hardwareHalf(value)) << value;
  }
}
#endif

}  // namespace
}  // namespace voxmark
