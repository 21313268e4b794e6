#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/io/file_access.h"
#include "core/io/inflater.h"

namespace voxmark {

/// One of the places in a gzip member where decoding can begin.
struct GzipPoint {
  std::uint64_t out = 0;          ///< decoded bytes before it
  std::uint64_t bit = 0;          ///< of the file: where its block begins
  std::uint64_t windowAt = 0;     ///< where the stored window is: in the index's file, or in its memory
  std::uint32_t windowBytes = 0;  ///< stored, deflated; 0: nothing before the point is referred to
  std::uint32_t windowSize = 0;   ///< inflated, up to 32 KiB
  std::uint32_t windowCheck = 0;  ///< CRC-32 of the inflated window
};

/// Places in one gzip member where decoding can begin, so that a part of it can be read without what is before it, and
/// several parts at once. Either found in the file itself (its writer began afresh at each point and noted them in the
/// header), or collected while somebody read all of it.
class GzipIndex {
 public:
  std::vector<GzipPoint> points;  ///< rising; the first one is the member's beginning
  std::uint64_t outBytes = 0;     ///< of the whole member, decoded
  std::uint32_t checksum = 0;     ///< CRC-32 of all that is decoded
  std::vector<std::byte> memory;  ///< windows, where they are in no file
  std::shared_ptr<const File> file;

  /// Number of the last point at or before a decoded byte.
  [[nodiscard]] std::size_t pointBefore(std::uint64_t out) const;
  /// The window of a point. Throws Error(Format) where it is not what was stored.
  [[nodiscard]] std::vector<std::byte> window(std::size_t point) const;
};

/// The points that the writer of a seekable member noted in the header that begins at byte `begin` of a file (see
/// GzipWriter); null where there are none, or where they contradict the file's size. The checksum is the one at the
/// file's end.
[[nodiscard]] std::shared_ptr<const GzipIndex> notedIndex(const File& file, std::uint64_t begin);

/// Collects points while a member is read from its beginning.
class GzipIndexBuilder {
 public:
  /// `expectedBytes`: about how many will be decoded; the points lie so far apart that there are some hundred.
  explicit GzipIndexBuilder(std::uint64_t expectedBytes);
  [[nodiscard]] std::uint64_t spacing() const { return spacing_; }
  void add(const BlockStart& start);
  /// All points, once the member has been read to its end and its checksum was right.
  [[nodiscard]] std::shared_ptr<const GzipIndex> finish(std::uint64_t outBytes, std::uint32_t checksum);

 private:
  std::uint64_t spacing_;
  std::shared_ptr<GzipIndex> index_ = std::make_shared<GzipIndex>();
};

}  // namespace voxmark
