#include "core/volume/pixel_type.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

TEST(PixelType, NamesAreThoseOfTheCommandLineAndParseBack) {
  const char* names[] = {"u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "f16", "bf16", "f32", "f64"};
  std::size_t n = 0;
  for (const PixelType type : kAllPixelTypes) {
    EXPECT_EQ(pixelTypeName(type), names[n++]);
    EXPECT_EQ(parsePixelType(pixelTypeName(type)), type);
  }
  EXPECT_EQ(n, 12U);
  for (const char* name : {"", "U8", "u8 ", "float", "i128"}) EXPECT_EQ(parsePixelType(name), std::nullopt) << name;
}

TEST(PixelType, VisitingGivesTheTypeThatStoresIt) {
  for (const PixelType type : kAllPixelTypes) {
    visitPixelType(type, [&](auto tag) {
      using T = typename decltype(tag)::type;
      EXPECT_EQ(pixelTypeOf<T>(), type);
      EXPECT_EQ(sizeof(T), bytesOf(type));
      EXPECT_EQ(std::is_integral_v<T>, isInteger(type));
      if constexpr (std::is_integral_v<T>) {
        EXPECT_EQ(std::is_signed_v<T>, isSigned(type));
      }
    });
  }
}

TEST(PixelType, LimitsOfIntegersConvertToTheTypeAndTheNextDoubleDoesNot) {
  for (const PixelType type : kAllPixelTypes) {
    if (!isInteger(type)) continue;
    visitPixelType(type, [&](auto tag) {
      using T = typename decltype(tag)::type;
      if constexpr (std::is_integral_v<T>) {
        const auto highest = static_cast<long double>(std::numeric_limits<T>::max());
        EXPECT_LE(static_cast<long double>(highestOf(type)), highest);
        EXPECT_GT(static_cast<long double>(std::nextafter(highestOf(type), INFINITY)), highest);
        EXPECT_EQ(static_cast<long double>(lowestOf(type)), static_cast<long double>(std::numeric_limits<T>::min()));
      }
    });
  }
}

TEST(PixelType, LimitsOfFloatsAreTheLargestFiniteOnes) {
  EXPECT_EQ(highestOf(PixelType::F16), static_cast<double>(halfBitsToFloat(0x7BFF)));
  EXPECT_EQ(highestOf(PixelType::BF16), static_cast<double>(bfloatBitsToFloat(0x7F7F)));
  EXPECT_EQ(highestOf(PixelType::F32), std::numeric_limits<float>::max());
  EXPECT_EQ(highestOf(PixelType::F64), std::numeric_limits<double>::max());
  for (const PixelType type : {PixelType::F16, PixelType::BF16, PixelType::F32, PixelType::F64}) {
    EXPECT_EQ(lowestOf(type), -highestOf(type));
    EXPECT_TRUE(isSigned(type));
  }
}

}  // namespace
}  // namespace voxmark
