#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/ops/voxel_values.h"

namespace voxmark {
namespace {

template <typename T>
T storeOne(double value, Loss* loss = nullptr) {
  T out{};
  storeValues(pixelTypeOf<T>(), &value, 1, reinterpret_cast<std::byte*>(&out), loss);
  return out;
}

TEST(StoreValues, RoundsHalfToEvenAndSaturates) {
  EXPECT_EQ(storeOne<std::int16_t>(0.5), 0);
  EXPECT_EQ(storeOne<std::int16_t>(1.5), 2);
  EXPECT_EQ(storeOne<std::int16_t>(2.5), 2);
  EXPECT_EQ(storeOne<std::int16_t>(-2.5), -2);
  EXPECT_EQ(storeOne<std::int16_t>(1e9), 32767);
  EXPECT_EQ(storeOne<std::int16_t>(-1e9), -32768);
  EXPECT_EQ(storeOne<std::uint8_t>(-1), 0);
  EXPECT_EQ(storeOne<std::uint64_t>(1e30), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(storeOne<std::int16_t>(std::nan("")), 0);
  EXPECT_TRUE(std::isnan(storeOne<float>(std::nan(""))));
}

TEST(StoreValues, Float16RoundsOnce) {
  EXPECT_EQ(storeOne<Half>(65504).bits, 0x7BFF);
  EXPECT_EQ(storeOne<Half>(1e9).bits, 0x7BFF);  // saturates instead of becoming infinite
  EXPECT_EQ(storeOne<BFloat16>(1.0).bits, 0x3F80);
  // Just above the middle between two halves: rounding through float alone would see a tie.
  EXPECT_EQ(storeOne<Half>(1.0 + 0x1p-11 + 0x1p-40).bits, 0x3C01);
  EXPECT_EQ(storeOne<Half>(1.0 + 0x1p-11).bits, 0x3C00);
}

TEST(StoreValues, EveryHalfSurvivesTheWayThroughFloat) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const float value = halfBitsToFloat(static_cast<std::uint16_t>(bits));
    if (std::isnan(value)) continue;
    ASSERT_EQ(floatToHalfBits(value), bits);
  }
}

TEST(StoreValues, CountsWhatIsLost) {
  Loss loss;
  (void)storeOne<std::uint8_t>(300, &loss);
  (void)storeOne<std::uint8_t>(1.25, &loss);
  (void)storeOne<std::uint8_t>(std::numeric_limits<double>::infinity(), &loss);
  EXPECT_EQ(loss.clipped, 1U);
  EXPECT_EQ(loss.nonfinite, 1U);
  EXPECT_EQ(loss.maxAbsError, 45);
  EXPECT_DOUBLE_EQ(loss.sumAbsError, 45.25);
}

}  // namespace
}  // namespace voxmark
