#include "core/io/deflate_reader.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/io/deflate_loop.h"

namespace voxmark {
namespace {

/// What the inner loop may read and write beyond what it has looked at: two refills of the bits, and the longest match
/// with the overshoot of copying it in words.
constexpr std::ptrdiff_t kInMargin = 32;
constexpr std::ptrdiff_t kOutMargin = 320;
/// Decoded bytes that go through the reader's own memory until enough of them lie in the caller's to refer to.
constexpr std::size_t kBounce = DeflateReader::kWindow;

[[noreturn]] void damaged(const char* how) {
  throw Error(ErrorCode::Format, std::string("the compressed data are damaged (") + how + ")");
}

[[noreturn]] void truncated() {
  throw Error(ErrorCode::Truncated, "the compressed data break off before their end");
}

std::ptrdiff_t roomFor(const DeflateReader::Cursor& at) {
  return at.outEnd - at.out;
}

std::size_t inputLeft(const DeflateReader::Cursor& at) {
  return static_cast<std::size_t>(at.inEnd - at.in) + at.count / 8;
}

/// The position `after` bytes on, where there is room for as many; null: nowhere.
const std::uint8_t* blockAt(const DeflateReader::Cursor& at, std::size_t after) {
  return after <= static_cast<std::size_t>(roomFor(at)) ? at.out + after : nullptr;
}

/// Whole bytes among the bits at hand go back to the input.
void giveBack(DeflateReader::Cursor& at) {
  at.in -= at.count / 8;
  at.count %= 8;
  at.bits &= (std::uint64_t{1} << at.count) - 1;
}

/// As many whole bytes as there is room for among the bits; none beyond the input's end.
void fill(DeflateReader::Cursor& at) {
  at.bits &= at.count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << at.count) - 1;
  while (at.count <= 56 && at.in < at.inEnd) {
    at.bits |= static_cast<std::uint64_t>(*at.in++) << at.count;
    at.count += 8;
  }
}

}  // namespace

void DeflateReader::start(unsigned skipBits, std::span<const std::byte> window) {
  state_ = State::Header;
  final_ = false;
  bits_ = 0;
  count_ = 0;
  skip_ = skipBits;
  storedLeft_ = matchLeft_ = distance_ = 0;
  bounce_.resize(kWindow + kBounce);
  windowBytes_ = std::min(window.size(), kWindow);
  if (windowBytes_ > 0) {
    std::memcpy(bounce_.data() + kWindow - windowBytes_, window.data() + window.size() - windowBytes_, windowBytes_);
  }
}

std::span<const std::byte> DeflateReader::window() const {
  return {reinterpret_cast<const std::byte*>(bounce_.data()) + kWindow - windowBytes_, windowBytes_};
}

DeflateReader::Stop DeflateReader::decode(DeflateInput& input, std::span<std::byte> out, std::size_t& done,
                                          std::size_t blockAfter) {
  auto* target = reinterpret_cast<std::uint8_t*>(out.data());
  std::size_t put = done;
  Cursor at{input.next, input.end, nullptr, nullptr, nullptr, bits_, count_};
  if (skip_ > 0 && at.in < at.inEnd) {
    at.bits = *at.in++ >> skip_;
    at.count = 8 - skip_;
    skip_ = 0;
  }
  Stop stop = Stop::OutputFull;
  // Matches refer up to kWindow bytes back. Those behind the beginning of `out` are at hand here alone.
  while (windowBytes_ > 0 && put < std::min(out.size(), kWindow)) {
    std::uint8_t* begin = bounce_.data() + kWindow;
    const std::size_t room = std::min(out.size() - put, kBounce);
    at.outBegin = begin - windowBytes_;
    at.out = begin;
    at.outEnd = begin + room;
    stop = advance(at, input.last, blockAt(at, blockAfter - std::min(put, blockAfter)));
    const auto got = static_cast<std::size_t>(at.out - begin);
    std::memcpy(target + put, begin, got);
    put += got;
    windowBytes_ = std::min(windowBytes_ + got, kWindow);
    std::memmove(begin - windowBytes_, at.out - windowBytes_, windowBytes_);
    if (stop != Stop::OutputFull) break;
  }
  if (stop == Stop::OutputFull && put < out.size()) {
    at.outBegin = target;
    at.out = target + put;
    at.outEnd = target + out.size();
    stop = advance(at, input.last, blockAt(at, blockAfter - std::min(put, blockAfter)));
    put = static_cast<std::size_t>(at.out - target);
    windowBytes_ = std::min(put, kWindow);
    if (windowBytes_ > 0) std::memcpy(bounce_.data() + kWindow - windowBytes_, at.out - windowBytes_, windowBytes_);
  }
  giveBack(at);
  input.next = at.in;
  bits_ = at.bits;
  count_ = at.count;
  done = put;
  return stop;
}

