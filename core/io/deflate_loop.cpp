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

/// `length` bytes from `distance` bytes before `out`, in words: writes up to 31 bytes more.
[[gnu::always_inline]] inline void copyMatch(std::uint8_t* out, std::size_t distance, std::size_t length) {
  const std::uint8_t* from = out - distance;
  const std::uint8_t* end = out + length;
  if (distance >= 8) {
    // Most matches are short: the first three words go without asking.
    copy8(out, from);
    copy8(out + 8, from + 8);
    copy8(out + 16, from + 16);
    if (length <= 24) return;
    out += 24;
    from += 24;
    do {
      copy8(out, from);
      copy8(out + 8, from + 8);
      out += 16;
      from += 16;
    } while (out < end);
    return;
  }
  if (distance == 1) {
    const std::uint64_t word = 0x0101010101010101ULL * *from;
    do {
      std::memcpy(out, &word, 8);
      out += 8;
    } while (out < end);
    return;
  }
  do {  // each word is right in its first `distance` bytes, and the next one begins behind those
    copy8(out, from);
    out += distance;
    from += distance;
  } while (out < end);
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
  unsigned count = at.count;
  LoopEvent event = LoopEvent::Margin;
  std::uint32_t entry;

  // At least 56 bits afterwards, of which those above `count` are the next ones too and are put there again.
  const auto refill = [&]() __attribute__((always_inline)) {
    bits |= load8(in) << count;
    in += (63 - count) >> 3;
    count |= 56;
  };
  const auto use = [&](std::uint32_t used) __attribute__((always_inline)) {
    bits >>= used;
    count -= used;
  };
  const auto putLiterals = [&]() __attribute__((always_inline)) {
    const std::uint32_t bytes = entry >> 8;
    std::memcpy(out, &bytes, 4);
    out += Codes::count(entry);
  };

  refill();
  entry = literals[bits & kLiteralMask];
  do {
    // An entry is looked up before the bits behind it are fetched, so that neither waits for the other. Of 56 bits two
    // entries of the main table and the longest length leave 14, more than the index of a distance.
    std::uint64_t before = bits;
    putLiterals();
    use(Codes::usedBits(entry));
    if (Codes::length(entry) == 0) {
      entry = literals[bits & kLiteralMask];
      before = bits;
      putLiterals();
      use(Codes::usedBits(entry));
      if (Codes::length(entry) == 0) {
        entry = literals[bits & kLiteralMask];
        before = bits;
        putLiterals();
        use(Codes::usedBits(entry));
        if (Codes::length(entry) == 0) {
          entry = literals[bits & kLiteralMask];
          refill();
          continue;
        }
      }
    }
    std::size_t length = Codes::length(entry);
    if (length >= Codes::kSpecial) {
      if (length == Codes::kSpecial) {
        if (Codes::kind(entry) < Codes::kInvalid) {
          before = bits;
          entry = literals[Codes::tableStart(entry) + lowBits(bits, Codes::kind(entry))];
          putLiterals();
          use(Codes::usedBits(entry));
          length = Codes::length(entry);
          if (length == 0) {
            entry = literals[bits & kLiteralMask];
            refill();
            continue;
          }
        }
        if (length == Codes::kSpecial) {
          event = Codes::kind(entry) == Codes::kEnd ? LoopEvent::BlockEnds : LoopEvent::Invalid;
          break;
        }
      }
      if (length == Codes::kLongLength) {
        length = Codes::longBase(entry) + (lowBits(before, Codes::usedBits(entry)) >> Codes::longCode(entry));
      }
    }
    std::uint32_t step = distances[bits & kDistanceMask];
    refill();
    if (Codes::specialDistance(step)) {
      if (Codes::kind(step) < Codes::kInvalid) {
        use(Codes::usedBits(step));
        step = distances[Codes::tableStart(step) + lowBits(bits, Codes::kind(step))];
      }
      if (Codes::specialDistance(step)) {
        event = LoopEvent::Invalid;
        break;
      }
    }
    const std::size_t distance =
        Codes::distanceBase(step) + (lowBits(bits, Codes::usedBits(step)) >> Codes::distanceCode(step));
    use(Codes::usedBits(step));
    if (distance > static_cast<std::size_t>(out - at.outBegin)) {
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
  at.count = count;
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
