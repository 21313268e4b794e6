#include "core/io/deflate_codes.h"

#include <algorithm>
#include <bit>

namespace voxmark {
namespace {

constexpr unsigned kMostBits = 15;
constexpr unsigned kEndOfBlock = 256;

constexpr std::array<std::uint16_t, 29> kLengthBase{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                    31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> kLengthExtra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                    2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> kDistanceBase{1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                                      33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                                      1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> kDistanceExtra{0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                                      6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};

/// Entry of a symbol, but for the bits that its code uses up.
constexpr std::uint32_t literalSymbol(unsigned symbol) {
  if (symbol < kEndOfBlock) return DeflateCodes::kLiteral | symbol << 16;
  if (symbol == kEndOfBlock) return DeflateCodes::kSpecial | DeflateCodes::kEnd;
  const unsigned n = symbol - kEndOfBlock - 1;
  if (n >= kLengthBase.size()) return DeflateCodes::kSpecial | DeflateCodes::kInvalid;
  return static_cast<std::uint32_t>(kLengthBase[n]) << 16 | kLengthExtra[n];
}

constexpr std::uint32_t distanceSymbol(unsigned symbol) {
  if (symbol >= kDistanceBase.size()) return DeflateCodes::kSpecial | DeflateCodes::kInvalid;
  return static_cast<std::uint32_t>(kDistanceBase[symbol]) << 16 | kDistanceExtra[symbol];
}

using SymbolEntries = std::array<std::uint32_t, 288>;

template <typename Function>
constexpr SymbolEntries entriesBy(const Function& function) {
  SymbolEntries out{};
  for (unsigned n = 0; n < out.size(); ++n) out[n] = function(n);
  return out;
}

constexpr SymbolEntries kLiteralEntries = entriesBy(literalSymbol);
constexpr SymbolEntries kDistanceEntries = entriesBy(distanceSymbol);

/// The entry of a symbol whose code has `bits` bits left to look at in its table.
std::uint32_t finished(std::uint32_t symbol, unsigned bits) {
  return symbol + (bits << 8 | bits);
}

/// The next code of `bits` bits, as the input has them: the first bit lowest, so that carries run downwards.
unsigned following(unsigned code, unsigned bits) {
  const unsigned zeros = ~code & ((1U << bits) - 1);
  if (zeros == 0) return 0;
  const unsigned carry = std::bit_floor(zeros);
  return (code & (carry - 1)) | carry;
}

struct CodeCounts {
  std::array<std::uint16_t, kMostBits + 1> ofLength{};
  unsigned longest = 0;
  unsigned used = 0;

  explicit CodeCounts(std::span<const std::uint8_t> lengths) {
    for (const std::uint8_t length : lengths) ++ofLength[length];
    ofLength[0] = 0;
    for (unsigned n = 1; n <= kMostBits; ++n) {
      used += ofLength[n];
      if (ofLength[n] != 0) longest = n;
    }
  }
  /// Neither more codes than there is room for, nor room left over; a lone code of one bit is allowed to.
  [[nodiscard]] bool possible() const {
    int left = 1;
    for (unsigned n = 1; n <= kMostBits; ++n) {
      left = left * 2 - ofLength[n];
      if (left < 0) return false;
    }
    return left == 0 || (longest <= 1 && used <= 1);
  }
};

/// Fills a main table of 2^mainBits entries and the further ones behind it. The lengths are those of a possible code.
bool fillTable(std::span<const std::uint8_t> lengths, const CodeCounts& counts, unsigned mainBits,
               std::span<std::uint32_t> table, const SymbolEntries& entries) {
  // Symbols by length, then by number: the order in which codes are counted up.
  std::array<std::uint16_t, 288> sorted{};
  std::array<std::uint16_t, kMostBits + 2> next{};
  for (unsigned n = 1; n <= kMostBits; ++n) next[n + 1] = static_cast<std::uint16_t>(next[n] + counts.ofLength[n]);
  for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
    if (lengths[symbol] != 0) sorted[next[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
  }
  const std::size_t mainSize = std::size_t{1} << mainBits;
  if (counts.used <= 1) {
    std::fill_n(table.begin(), mainSize, DeflateCodes::kSpecial | DeflateCodes::kInvalid);
    if (counts.used == 1) {
      for (std::size_t at = 0; at < mainSize; at += 2) table[at] = finished(entries[sorted[0]], 1);
    }
    return true;
  }
  // The codes of up to n bits fill a table of 2^n entries, which is doubled for those of n + 1 bits.
  unsigned code = 0;
  std::size_t at = 0;
  for (unsigned bits = 1; bits <= mainBits; ++bits) {
    const std::ptrdiff_t half = std::ptrdiff_t{1} << (bits - 1);
    std::copy_n(table.begin(), half, table.begin() + half);
    for (unsigned n = 0; n < counts.ofLength[bits]; ++n) {
      table[code] = finished(entries[sorted[at++]], bits);
      code = following(code, bits);
    }
  }
  std::size_t end = mainSize;
  std::size_t start = 0;
  unsigned prefix = ~0U;
  unsigned subBits = 0;
  for (unsigned bits = mainBits + 1; bits <= counts.longest; ++bits) {
    for (unsigned n = 0; n < counts.ofLength[bits]; ++n) {
      if ((code & (mainSize - 1)) != prefix) {
        prefix = code & static_cast<unsigned>(mainSize - 1);
        // As many bits as it takes until the codes that begin like this one have filled the further table.
        subBits = bits - mainBits;
        int room = (1 << subBits) - (counts.ofLength[bits] - static_cast<int>(n));
        while (room > 0 && mainBits + subBits < counts.longest) {
          ++subBits;
          room = 2 * room - counts.ofLength[mainBits + subBits];
        }
        start = end;
        end += std::size_t{1} << subBits;
        if (end > table.size()) return false;
        table[prefix] = DeflateCodes::kSpecial | static_cast<std::uint32_t>(start) << 16 | subBits << 8 | mainBits;
      }
      const std::uint32_t entry = finished(entries[sorted[at++]], bits - mainBits);
      const std::size_t step = std::size_t{1} << (bits - mainBits);
      for (std::size_t to = code >> mainBits; to < std::size_t{1} << subBits; to += step) table[start + to] = entry;
      code = following(code, bits);
    }
  }
  return true;
}

}  // namespace

bool DeflateCodes::build(std::span<const std::uint8_t> literals, std::span<const std::uint8_t> distances) {
  fixed_ = false;
  const CodeCounts ofLiterals(literals);
  const CodeCounts ofDistances(distances);
  if (literals[kEndOfBlock] == 0 || !ofLiterals.possible() || !ofDistances.possible()) return false;
  if (!fillTable(literals, ofLiterals, kLiteralBits, literals_, kLiteralEntries)) return false;
  if (!fillTable(distances, ofDistances, kDistanceBits, distances_, kDistanceEntries)) return false;
  return true;
}

void DeflateCodes::buildFixed() {
  if (fixed_) return;
  std::array<std::uint8_t, 288> literals{};
  for (std::size_t n = 0; n < literals.size(); ++n) {
    literals[n] = static_cast<std::uint8_t>(n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8);
  }
  std::array<std::uint8_t, 32> distances{};
  distances.fill(5);
  fixed_ = build(literals, distances);
}

bool buildLengthCode(std::span<const std::uint8_t, 19> lengths, std::span<std::uint16_t, 128> table) {
  const CodeCounts counts(lengths);
  if (!counts.possible() || counts.used == 0) return false;
  std::fill(table.begin(), table.end(), std::uint16_t{0});
  unsigned code = 0;
  for (unsigned bits = 1; bits <= 7; ++bits) {
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
      if (lengths[symbol] != bits) continue;
      for (std::size_t at = code; at < table.size(); at += std::size_t{1} << bits) {
        table[at] = static_cast<std::uint16_t>(symbol << 8 | bits);
      }
      code = following(code, bits);
    }
  }
  return true;
}

}  // namespace voxmark