DeflateReader::Stop DeflateReader::advance(Cursor& at, bool last, const std::uint8_t* blockAfter) {
  for (;;) {
    switch (state_) {
      case State::Header:
        if (blockAfter != nullptr && at.out >= blockAfter) return Stop::BlockBegins;
        // What follows may not be there at all: a chunk of a stream has no end of its own.
        if (roomFor(at) == 0) return Stop::OutputFull;
        if (!last && inputLeft(at) < kLeastInput) return Stop::InputShort;
        readHeader(at);
        break;
      case State::Stored:
        copyStored(at);
        if (storedLeft_ == 0) break;
        if (roomFor(at) == 0) return Stop::OutputFull;
        if (last) truncated();
        return Stop::InputShort;
      case State::Coded:
        if (!decodeCoded(at, last)) return Stop::InputShort;
        if (state_ == State::Coded) return Stop::OutputFull;
        break;
      case State::Ended:
        return Stop::StreamEnds;
    }
  }
}

void DeflateReader::endBlock() {
  state_ = final_ ? State::Ended : State::Header;
}

unsigned DeflateReader::take(Cursor& at, unsigned bits) {
  if (at.count < bits) fill(at);
  if (at.count < bits) truncated();
  const auto value = static_cast<unsigned>(at.bits & ((1U << bits) - 1));
  at.bits >>= bits;
  at.count -= bits;
  return value;
}

void DeflateReader::readHeader(Cursor& at) {
  fill(at);
  header_ = at.in;
  headerUnused_ = at.count;
  final_ = take(at, 1) != 0;
  switch (take(at, 2)) {
    case 0: {
      (void)take(at, at.count % 8);
      const unsigned length = take(at, 16);
      if ((length ^ take(at, 16)) != 0xFFFF) damaged("a stored block contradicts itself");
      giveBack(at);
      storedLeft_ = length;
      state_ = State::Stored;
      if (length == 0) endBlock();
      break;
    }
    case 1:
      codes_.buildFixed();
      state_ = State::Coded;
      break;
    case 2:
      readCodes(at);
      state_ = State::Coded;
      break;
    default:
      damaged("a block of no known kind");
  }
}

void DeflateReader::readCodes(Cursor& at) {
  constexpr std::array<std::uint8_t, 19> kOrder{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  const std::size_t literals = take(at, 5) + 257;
  const std::size_t distances = take(at, 5) + 1;
  const std::size_t count = take(at, 4) + 4;
  if (literals > 286 || distances > 30) damaged("too many codes");
  std::array<std::uint8_t, 19> lengthLengths{};
  for (std::size_t n = 0; n < count; ++n) lengthLengths[kOrder[n]] = static_cast<std::uint8_t>(take(at, 3));
  std::array<std::uint16_t, 128> table{};
  if (!buildLengthCode(lengthLengths, table)) damaged("no prefix code");
  std::array<std::uint8_t, 286 + 30> lengths{};
  const std::size_t total = literals + distances;
  for (std::size_t n = 0; n < total;) {
    if (at.count < 14) fill(at);
    const std::uint16_t entry = table[at.bits & 127];
    const unsigned bits = entry & 255;
    if (bits == 0) damaged("no such code");
    (void)take(at, bits);
    const unsigned symbol = entry >> 8;
    if (symbol < 16) {
      lengths[n++] = static_cast<std::uint8_t>(symbol);
      continue;
    }
    if (symbol == 16 && n == 0) damaged("nothing to repeat");
    const std::uint8_t value = symbol == 16 ? lengths[n - 1] : std::uint8_t{0};
    const std::size_t times = symbol == 16 ? 3 + take(at, 2) : symbol == 17 ? 3 + take(at, 3) : 11 + take(at, 7);
    if (n + times > total) damaged("too many code lengths");
    std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(n), times, value);
    n += times;
  }
  const std::span<const std::uint8_t> all(lengths);
  if (!codes_.build(all.first(literals), all.subspan(literals, distances))) damaged("no prefix code");
}

