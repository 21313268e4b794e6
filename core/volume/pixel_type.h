#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/half.h"

namespace voxmark {

/// The type in which a voxel component is stored. Names on the command line and in JSON: u8 i8 u16 … f64.
enum class PixelType { U8, I8, U16, I16, U32, I32, U64, I64, F16, BF16, F32, F64 };

inline constexpr PixelType kAllPixelTypes[] = {PixelType::U8,  PixelType::I8,   PixelType::U16, PixelType::I16,
                                               PixelType::U32, PixelType::I32,  PixelType::U64, PixelType::I64,
                                               PixelType::F16, PixelType::BF16, PixelType::F32, PixelType::F64};

[[nodiscard]] std::string_view pixelTypeName(PixelType type);
/// Empty when `name` is none of the names above.
[[nodiscard]] std::optional<PixelType> parsePixelType(std::string_view name);
[[nodiscard]] std::size_t bytesOf(PixelType type);
[[nodiscard]] bool isInteger(PixelType type);
[[nodiscard]] bool isSigned(PixelType type);

/// Smallest and largest finite value that the type can hold, as doubles (64-bit integers are rounded inwards).
[[nodiscard]] double lowestOf(PixelType type);
[[nodiscard]] double highestOf(PixelType type);

template <typename T>
struct PixelTag {
  using type = T;
};

/// The single place where a run-time type becomes a C++ type: calls f(PixelTag<T>{}) and returns its result.
template <typename F>
decltype(auto) visitPixelType(PixelType type, F&& f) {
  switch (type) {
    case PixelType::U8:
      return f(PixelTag<std::uint8_t>{});
    case PixelType::I8:
      return f(PixelTag<std::int8_t>{});
    case PixelType::U16:
      return f(PixelTag<std::uint16_t>{});
    case PixelType::I16:
      return f(PixelTag<std::int16_t>{});
    case PixelType::U32:
      return f(PixelTag<std::uint32_t>{});
    case PixelType::I32:
      return f(PixelTag<std::int32_t>{});
    case PixelType::U64:
      return f(PixelTag<std::uint64_t>{});
    case PixelType::I64:
      return f(PixelTag<std::int64_t>{});
    case PixelType::F16:
      return f(PixelTag<Half>{});
    case PixelType::BF16:
      return f(PixelTag<BFloat16>{});
    case PixelType::F32:
      return f(PixelTag<float>{});
    case PixelType::F64:
      break;
  }
  return f(PixelTag<double>{});
}

template <typename T>
constexpr PixelType pixelTypeOf() {
  if constexpr (std::is_same_v<T, std::uint8_t>)
    return PixelType::U8;
  else if constexpr (std::is_same_v<T, std::int8_t>)
    return PixelType::I8;
  else if constexpr (std::is_same_v<T, std::uint16_t>)
    return PixelType::U16;
  else if constexpr (std::is_same_v<T, std::int16_t>)
    return PixelType::I16;
  else if constexpr (std::is_same_v<T, std::uint32_t>)
    return PixelType::U32;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return PixelType::I32;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return PixelType::U64;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return PixelType::I64;
  else if constexpr (std::is_same_v<T, Half>)
    return PixelType::F16;
  else if constexpr (std::is_same_v<T, BFloat16>)
    return PixelType::BF16;
  else if constexpr (std::is_same_v<T, float>)
    return PixelType::F32;
  else {
    static_assert(std::is_same_v<T, double>);
    return PixelType::F64;
  }
}

}  // namespace voxmark
