#include "core/io/byte_order.h"

#include <cstdint>

namespace voxmark {
namespace {

template <typename T, typename Swap>
void swapAll(std::span<std::byte> data, Swap swap) {
  for (std::size_t at = 0; at + sizeof(T) <= data.size(); at += sizeof(T)) {
    T value;
    std::memcpy(&value, data.data() + at, sizeof(T));
    value = swap(value);
    std::memcpy(data.data() + at, &value, sizeof(T));
  }
}

}  // namespace

void swapBytes(std::span<std::byte> data, std::size_t elementBytes) {
  if (elementBytes == 2) swapAll<std::uint16_t>(data, [](std::uint16_t v) { return __builtin_bswap16(v); });
  if (elementBytes == 4) swapAll<std::uint32_t>(data, [](std::uint32_t v) { return __builtin_bswap32(v); });
  if (elementBytes == 8) swapAll<std::uint64_t>(data, [](std::uint64_t v) { return __builtin_bswap64(v); });
}

}  // namespace voxmark