void DeflateReader::copyStored(Cursor& at) {
  // Behind its header a stored block is whole bytes, and none is among the bits.
  const auto count =
      std::min({storedLeft_, static_cast<std::size_t>(at.inEnd - at.in), static_cast<std::size_t>(roomFor(at))});
  if (count > 0) std::memcpy(at.out, at.in, count);
  at.in += count;
  at.out += count;
  storedLeft_ -= count;
  if (storedLeft_ == 0) endBlock();
}

bool DeflateReader::decodeCoded(Cursor& at, bool last) {
  copyPending(at);
  const std::ptrdiff_t keep = last ? kInMargin : static_cast<std::ptrdiff_t>(kLeastInput);
  while (state_ == State::Coded && roomFor(at) > 0) {
    if (at.inEnd - at.in > keep && roomFor(at) > kOutMargin) {
      const auto event = deflateLoop(at, at.inEnd - keep, at.outEnd - kOutMargin, codes_);
      if (event == LoopEvent::Invalid) damaged("no such code");
      if (event == LoopEvent::TooFar) damaged("a match begins before the data");
      if (event == LoopEvent::BlockEnds) {
        endBlock();
        return true;
      }
    }
    if (!last && inputLeft(at) <= kLeastInput) return false;
    decodeOne(at);
  }
  return true;
}

/// What an earlier call had decoded but no room for.
void DeflateReader::copyPending(Cursor& at) {
  for (; matchLeft_ > 0 && at.out < at.outEnd; --matchLeft_, ++at.out) *at.out = *(at.out - distance_);
}

/// One entry of the tables, with every check.
void DeflateReader::decodeOne(Cursor& at) {
  using Codes = DeflateCodes;
  fill(at);
  // Codes that are too long for the main table go on in a further one.
  const auto lookUp = [&](const std::uint32_t* table, unsigned mainBits) {
    std::uint32_t entry = table[at.bits & ((1U << mainBits) - 1)];
    if ((entry & Codes::kLiteral) == 0 && Codes::isLink(entry)) {
      (void)take(at, mainBits);
      entry = table[Codes::value(entry) + (at.bits & ((1U << Codes::codeBits(entry)) - 1))];
    }
    if ((entry & Codes::kLiteral) == 0 && (entry & Codes::kInvalid) != 0) damaged("no such code");
    return entry;
  };
  // Of what has extra bits: those of the code, then the extra ones.
  const auto valueOf = [&](std::uint32_t entry) {
    (void)take(at, Codes::codeBits(entry));
    return Codes::value(entry) + std::size_t{take(at, Codes::usedBits(entry) - Codes::codeBits(entry))};
  };
  std::uint32_t entry = lookUp(codes_.literals(), Codes::kLiteralBits);
  if ((entry & Codes::kLiteral) != 0) {
    (void)take(at, Codes::usedBits(entry));
    *at.out++ = static_cast<std::uint8_t>(entry >> 16);
    return;
  }
  if ((entry & Codes::kSpecial) != 0) {
    (void)take(at, Codes::usedBits(entry));
    endBlock();
    return;
  }
  matchLeft_ = valueOf(entry);
  fill(at);
  entry = lookUp(codes_.distances(), Codes::kDistanceBits);
  if ((entry & Codes::kSpecial) != 0) damaged("no such code");
  distance_ = valueOf(entry);
  if (distance_ > static_cast<std::size_t>(at.out - at.outBegin)) damaged("a match begins before the data");
  copyPending(at);
}

}  // namespace voxmark
