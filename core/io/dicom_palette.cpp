#include "core/io/dicom_palette.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "core/io/steps.h"

namespace voxmark::dicom {
namespace {

constexpr std::uint16_t kGroup = 0x0028;
constexpr std::uint16_t kDescriptor = 0x1101, kData = 0x1201;  // of red; green and blue follow

/// `count` entries of `bits` bits out of a table's words; empty where there are too few.
std::vector<std::uint8_t> entriesOf(const std::vector<int>& words, std::size_t count, int bits) {
  std::vector<std::uint8_t> out;
  if (words.size() >= count) {
    // Tables of 16 bits that are filled as if they had 8 exist; a whole palette of nearly black does not.
    const bool narrow = bits <= 8 || std::all_of(words.begin(), words.end(), [](int word) { return word <= 0xFF; });
    for (std::size_t n = 0; n < count; ++n) {
      out.push_back(static_cast<std::uint8_t>(narrow ? words[n] : words[n] >> (std::min(bits, 16) - 8)));
    }
  } else if (bits == 8 && 2 * words.size() >= count) {  // two entries a word, the lower byte first
    for (std::size_t n = 0; n < count; ++n) {
      out.push_back(static_cast<std::uint8_t>(n % 2 == 0 ? words[n / 2] : words[n / 2] >> 8));
    }
  }
  return out;
}

}  // namespace

std::optional<Palette> readPalette(const DataSet& header, bool isSigned) {
  Palette palette;
  for (std::uint16_t c = 0; c < 3; ++c) {
    const auto descriptor = header.unsignedShorts(Tag(kGroup, static_cast<std::uint16_t>(kDescriptor + c)));
    if (descriptor.size() < 3) return std::nullopt;
    const std::size_t count = descriptor[0] == 0 ? 65536 : static_cast<std::size_t>(descriptor[0]);
    palette.first = isSigned ? static_cast<std::int16_t>(descriptor[1]) : descriptor[1];
    const auto words = header.unsignedShorts(Tag(kGroup, static_cast<std::uint16_t>(kData + c)));
    palette.colour.at(c) = entriesOf(words, count, descriptor[2]);
    if (palette.colour.at(c).empty() || palette.colour.at(c).size() != palette.colour[0].size()) return std::nullopt;
  }
  return palette;
}

std::vector<std::byte> applyPalette(const Palette& palette, PixelType type, const std::vector<std::byte>& indices,
                                    const JobContext& job) {
  const std::size_t element = bytesOf(type);
  const auto last = static_cast<std::int64_t>(palette.colour[0].size()) - 1;
  std::vector<std::byte> out(indices.size() / element * 3);
  visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T>) {
      inSteps(indices.size(), element, job, [&](std::size_t begin, std::size_t bytes) {
        for (std::size_t n = begin / element; n < (begin + bytes) / element; ++n) {
          T index;
          std::memcpy(&index, &indices[n * element], element);
          const auto entry = std::clamp(static_cast<std::int64_t>(index) - palette.first, std::int64_t{0}, last);
          for (std::size_t c = 0; c < 3; ++c) {
            out[3 * n + c] = static_cast<std::byte>(palette.colour.at(c)[static_cast<std::size_t>(entry)]);
          }
        }
      });
    }
  });
  return out;
}

}  // namespace voxmark::dicom
