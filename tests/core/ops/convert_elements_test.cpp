#include "core/ops/convert_elements.h"

#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

constexpr PixelType kTypes[] = {PixelType::U8,  PixelType::I8,   PixelType::U16, PixelType::I16,
                                PixelType::U32, PixelType::I32,  PixelType::U64, PixelType::I64,
                                PixelType::F16, PixelType::BF16, PixelType::F32, PixelType::F64};

std::vector<std::byte> randomElements(PixelType type, std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> out(count * bytesOf(type));
  for (std::byte& one : out) one = std::byte(random());
  if (type == PixelType::F32) {  // numbers that people have
    for (std::size_t n = 0; n < count; ++n) {
      const float value = static_cast<float>(random()) / 1e6F - 2000.0F;
      std::memcpy(out.data() + 4 * n, &value, 4);
    }
  }
  return out;
}

/// Compares with the way through float64; false where the pair is not known.
bool same(PixelType from, const std::vector<std::byte>& stored, const LinearScale& scale, PixelType to) {
  const std::size_t count = stored.size() / bytesOf(from);
  std::vector<std::byte> found(count * bytesOf(to), std::byte{0xEE});
  Loss loss;
  if (!convertElements(from, stored.data(), scale, to, found.data(), count, &loss)) return false;
  std::vector<double> values(count);
  std::vector<std::byte> expected(found.size());
  Loss wanted;
  loadValues(from, stored.data(), 1, count, scale, values.data());
  storeValues(to, values.data(), count, expected.data(), &wanted);
  EXPECT_EQ(found, expected) << pixelTypeName(from) << " to " << pixelTypeName(to) << ", " << count;
  EXPECT_EQ(loss.count, wanted.count);
  EXPECT_EQ(loss.clipped, wanted.clipped);
  EXPECT_EQ(loss.nonfinite, wanted.nonfinite);
  EXPECT_EQ(loss.maxAbsError, wanted.maxAbsError);
  const double tolerance = bytesOf(to) <= 2 ? 3e-6 : 1e-12;
  EXPECT_NEAR(loss.sumAbsError, wanted.sumAbsError, tolerance * wanted.sumAbsError);
  EXPECT_NEAR(loss.sumSquaredError, wanted.sumSquaredError, tolerance * wanted.sumSquaredError);
  if (wanted.sumSquaredError > 0) {
    EXPECT_EQ(loss.low, wanted.low);
    EXPECT_EQ(loss.high, wanted.high);
  }
  return true;
}

TEST(ConvertElements, GivesTheBitsAndTheLossOfTheLongWay) {
  int known = 0;
  for (const PixelType from : kTypes) {
    for (const PixelType to : kTypes) {
      for (const LinearScale& scale : {LinearScale{}, LinearScale{0.1, -3.7}, LinearScale{-1e3, 12}}) {
        for (const std::size_t count : {0U, 1U, 5U, 16U, 33U, 100U, 5000U}) {
          known += same(from, randomElements(from, count, static_cast<unsigned>(count)), scale, to) ? 1 : 0;
        }
      }
    }
  }
  // Seven types to f32 with any scale, and without one six to f64 and seven to the six of up to 16 bits.
  EXPECT_EQ(known, (7 * 3 + 6 + 7 * 6) * 7);
}

TEST(ConvertElements, KnowsExtremes) {
  for (const PixelType from : {PixelType::I32, PixelType::U32, PixelType::I16, PixelType::U8}) {
    std::vector<std::byte> ends(32 * bytesOf(from), std::byte{0xFF});
    EXPECT_TRUE(same(from, ends, {}, PixelType::F32));
    for (std::size_t n = bytesOf(from) - 1; n < ends.size(); n += bytesOf(from)) ends[n] = std::byte{0x80};
    EXPECT_TRUE(same(from, ends, {1.5, 0.25}, PixelType::F32));
  }
}

TEST(ConvertElements, LeavesWhatFloatCannotHoldToTheLongWay) {
  const float values[] = {1, std::numeric_limits<float>::infinity(), 2, std::nanf(""), 3e38F};
  for (const auto& [which, scale] : {std::pair{1, LinearScale{}}, {3, LinearScale{}}, {4, LinearScale{10, 0}}}) {
    float out = 0;
    Loss loss;
    EXPECT_FALSE(convertElements(PixelType::F32, reinterpret_cast<const std::byte*>(values + which), scale,
                                 PixelType::F32, reinterpret_cast<std::byte*>(&out), 1, &loss));
    EXPECT_EQ(loss.count, 0U);
  }
}

TEST(StreamOut, CopiesAtAnyPlace) {
  std::vector<std::byte> from(400);
  for (std::size_t n = 0; n < from.size(); ++n) from[n] = std::byte(n * 7 + 1);
  for (std::size_t at = 0; at < 66; ++at) {
    for (const std::size_t bytes : {0U, 1U, 15U, 63U, 64U, 65U, 130U, 300U}) {
      std::vector<std::byte> to(400, std::byte{0});
      streamOut(to.data() + at, from.data() + at % 3, bytes);
      EXPECT_EQ(std::memcmp(to.data() + at, from.data() + at % 3, bytes), 0);
      EXPECT_EQ(to[at + bytes], std::byte{0});
      if (at > 0) {
        EXPECT_EQ(to[at - 1], std::byte{0});
      }
    }
  }
}

}  // namespace
}  // namespace voxmark
