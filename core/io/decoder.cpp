#include "core/io/decoder.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"

namespace voxmark {

std::span<std::byte> ChunkedInput::following(std::size_t rest, const JobContext& job) {
  job.throwIfCancelled();
  // Short chunks first: many a stream is opened for its header alone, or for a few rows. The system reads ahead of us
  // by itself: asking it to (posix_fadvise) made reading from the disk no faster.
  const std::size_t chunk = std::size_t{1} << chunkLog_;
  chunkLog_ = std::min(chunkLog_ + 1, 18U);
  const auto more = static_cast<std::size_t>(atEnd() ? 0 : std::min<std::uint64_t>(chunk, file_->size() - offset_));
  if (rest > 0) std::memmove(buffer_.data(), buffer_.data() + buffer_.size() - rest, rest);
  buffer_.resize(rest + more);
  if (more > 0) file_->readAt(offset_, {buffer_.data() + rest, more});
  offset_ += more;
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
