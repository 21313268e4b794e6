#include "core/io/inflater.h"

#include <algorithm>

#include <fmt/format.h>
#include <isa-l.h>

#include "core/base/error.h"
#include "core/io/gzip_writer.h"
#include "core/trace/counters.h"

namespace voxmark {

Inflater::Inflater(ChunkedInput input, Wrapper wrapper, std::optional<std::uint32_t> crc)
    : file_(std::move(input)), wrapper_(wrapper), crc_(crc) {
  input_.last = false;
}

Inflater::Inflater(ChunkedInput input, Wrapper wrapper, const BlockStart& start)
    : file_(std::move(input)), wrapper_(wrapper), state_(State::Body), verifying_(false), position_(start.out) {
  input_.last = false;
  reader_.start(static_cast<unsigned>(start.bit % 8), start.window);
}

void Inflater::watchBlocks(std::uint64_t spacing, std::function<void(const BlockStart&)> seen) {
  spacing_ = spacing;
  seen_ = std::move(seen);
}

std::size_t Inflater::decode(std::span<std::byte> out, const JobContext& job) {
  std::size_t done = 0;
  try {
    while (state_ != State::Ended && done < out.size()) {
      if (state_ == State::Header) readHeader(job);
      if (state_ == State::Body) readBody(out, done, job);
      if (state_ == State::Trailer) readTrailer(job);
    }
  } catch (const Error& error) {
    const std::string said = error.what();
    throw said.starts_with(file_.path()) ? error : fileError(error.code(), file_.path(), said);
  }
  trace::counters().bytesInflated.fetch_add(done);
  return done;
}

bool Inflater::more(const JobContext& job) {
  if (input_.last) return false;
  const std::size_t rest = available();
  const auto chunk = file_.following(rest, job);
  input_.next = reinterpret_cast<const std::uint8_t*>(chunk.data());
  input_.end = input_.next + chunk.size();
  input_.last = file_.atEnd();
  return chunk.size() > rest;
}

void Inflater::require(std::size_t bytes, const JobContext& job) {
  while (available() < bytes) {
    if (!more(job)) throw Error(ErrorCode::Truncated, "the compressed data break off before their end");
  }
}

std::uint32_t Inflater::number(std::size_t bytes, bool bigEndian, const JobContext& job) {
  require(bytes, job);
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < bytes; ++n) {
    value |= static_cast<std::uint32_t>(input_.next[n]) << (8 * (bigEndian ? bytes - 1 - n : n));
  }
  if (state_ == State::Header) headerCrc_ = continuedCrc(headerCrc_, std::as_bytes(std::span(input_.next, bytes)));
  input_.next += bytes;
  return value;
}

/// RFC 1952, RFC 1950.
void Inflater::readHeader(const JobContext& job) {
  const auto damaged = [](const char* how) {
    return Error(ErrorCode::Format, fmt::format("the compressed data are damaged ({})", how));
  };
  if (wrapper_ == Wrapper::Zlib) {
    const std::uint32_t head = number(2, true, job);
    if (head % 31 != 0 || (head >> 8 & 15) != 8 || (head & 32) != 0) throw damaged("no zlib header");
  }
  if (wrapper_ == Wrapper::Gzip) {
    headerCrc_ = 0;
    if (number(2, false, job) != 0x8B1F || number(1, false, job) != 8) throw damaged("no gzip header");
    const std::uint32_t flags = number(1, false, job);
    if ((flags & 0xE0) != 0) throw damaged("unknown flags");
    for (int n = 0; n < 3; ++n) (void)number(2, false, job);  // time, and by what it was made
    const auto skip = [&](std::size_t bytes) {
      while (bytes > 0) {
        require(1, job);
        const std::size_t part = std::min(bytes, available());
        headerCrc_ = continuedCrc(headerCrc_, std::as_bytes(std::span(input_.next, part)));
        input_.next += part;
        bytes -= part;
      }
    };
    if ((flags & 4) != 0) skip(number(2, false, job));
    for (const std::uint32_t text : {8U, 16U}) {  // name, comment
      if ((flags & text) == 0) continue;
      while (number(1, false, job) != 0) {
      }
    }
    const std::uint32_t sum = headerCrc_ & 0xFFFF;
    if ((flags & 2) != 0 && number(2, false, job) != sum) throw damaged("the checksum of its header does not match");
  }
  checksum_ = wrapper_ == Wrapper::Zlib ? 1 : 0;
  memberBytes_ = 0;
  verifying_ = true;
  reader_.start();
  state_ = State::Body;
  if (spacing_ > 0 && members_ == 0) noteBlock();
}

