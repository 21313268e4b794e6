#pragma once

#include <bit>
#include <cstdint>

namespace voxmark {

/// IEEE 754 binary16 and bfloat16 as stored in files: a bit pattern with conversions from and to float.
/// Conversions round half to even; the software path below is the definition that any hardware path must equal bit
/// for bit. Values beyond the largest finite number become infinity: saturation is the cast operation's business.

[[nodiscard]] constexpr float halfBitsToFloat(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000U) << 16;
  const std::uint32_t exponent = (bits >> 10) & 0x1FU;
  const std::uint32_t mantissa = bits & 0x3FFU;
  if (exponent == 0x1FU) return std::bit_cast<float>(sign | 0x7F800000U | (mantissa << 13));
  if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 112U) << 23) | (mantissa << 13));
  // Subnormal halves are exact multiples of 2^-24.
  const float magnitude = static_cast<float>(mantissa) * 5.9604644775390625e-8F;
  return sign != 0 ? -magnitude : magnitude;
}

[[nodiscard]] constexpr std::uint16_t floatToHalfBits(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000U;
  const std::uint32_t absolute = bits & 0x7FFFFFFFU;
  if (absolute > 0x7F800000U) return static_cast<std::uint16_t>(sign | 0x7E00U | ((absolute >> 13) & 0x3FFU));
  if (absolute >= 0x477FF000U) return static_cast<std::uint16_t>(sign | 0x7C00U);  // rounds to 65536 or more
  if (absolute < 0x38800000U) {                                                    // below 2^-14: subnormal
    // Adding 0.5 aligns the mantissa at 2^-24, and the addition itself rounds half to even.
    const float shifted = std::bit_cast<float>(absolute) + 0.5F;
    return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3F000000U));
  }
  const std::uint32_t odd = (absolute >> 13) & 1U;
  return static_cast<std::uint16_t>(sign | ((absolute - 0x38000000U + 0xFFFU + odd) >> 13));
}

[[nodiscard]] constexpr float bfloatBitsToFloat(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

[[nodiscard]] constexpr std::uint16_t floatToBfloatBits(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFFU) > 0x7F800000U) return static_cast<std::uint16_t>((bits >> 16) | 0x40U);
  const std::uint32_t odd = (bits >> 16) & 1U;
  return static_cast<std::uint16_t>((bits + 0x7FFFU + odd) >> 16);
}

struct Half {
  std::uint16_t bits = 0;
  Half() = default;
  explicit constexpr Half(float value) : bits(floatToHalfBits(value)) {}
  explicit constexpr operator float() const { return halfBitsToFloat(bits); }
  explicit constexpr operator double() const { return static_cast<double>(halfBitsToFloat(bits)); }
  friend constexpr bool operator==(Half, Half) = default;
};

struct BFloat16 {
  std::uint16_t bits = 0;
  BFloat16() = default;
  explicit constexpr BFloat16(float value) : bits(floatToBfloatBits(value)) {}
  explicit constexpr operator float() const { return bfloatBitsToFloat(bits); }
  explicit constexpr operator double() const { return static_cast<double>(bfloatBitsToFloat(bits)); }
  friend constexpr bool operator==(BFloat16, BFloat16) = default;
};

static_assert(sizeof(Half) == 2 && sizeof(BFloat16) == 2);

}  // namespace voxmark
