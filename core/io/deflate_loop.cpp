#include "core/io/deflate_loop.h"

#include <bit>
#include <cstring>

namespace voxmark {
namespace {

static_assert(std::endian::native == std::endian::little, "bits are taken from little-endian words");

[[gnu::always_inline]] inline std::uint64_t load8(const std::uint8_t* from) {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

[[gnu::always_inline]] inline void copy8(std::uint8_t* to, const std::uint8_t* from) {
  std::memcpy(to, from, 8);
}

[[gnu::always_inline]] inline std::uint64_t lowBits(std::uint64_t bits, unsigned count) {
  return bits & ((std::uint64_t{1} << count) - 1);
}

/// `length` bytes from `distance` bytes before `out`, in words: writes up to 47 bytes more.
[[gnu::always_inline]] inline void copyMatch(std::uint8_t* out, std::size_t distance, std::size_t length) {
  const std::uint8_t* from = out - distance;
  const std::uint8_t* end = out + length;
  if (distance < 8) [[unlikely]] {
    if (distance == 1) {
      const std::uint64_t word = 0x0101010101010101ULL * *from;
      do {
        for (int n = 0; n < 32; n += 8) std::memcpy(out + n, &word, 8);
        out += 32;
      } while (out < end);
      return;
    }
    // Each word is right in its first `distance` bytes, where the next one begins. Once there are as many as a word, a
    // multiple of the distance serves as well.
    const std::uint8_t* enough = out + 8;
    do {
      copy8(out, from);
      out += distance;
      from += distance;
    } while (out < enough);
    from = out - (8 + distance - 1) / distance * distance;
    if (out >= end) return;
  }
  // Most matches are short: the first three words go without asking.
  copy8(out, from);
  copy8(out + 8, from + 8);
  copy8(out + 16, from + 16);
  out += 24;
  from += 24;
  while (out < end) {
    copy8(out, from);
    copy8(out + 8, from + 8);
    out += 16;
    from += 16;
  }
}

[[gnu::always_inline]] inline LoopEvent loop(DeflateReader::Cursor& at, const std::uint8_t* inSafe,
                                             const std::uint8_t* outSafe, const DeflateCodes& codes) {
  using Codes = DeflateCodes;
  constexpr std::uint64_t kLiteralMask = (1U << Codes::kLiteralBits) - 1;
  constexpr std::uint64_t kDistanceMask = (1U << Codes::kDistanceBits) - 1;
  const std::uint32_t* const literals = codes.literals();
  const std::uint32_t* const distances = codes.distances();
  const std::uint8_t* in = at.in;
  std::uint8_t* out = at.out;
  std::uint64_t bits = at.bits;
  std::uint32_t count = at.count;  // in its low byte; what lies above is of no meaning
  LoopEvent event = LoopEvent::Margin;
  std::uint32_t entry;
  std::uint64_t before;

  // At least 56 bits afterwards, of which those above `count` are the next ones too and are put there again.
  const auto refill = [&]() __attribute__((always_inline)) {
    bits |= load8(in) << (count & 63);
    in += 7;
    in -= count >> 3 & 7;
    count |= 56;
  };
  // All entries alike: their bits are used up before it is asked what they are.
  const auto use = [&]() __attribute__((always_inline)) {
    before = bits;
    bits >>= entry & 63;
    count -= entry;
  };
  const auto value = [&]() __attribute__((always_inline)) {
    return Codes::value(entry) + (lowBits(before, entry & 63) >> Codes::codeBits(entry));
  };

  refill();
  entry = literals[bits & kLiteralMask];
  do {
    // An entry is looked up before the bits behind it are fetched, so that neither waits for the other. Of 56 bits two
    // literals of the main table and the longest length leave 14, more than the index of a distance.
    use();
    if ((entry & Codes::kLiteral) != 0) {
      *out++ = static_cast<std::uint8_t>(entry >> 16);
      entry = literals[bits & kLiteralMask];
      use();
      if ((entry & Codes::kLiteral) != 0) {
        *out++ = static_cast<std::uint8_t>(entry >> 16);
        entry = literals[bits & kLiteralMask];
        use();
        if ((entry & Codes::kLiteral) != 0) {
          *out++ = static_cast<std::uint8_t>(entry >> 16);
          entry = literals[bits & kLiteralMask];
          refill();
          continue;
        }
      }
    }
    if ((entry & Codes::kSpecial) != 0) [[unlikely]] {
      if (Codes::isLink(entry)) {
        entry = literals[Codes::value(entry) + lowBits(bits, Codes::codeBits(entry))];
        use();
        if ((entry & Codes::kLiteral) != 0) {
          *out++ = static_cast<std::uint8_t>(entry >> 16);
          entry = literals[bits & kLiteralMask];
          refill();
          continue;
        }
      }
      if ((entry & Codes::kSpecial) != 0) {
        event = (entry & Codes::kEnd) != 0 ? LoopEvent::BlockEnds : LoopEvent::Invalid;
        break;
      }
    }
    const std::size_t length = value();
    entry = distances[bits & kDistanceMask];
    refill();
    use();
    if ((entry & Codes::kSpecial) != 0) [[unlikely]] {
      if (Codes::isLink(entry)) {
        entry = distances[Codes::value(entry) + lowBits(bits, Codes::codeBits(entry))];
        use();
      }
      if ((entry & Codes::kSpecial) != 0) {
        event = LoopEvent::Invalid;
        break;
      }
    }
    const std::size_t distance = value();
    if (distance > static_cast<std::size_t>(out - at.outBegin)) [[unlikely]] {
      event = LoopEvent::TooFar;
      break;
    }
    // The next entry is on its way while the match is copied.
    entry = literals[bits & kLiteralMask];
    refill();
    copyMatch(out, distance, length);
    out += length;
  } while (in < inSafe && out < outSafe);

  at.in = in;
  at.out = out;
  at.bits = bits;
  at.count = count & 63;
  return event;
}

LoopEvent loopPlain(DeflateReader::Cursor& at, const std::uint8_t* inSafe, const std::uint8_t* outSafe,
                    const DeflateCodes& codes) {
  return loop(at, inSafe, outSafe, codes);
}

#if defined(__x86_64__)
/// Shifts by a register in one instruction instead of three.
[[gnu::target("bmi,bmi2")]] LoopEvent loopBmi2(DeflateReader::Cursor& at, const std::uint8_t* inSafe,
                                               const std::uint8_t* outSafe, const DeflateCodes& codes) {
  return loop(at, inSafe, outSafe, codes);
}
#endif

auto chosenLoop() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("bmi2")) return loopBmi2;
#endif
  return loopPlain;
}

}  // namespace

LoopEvent deflateLoop(DeflateReader::Cursor& at, const std::uint8_t* inSafe, const std::uint8_t* outSafe,
                      const DeflateCodes& codes) {
  static const auto chosen = chosenLoop();
  return chosen(at, inSafe, outSafe, codes);
}

}  // namespace voxmark