void Inflater::readBody(std::span<std::byte> out, std::size_t& done, const JobContext& job) {
  const bool watching = spacing_ > 0 && members_ == 0;
  const std::uint64_t begin = position_ - done;  // of `out`
  const std::size_t before = done;
  const std::uint64_t wanted = std::max(nextBlock_, position_) - begin;
  const std::size_t blockAfter = watching && wanted <= out.size() ? static_cast<std::size_t>(wanted) : SIZE_MAX;
  const auto stop = reader_.decode(input_, out, done, blockAfter);
  position_ += done - before;
  addToChecksum(out.subspan(before, done - before));
  switch (stop) {
    case DeflateReader::Stop::BlockBegins:
      noteBlock();
      break;
    case DeflateReader::Stop::InputShort:
      (void)more(job);
      break;
    case DeflateReader::Stop::StreamEnds:
      state_ = State::Trailer;
      break;
    case DeflateReader::Stop::OutputFull:
      break;
  }
}

void Inflater::noteBlock() {
  const std::uint64_t front = file_.offset() - available();
  seen_({position_, front * 8 - reader_.unusedBits(), reader_.window()});
  nextBlock_ = position_ + spacing_;
}

void Inflater::addToChecksum(std::span<const std::byte> data) {
  memberBytes_ += data.size();
  if (!verifying_ || data.empty()) return;
  if (wrapper_ == Wrapper::Gzip || crc_) checksum_ = continuedCrc(checksum_, data);
  if (wrapper_ == Wrapper::Zlib) {
    checksum_ = isal_adler32(checksum_, reinterpret_cast<const std::uint8_t*>(data.data()), data.size());
  }
}

/// The checksum; and whether another member follows. Whatever else follows is left alone.
void Inflater::readTrailer(const JobContext& job) {
  state_ = State::Ended;
  ++members_;
  if (wrapper_ == Wrapper::Nothing && !crc_) return;
  const std::uint32_t stored = crc_ ? *crc_ : number(4, wrapper_ == Wrapper::Zlib, job);
  bool right = !verifying_ || stored == checksum_;
  if (wrapper_ == Wrapper::Gzip) {
    const std::uint32_t size = number(4, false, job);
    right = right && (!verifying_ || size == static_cast<std::uint32_t>(memberBytes_));
  }
  if (!right) throw Error(ErrorCode::Format, "the compressed data are damaged (the checksum does not match)");
  if (wrapper_ != Wrapper::Gzip) return;
  while (available() < 2 && more(job)) {
  }
  if (available() >= 2 && input_.next[0] == 0x1F && input_.next[1] == 0x8B) state_ = State::Header;
}

std::uint64_t Inflater::bytesBehind(const JobContext& job) {
  constexpr std::uint64_t kMostLookedAt = std::uint64_t{1} << 20;
  if (state_ != State::Ended) return 0;
  const std::uint64_t count = file_.fileSize() - file_.offset() + available();
  for (std::uint64_t seen = 0; seen < kMostLookedAt; seen += available(), input_.next = input_.end) {
    if (available() == 0 && !more(job)) return 0;
    if (std::any_of(input_.next, input_.end, [](std::uint8_t byte) { return byte != 0; })) return count;
  }
  return count;
}

std::unique_ptr<Decoder> makeInflater(ChunkedInput input, Wrapper wrapper, std::optional<std::uint32_t> crc) {
  return std::make_unique<Inflater>(std::move(input), wrapper, crc);
}

}  // namespace voxmark
