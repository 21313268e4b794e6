#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/io/file_access.h"
#include "core/jobs/job_context.h"
#include "core/volume/pixel_type.h"

namespace voxmark {

/// How the voxels of a data file are stored.
enum class Encoding { Raw, Gzip, Zlib, Deflate, Bzip2, Ascii, Hex };

/// Bytes of a file from `offset` on, handed out in chunks.
class ChunkedInput {
 public:
  ChunkedInput(std::shared_ptr<const File> file, std::uint64_t offset) : file_(std::move(file)), offset_(offset) {}
  /// The next chunk, empty at the end; it stays valid until the next call. Throws Cancelled: a stream can be long
  /// without yielding a byte.
  [[nodiscard]] std::span<std::byte> next(const JobContext& job) { return following(0, job); }
  /// The last `rest` bytes of the chunk before with the next ones behind them: no more than these at the end.
  [[nodiscard]] std::span<std::byte> following(std::size_t rest, const JobContext& job);
  /// Where in the file the next chunk begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] std::uint64_t fileSize() const { return file_->size(); }
  [[nodiscard]] bool atEnd() const { return offset_ >= file_->size(); }
  [[nodiscard]] const std::string& path() const { return file_->path(); }

 private:
  std::shared_ptr<const File> file_;
  std::uint64_t offset_;
  std::vector<std::byte> buffer_;
  unsigned chunkLog_ = 14;
};

/// Turns a stored stream into voxel bytes, in order.
class Decoder {
 public:
  virtual ~Decoder() = default;
  /// Fills `out` from its start; fewer bytes than asked for only at the end of the stream, where checksums have been
  /// verified. Throws Error: Truncated (the stream breaks off), Format (it is damaged); Cancelled, after which the
  /// decoder is of no use.
  virtual std::size_t decode(std::span<std::byte> out, const JobContext& job) = 0;
};

/// A decoder for any encoding but Raw. `type` matters to Ascii alone, whose numbers become native elements of it; `crc`
/// to Deflate, which has no checksum of its own: see makeInflater.
[[nodiscard]] std::unique_ptr<Decoder> makeDecoder(Encoding encoding, ChunkedInput input, PixelType type,
                                                   std::optional<std::uint32_t> crc = std::nullopt);
/// What surrounds deflated data; nothing: the bare stream.
enum class Wrapper { Gzip, Zlib, Nothing };

/// The parts of makeDecoder. `crc`: CRC-32 that the bytes of a bare stream must have at its end, where it is known.
[[nodiscard]] std::unique_ptr<Decoder> makeInflater(ChunkedInput input, Wrapper wrapper,
                                                    std::optional<std::uint32_t> crc = std::nullopt);
[[nodiscard]] std::unique_ptr<Decoder> makeBzip2Decoder(ChunkedInput input);
[[nodiscard]] std::unique_ptr<Decoder> makeTextDecoder(ChunkedInput input, bool hex, PixelType type);

/// The most bytes that `stored` bytes of an encoding can decode to: what a header may claim before memory is taken.
[[nodiscard]] std::uint64_t mostDecoded(Encoding encoding, std::uint64_t stored, PixelType type);

/// Up to `bytes` decoded bytes from the start of a gzip file.
[[nodiscard]] std::vector<std::byte> inflatedStart(const std::shared_ptr<const File>& file, std::size_t bytes);

}  // namespace voxmark
