#include "core/volume/pixel_type.h"

#include <array>
#include <cmath>
#include <limits>

namespace voxmark {
namespace {

struct Row {
  std::string_view name;
  std::size_t bytes;
  bool integer;
  bool isSigned;
  double lowest;
  double highest;
};

template <typename T>
constexpr Row integerRow(std::string_view name) {
  // The largest double not above the type's maximum: for 64 bits the plain conversion would round up out of range.
  constexpr double highest = sizeof(T) < 8 ? static_cast<double>(std::numeric_limits<T>::max())
                                           : (std::is_signed_v<T> ? 9223372036854774784.0 : 18446744073709549568.0);
  return {name, sizeof(T), true, std::is_signed_v<T>, static_cast<double>(std::numeric_limits<T>::min()), highest};
}

// In the order of PixelType.
constexpr std::array<Row, 12> kRows{{
    integerRow<std::uint8_t>("u8"),
    integerRow<std::int8_t>("i8"),
    integerRow<std::uint16_t>("u16"),
    integerRow<std::int16_t>("i16"),
    integerRow<std::uint32_t>("u32"),
    integerRow<std::int32_t>("i32"),
    integerRow<std::uint64_t>("u64"),
    integerRow<std::int64_t>("i64"),
    {"f16", 2, false, true, -65504.0, 65504.0},
    {"bf16", 2, false, true, -3.3895313892515355e38, 3.3895313892515355e38},
    {"f32", 4, false, true, std::numeric_limits<float>::lowest(), std::numeric_limits<float>::max()},
    {"f64", 8, false, true, std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max()},
}};

const Row& row(PixelType type) {
  return kRows.at(static_cast<std::size_t>(type));
}

}  // namespace

std::string_view pixelTypeName(PixelType type) {
  return row(type).name;
}

std::optional<PixelType> parsePixelType(std::string_view name) {
  for (PixelType type : kAllPixelTypes) {
    if (row(type).name == name) return type;
  }
  return std::nullopt;
}

std::size_t bytesOf(PixelType type) {
  return row(type).bytes;
}
bool isInteger(PixelType type) {
  return row(type).integer;
}
bool isSigned(PixelType type) {
  return row(type).isSigned;
}
double lowestOf(PixelType type) {
  return row(type).lowest;
}
double highestOf(PixelType type) {
  return row(type).highest;
}

}  // namespace voxmark
