#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <span>

#include "core/volume/volume_info.h"

namespace voxmark {

inline constexpr ByteOrder kNativeOrder =
    std::endian::native == std::endian::little ? ByteOrder::Little : ByteOrder::Big;

/// Reverses the bytes of every element of `elementBytes` (1, 2, 4 or 8) in place.
void swapBytes(std::span<std::byte> data, std::size_t elementBytes);

/// Numbers at byte offsets of a binary header. The caller has checked that the header is long enough.
class HeaderBytes {
 public:
  HeaderBytes(std::span<const std::byte> bytes, ByteOrder order) : bytes_(bytes), swap_(order != kNativeOrder) {}
  template <typename T>
  [[nodiscard]] T get(std::size_t offset) const {
    std::byte raw[sizeof(T)];
    std::memcpy(raw, bytes_.subspan(offset, sizeof(T)).data(), sizeof(T));
    if (swap_) swapBytes(raw, sizeof(T));
    T value;
    std::memcpy(&value, raw, sizeof(T));
    return value;
  }

 private:
  std::span<const std::byte> bytes_;
  bool swap_;
};

}  // namespace voxmark
