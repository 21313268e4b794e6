#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/io/gzip_index.h"
#include "core/io/layout_source.h"

namespace voxmark {

/// The encoded voxels of a layout as one stream of decoded bytes; position 0 is the first voxel byte.
class VoxelStream {
 public:
  /// `skip`: decoded bytes before the voxels of each segment.
  VoxelStream(const RawLayout& layout, std::uint64_t skip) : layout_(layout), skip_(skip) {}
  /// The stream of a layout with one segment, from a point of its index on, which is not before the first voxel.
  VoxelStream(const RawLayout& layout, std::uint64_t skip, const GzipIndex& index, std::size_t point);
  /// Before the first read, of a layout with one gzip segment: makes an index of it on the way.
  void makeIndex();
  /// What makeIndex has made, after finish(); null where the segment has several members.
  [[nodiscard]] std::shared_ptr<const GzipIndex> takeIndex() { return std::move(index_); }
  [[nodiscard]] std::uint64_t position() const { return position_; }
  /// Throws Error(Truncated) where the stream ends before `target` is full; Cancelled, after which the stream is of no
  /// use.
  void read(std::span<std::byte> target, const JobContext& job);
  void skipTo(std::uint64_t position, const JobContext& job);
  /// Decodes what follows the last voxel, so that checksums are verified. Says what is odd about the end.
  [[nodiscard]] std::optional<std::string> finish(const JobContext& job);

 private:
  void openSegment(const JobContext& job);
  /// Decodes to the end of the open segment; returns how many bytes that were, up to a limit.
  std::uint64_t drain(const JobContext& job);

  const RawLayout& layout_;
  std::uint64_t skip_;
  std::uint64_t position_ = 0;
  std::size_t segment_ = 0;  ///< the next one to open
  std::uint64_t leftInSegment_ = 0;
  std::unique_ptr<Decoder> decoder_;
  std::vector<std::byte> scratch_;
  std::unique_ptr<GzipIndexBuilder> builder_;
  std::shared_ptr<const GzipIndex> index_;
};

/// Length of the decoded stream of a segment, found by decoding it. `limit` bytes are the most that it may have.
[[nodiscard]] std::uint64_t decodedLength(const RawLayout& layout, const DataSegment& segment, const JobContext& job);

}  // namespace voxmark
