#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace voxmark::radix {

template <typename T>
using Key =
    std::conditional_t<sizeof(T) <= 2, std::uint16_t, std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>;

/// Unsigned numbers in the order of the values; -0 comes before 0.
template <typename T>
[[nodiscard]] constexpr Key<T> keyOf(T value) {
  constexpr auto kTop = static_cast<Key<T>>(Key<T>{1} << (8 * sizeof(Key<T>) - 1));
  if constexpr (std::is_floating_point_v<T>) {
    const auto bits = std::bit_cast<Key<T>>(value);
    return (bits & kTop) != 0 ? static_cast<Key<T>>(~bits) : static_cast<Key<T>>(bits | kTop);
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<Key<T>>(static_cast<Key<T>>(static_cast<std::make_signed_t<Key<T>>>(value)) ^ kTop);
  } else {
    return value;
  }
}

template <typename T>
[[nodiscard]] constexpr T valueOf(Key<T> key) {
  constexpr auto kTop = static_cast<Key<T>>(Key<T>{1} << (8 * sizeof(Key<T>) - 1));
  if constexpr (std::is_floating_point_v<T>) {
    return std::bit_cast<T>((key & kTop) != 0 ? static_cast<Key<T>>(key ^ kTop) : static_cast<Key<T>>(~key));
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<T>(static_cast<Key<T>>(key ^ kTop));
  } else {
    return static_cast<T>(key);
  }
}

/// The same order in signed numbers, which processors compare with less effort.
template <typename T>
using SignedKey = std::make_signed_t<Key<T>>;

template <typename T>
[[nodiscard]] constexpr SignedKey<T> signedKeyOf(T value) {
  constexpr auto kTop = static_cast<Key<T>>(Key<T>{1} << (8 * sizeof(Key<T>) - 1));
  return static_cast<SignedKey<T>>(static_cast<Key<T>>(keyOf(value) ^ kTop));
}

template <typename T>
[[nodiscard]] constexpr T valueOfSigned(SignedKey<T> key) {
  constexpr auto kTop = static_cast<Key<T>>(Key<T>{1} << (8 * sizeof(Key<T>) - 1));
  return valueOf<T>(static_cast<Key<T>>(static_cast<Key<T>>(key) ^ kTop));
}

}  // namespace voxmark::radix
