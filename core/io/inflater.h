#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/io/decoder.h"
#include "core/io/deflate_reader.h"

namespace voxmark {

/// A place in deflated data where decoding can begin: the header of a block.
struct BlockStart {
  std::uint64_t out = 0;              ///< decoded bytes before it
  std::uint64_t bit = 0;              ///< of the file, counted from its first byte's lowest
  std::span<const std::byte> window;  ///< the decoded bytes before it that it may refer to
};

/// Streaming inflate of gzip (one or several members), zlib or bare data; checksums are verified at each end.
class Inflater final : public Decoder {
 public:
  /// `crc`: of a bare stream's bytes, where it is known.
  Inflater(ChunkedInput input, Wrapper wrapper, std::optional<std::uint32_t> crc = std::nullopt);
  /// Goes on at a block inside of a stream. The checksum at that stream's end cannot be verified. `input` begins at the
  /// byte that holds start.bit.
  Inflater(ChunkedInput input, Wrapper wrapper, const BlockStart& start);

  std::size_t decode(std::span<std::byte> out, const JobContext& job) override;

  /// From now on `seen` is told of a block's beginning about every `spacing` decoded bytes.
  void watchBlocks(std::uint64_t spacing, std::function<void(const BlockStart&)> seen);

  /// Of a stream that has been decoded from its beginning to its end: how many members it was made of, and the checksum
  /// of the last one.
  [[nodiscard]] int members() const { return members_; }
  [[nodiscard]] std::uint32_t checksum() const { return checksum_; }
  /// After the end: how many bytes of the file follow the last member. 0 where they are zeros, which pad a file to the
  /// blocks of a tape or a disk.
  [[nodiscard]] std::uint64_t bytesBehind(const JobContext& job);

 private:
  enum class State { Header, Body, Trailer, Ended };

  /// Makes `bytes` of input available, where there are as many. Throws Error(Truncated) where there are not.
  void require(std::size_t bytes, const JobContext& job);
  [[nodiscard]] bool more(const JobContext& job);
  [[nodiscard]] std::size_t available() const { return static_cast<std::size_t>(input_.end - input_.next); }
  [[nodiscard]] std::uint32_t number(std::size_t bytes, bool bigEndian, const JobContext& job);
  void readHeader(const JobContext& job);
  void readBody(std::span<std::byte> out, std::size_t& done, const JobContext& job);
  void readTrailer(const JobContext& job);
  void noteBlock();
  void addToChecksum(std::span<const std::byte> data);

  ChunkedInput file_;
  Wrapper wrapper_;
  std::optional<std::uint32_t> crc_;
  State state_ = State::Header;
  DeflateInput input_;
  DeflateReader reader_;
  bool verifying_ = true;
  std::uint32_t headerCrc_ = 0;
  std::uint32_t checksum_ = 0;
  std::uint64_t memberBytes_ = 0;
  std::uint64_t position_ = 0;  ///< decoded bytes so far
  int members_ = 0;
  std::uint64_t spacing_ = 0;  ///< 0: nobody watches
  std::uint64_t nextBlock_ = 0;
  std::function<void(const BlockStart&)> seen_;
};

}  // namespace voxmark
