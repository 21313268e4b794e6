#include "core/io/decoder.h"

#include <algorithm>

#include "core/base/error.h"

namespace voxmark {

std::span<std::byte> ChunkedInput::next(const JobContext& job) {
  job.throwIfCancelled();
  constexpr std::size_t kChunk = std::size_t{1} << 18;
  if (offset_ >= file_->size()) return {};
  buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, file_->size() - offset_)));
  file_->readAt(offset_, buffer_);
  offset_ += buffer_.size();
  return buffer_;
}

std::unique_ptr<Decoder> makeDecoder(Encoding encoding, ChunkedInput input, PixelType type,
                                     std::optional<std::uint32_t> crc) {
  switch (encoding) {
    case Encoding::Gzip:
      return makeInflater(std::move(input), Wrapper::Gzip);
    case Encoding::Zlib:
      return makeInflater(std::move(input), Wrapper::Zlib);
    case Encoding::Deflate:
      return makeInflater(std::move(input), Wrapper::Nothing, crc);
    case Encoding::Bzip2:
      return makeBzip2Decoder(std::move(input));
    case Encoding::Ascii:
      return makeTextDecoder(std::move(input), false, type);
    case Encoding::Hex:
      return makeTextDecoder(std::move(input), true, type);
    case Encoding::Raw:
      break;
  }
  throw Error(ErrorCode::Usage, "raw data need no decoder");
}

std::uint64_t mostDecoded(Encoding encoding, std::uint64_t stored, PixelType type) {
  constexpr std::uint64_t kSlack = std::uint64_t{1} << 16;
  switch (encoding) {
    case Encoding::Raw:
      return stored;
    // A deflate block cannot shrink its input to less than 1/1032.
    case Encoding::Gzip:
    case Encoding::Zlib:
    case Encoding::Deflate:
      return stored * 1032 + kSlack;
    // A bzip2 block of 900 kB takes 37 bytes or more.
    case Encoding::Bzip2:
      return stored * 25000 + 900 * 1024;
    case Encoding::Ascii:
      return (stored + 1) / 2 * bytesOf(type);
    case Encoding::Hex:
      return stored / 2;
  }
  return stored;
}

std::vector<std::byte> inflatedStart(const std::shared_ptr<const File>& file, std::size_t bytes) {
  const auto inflater = makeInflater(ChunkedInput(file, 0), Wrapper::Gzip);
  std::vector<std::byte> out(bytes);
  out.resize(inflater->decode(out, JobContext()));
  return out;
}

}  // namespace voxmark
