// The processor's conversions of 16-bit floats against the definition in half.h.
#include <bit>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/simd_level.h"
#include "core/ops/narrow_floats.h"

namespace voxmark::testing {
namespace {

/// Every sign, exponent and leading part of the significand, with what decides the rounding behind it.
std::vector<float> hardFloats() {
  std::vector<float> out;
  for (std::uint32_t high = 0; high < 65536; ++high) {
    for (const std::uint32_t low :
         {0x0000U, 0x0001U, 0x0FFFU, 0x1000U, 0x1001U, 0x2000U, 0x7FFFU, 0x8000U, 0x8001U, 0xEFFFU, 0xF000U, 0xFFFFU}) {
      out.push_back(std::bit_cast<float>(high << 16 | low));
    }
  }
  std::mt19937 random(3);
  for (int n = 0; n < 100003; ++n) out.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(random())));
  return out;
}

template <typename T>
void expectTheSame() {
  const std::vector<float> in = hardFloats();
  std::vector<T> found(in.size());
  for (const SimdLevel level : {SimdLevel::Baseline, SimdLevel::Avx2, SimdLevel::Avx512}) {
    if (level > supportedSimdLevel()) continue;
    setSimdLevel(level);
    narrowFloats(in.data(), found.data(), in.size());
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < in.size(); ++n) wrong += found[n].bits == T(in[n]).bits ? 0 : 1;
    EXPECT_EQ(wrong, 0U) << "narrowing, level " << static_cast<int>(level);
    std::vector<T> every(65536);
    for (std::size_t n = 0; n < every.size(); ++n) every[n].bits = static_cast<std::uint16_t>(n);
    std::vector<float> wide(every.size());
    widenFloats(every.data(), wide.data(), every.size());
    wrong = 0;
    for (std::size_t n = 0; n < every.size(); ++n) {
      const auto expected = static_cast<float>(every[n]);
      const bool nan = std::isnan(expected) && std::isnan(wide[n]);  // the processor makes signalling ones quiet
      wrong += nan || std::bit_cast<std::uint32_t>(wide[n]) == std::bit_cast<std::uint32_t>(expected) ? 0 : 1;
    }
    EXPECT_EQ(wrong, 0U) << "widening, level " << static_cast<int>(level);
  }
  setSimdLevel(supportedSimdLevel());
}

TEST(ShortFloats, HalvesAreTheSoftwaresBitForBit) {
  expectTheSame<Half>();
}
TEST(ShortFloats, BfloatsAreTheSoftwaresBitForBit) {
  expectTheSame<BFloat16>();
}

}  // namespace
}  // namespace voxmark::testing
