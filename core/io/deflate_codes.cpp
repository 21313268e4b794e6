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

/// The two kinds of tables.
enum class Table { Literals, Distances };

constexpr std::uint32_t special(Table table, std::uint32_t kind) {
  return (table == Table::Literals ? DeflateCodes::kSpecial << 24 : 3U << 6) | kind << 8;
}

/// Entry of a symbol, but for the bits that its code uses up.
constexpr std::uint32_t literalSymbol(unsigned symbol) {
  if (symbol < kEndOfBlock) return symbol << 8 | 1U << 6;
  if (symbol == kEndOfBlock) return special(Table::Literals, DeflateCodes::kEnd);
  const unsigned n = symbol - kEndOfBlock - 1;
  if (n >= kLengthBase.size()) return special(Table::Literals, DeflateCodes::kInvalid);
  const std::uint32_t base = kLengthBase[n];
  if (kLengthExtra[n] == 0 && base < DeflateCodes::kLongLength) return base << 24;
  return DeflateCodes::kLongLength << 24 | base << 8 | kLengthExtra[n];
}

constexpr std::uint32_t distanceSymbol(unsigned symbol) {
  if (symbol >= kDistanceBase.size()) return special(Table::Distances, DeflateCodes::kInvalid);
  return static_cast<std::uint32_t>(kDistanceBase[symbol]) << 12 | kDistanceExtra[symbol];
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
std::uint32_t finished(Table table, std::uint32_t symbol, unsigned bits) {
  if (table == Table::Distances) return (symbol + bits) | (DeflateCodes::specialDistance(symbol) ? 0 : bits << 8);
  return (symbol + bits) | (DeflateCodes::length(symbol) == DeflateCodes::kLongLength ? bits << 17 : 0);
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
template <Table kTable>
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
    std::fill_n(table.begin(), mainSize, special(kTable, DeflateCodes::kInvalid));
    if (counts.used == 1) {
      for (std::size_t at = 0; at < mainSize; at += 2) table[at] = finished(kTable, entries[sorted[0]], 1);
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
      table[code] = finished(kTable, entries[sorted[at++]], bits);
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
        table[prefix] = special(kTable, subBits) | static_cast<std::uint32_t>(start) << 12 | mainBits;
      }
      const std::uint32_t entry = finished(kTable, entries[sorted[at++]], bits - mainBits);
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
  if (!fillTable<Table::Literals>(literals, ofLiterals, kLiteralBits, literals_, kLiteralEntries)) return false;
  if (!fillTable<Table::Distances>(distances, ofDistances, kDistanceBits, distances_, kDistanceEntries)) return false;
  joinSymbols();
  return true;
}

void DeflateCodes::joinSymbols() {
  constexpr std::size_t kSize = std::size_t{1} << kLiteralBits;
  std::array<std::uint32_t, kSize> single;
  std::copy_n(literals_.begin(), kSize, single.begin());
  const auto joins = [](std::uint32_t next, std::uint32_t bits) {
    return (count(next) < 2) & (length(next) < kSpecial) & (bits + usedBits(next) <= kLiteralBits);
  };
  // What follows an entry's own bits in its index has a smaller index, and has been joined already. Choices are made
  // by arithmetic: which codes are literals is beyond prediction, and this runs for every block.
  for (std::size_t index = 0; index < kSize; ++index) {
    const std::uint32_t entry = single[index];
    const std::uint32_t bits = usedBits(entry);
    const std::size_t behind = index >> bits;
    const std::uint32_t next = joins(literals_[behind], bits) ? literals_[behind] : single[behind];
    const bool lone = (count(entry) == 1) & (length(entry) == 0);
    const std::uint32_t both = (next & 0xFF000000U) | (next & 0xFF00U) << 8 | (entry & 0xFF00U) |
                               (count(next) + 1) << 6 | (bits + usedBits(next));
    literals_[index] = lone & joins(next, bits) ? both : entry;
  }
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
