#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace voxmark {

/// Prefix codes of one block of deflated data (RFC 1951), as tables that a decoder looks its next bits up in.
///
/// An entry's low eight bits say how many bits it uses up, extra bits included. With kLiteral it stands for the byte in
/// bits 16 to 23. Else it is a length or a distance: bits 8 to 11 hold the bits of its code without the extra ones,
/// bits 16 to 30 its base; or, with kSpecial, it is the end of the block (kEnd), a code that does not exist (kInvalid),
/// or a further table for long codes, of the bits in 8 to 11, which starts at bits 16 to 30.
class DeflateCodes {
 public:
  static constexpr unsigned kLiteralBits = 11;
  static constexpr unsigned kDistanceBits = 8;
  static constexpr std::uint32_t kLiteral = 1U << 31;
  static constexpr std::uint32_t kSpecial = 1U << 15;
  static constexpr std::uint32_t kEnd = 1U << 14;
  static constexpr std::uint32_t kInvalid = 1U << 13;

  static constexpr std::uint32_t usedBits(std::uint32_t entry) { return entry & 255; }
  static constexpr std::uint32_t codeBits(std::uint32_t entry) { return entry >> 8 & 15; }
  /// The base; of a further table, its start; of a literal, its byte with kLiteral above.
  static constexpr std::uint32_t value(std::uint32_t entry) { return entry >> 16; }
  static constexpr bool isLink(std::uint32_t entry) { return (entry & (kSpecial | kEnd | kInvalid)) == kSpecial; }

  /// Lengths in bits of the codes of literals and lengths (257 to 286 of them), then of distances (1 to 30); 0 for
  /// symbols that do not occur. False where no prefix code has such lengths.
  [[nodiscard]] bool build(std::span<const std::uint8_t> literals, std::span<const std::uint8_t> distances);
  /// The codes that blocks without a table of their own use.
  void buildFixed();

  [[nodiscard]] const std::uint32_t* literals() const { return literals_.data(); }
  [[nodiscard]] const std::uint32_t* distances() const { return distances_.data(); }

 private:
  // Main tables, then the further ones: at most as many entries as the most unbalanced codes of 15 bits need (zlib's
  // program `enough` gives 2342 and 402).
  std::array<std::uint32_t, 2400> literals_{};
  std::array<std::uint32_t, 448> distances_{};
  bool fixed_ = false;
};

/// The code of the code lengths in a block's header, 7 bits at most: symbol << 8 | bits; 0 bits where none fits.
/// False where no prefix code has such lengths.
[[nodiscard]] bool buildLengthCode(std::span<const std::uint8_t, 19> lengths, std::span<std::uint16_t, 128> table);

}  // namespace voxmark
