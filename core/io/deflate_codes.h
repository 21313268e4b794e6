#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace voxmark {

/// Prefix codes of one block of deflated data (RFC 1951), as tables that a decoder looks its next bits up in.
///
/// An entry's low six bits say how many bits it uses up. What it stands for is laid out so that a decoder can put its
/// literals without asking, and has one question left: whether a match follows.
///
/// Literals and lengths: bits 6 and 7 count the literals, the first one in bits 8 to 15, the second in 16 to 23. Bits
/// 24 to 31 are the length of the match behind them, 0 for none. Voxels are noise with short matches: up to two
/// literals and a length share an entry where their codes are short. kLongLength stands for lengths with extra bits,
/// which come alone: the base in bits 8 to 16, the bits of the code without the extra ones in 17 to 20. A length of
/// kSpecial is one of the following, by bits 8 to 11: kEnd of the block, kInvalid for a code that does not exist, else
/// a further table for long codes, of so many bits, which starts at bits 12 to 23.
///
/// Distances: the base in bits 12 to 27, the bits of the code without the extra ones in 8 to 11; or, with bits 6 and 7
/// set, a further table or kInvalid as above.
class DeflateCodes {
 public:
  static constexpr unsigned kLiteralBits = 11;
  static constexpr unsigned kDistanceBits = 8;
  static constexpr std::uint32_t kSpecial = 254;
  static constexpr std::uint32_t kEnd = 15;
  static constexpr std::uint32_t kInvalid = 14;
  static constexpr std::uint32_t kLongLength = 255;

  static constexpr std::uint32_t usedBits(std::uint32_t entry) { return entry & 63; }
  static constexpr std::uint32_t count(std::uint32_t entry) { return entry >> 6 & 3; }
  static constexpr std::uint32_t length(std::uint32_t entry) { return entry >> 24; }
  /// Of kLongLength: base and bits of the code.
  static constexpr std::uint32_t longBase(std::uint32_t entry) { return entry >> 8 & 511; }
  static constexpr std::uint32_t longCode(std::uint32_t entry) { return entry >> 17 & 15; }
  static constexpr bool specialDistance(std::uint32_t entry) { return count(entry) == 3; }
  /// Of special ones: what it is, and where its table starts.
  static constexpr std::uint32_t kind(std::uint32_t entry) { return entry >> 8 & 15; }
  static constexpr std::uint32_t tableStart(std::uint32_t entry) { return entry >> 12 & 4095; }
  /// Of a distance: base and bits of the code.
  static constexpr std::uint32_t distanceBase(std::uint32_t entry) { return entry >> 12 & 0xFFFF; }
  static constexpr std::uint32_t distanceCode(std::uint32_t entry) { return entry >> 8 & 15; }

  /// Lengths in bits of the codes of literals and lengths (257 to 286 of them), then of distances (1 to 30); 0 for
  /// symbols that do not occur. False where no prefix code has such lengths.
  [[nodiscard]] bool build(std::span<const std::uint8_t> literals, std::span<const std::uint8_t> distances);
  /// The codes that blocks without a table of their own use.
  void buildFixed();

  [[nodiscard]] const std::uint32_t* literals() const { return literals_.data(); }
  [[nodiscard]] const std::uint32_t* distances() const { return distances_.data(); }

 private:
  void joinSymbols();

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
