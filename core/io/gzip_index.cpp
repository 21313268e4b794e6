#include "core/io/gzip_index.h"

#include <algorithm>
#include <bit>

#include "core/base/error.h"
#include "core/io/gzip_writer.h"
#include "core/io/seekable_gzip.h"

namespace voxmark {
namespace {

/// Crops of volumes touch a stretch of every slice: the closer the points, the less is decoded in vain.
constexpr std::uint64_t kLeastSpacing = std::uint64_t{128} << 10;
/// Each point keeps 32 KiB until the index is stored.
constexpr std::uint64_t kMostPoints = 1024;

}  // namespace

std::size_t GzipIndex::pointBefore(std::uint64_t out) const {
  const auto behind = std::upper_bound(points.begin(), points.end(), out,
                                       [](std::uint64_t at, const GzipPoint& p) { return at < p.out; });
  return static_cast<std::size_t>(behind - points.begin()) - 1;
}

std::vector<std::byte> GzipIndex::window(std::size_t point) const {
  const GzipPoint& p = points.at(point);
  if (p.windowSize == 0) return {};
  std::vector<std::byte> out(p.windowSize);
  std::vector<std::byte> stored;
  std::span<const std::byte> from;
  if (file) {
    stored.resize(p.windowBytes);
    file->readAt(p.windowAt, stored);
    from = stored;
  } else {
    from = std::span(memory).subspan(p.windowAt, p.windowBytes);
  }
  if (p.windowBytes == p.windowSize) {  // stored as it is
    std::copy(from.begin(), from.end(), out.begin());
  } else {
    const auto* first = reinterpret_cast<const std::uint8_t*>(from.data());
    DeflateInput input{first, first + from.size(), true};
    DeflateReader reader;
    reader.start();
    std::size_t done = 0;
    (void)reader.decode(input, out, done);
    out.resize(done);
  }
  if (out.size() != p.windowSize || continuedCrc(0, out) != p.windowCheck) {
    throw Error(ErrorCode::Format, "an index of compressed data is damaged");
  }
  return out;
}

std::shared_ptr<const GzipIndex> notedIndex(const File& file, std::uint64_t begin) {
  const auto noted = readChunkTable(file, begin);
  if (!noted) return nullptr;
  auto index = std::make_shared<GzipIndex>();
  index->points.reserve(noted->chunkBytes.size());
  std::uint64_t at = noted->dataAt;
  std::uint64_t out = 0;
  for (const std::uint32_t bytes : noted->chunkBytes) {
    if (bytes > 0) index->points.push_back({out, at * 8, 0, 0, 0, 0});
    at += bytes;
    out += noted->chunk;
  }
  index->outBytes = noted->outBytes;
  index->checksum = noted->checksum;
  return index;
}

GzipIndexBuilder::GzipIndexBuilder(std::uint64_t expectedBytes)
    : spacing_(std::max(kLeastSpacing, expectedBytes / kMostPoints)) {
  // Address space alone, so that growing needs no second copy of the windows.
  index_->memory.reserve(static_cast<std::size_t>(std::min(expectedBytes / spacing_ + 2, 2 * kMostPoints)) *
                         DeflateReader::kWindow);
}

void GzipIndexBuilder::add(const BlockStart& start) {
  GzipIndex& index = *index_;
  if (index.points.size() >= 2 * kMostPoints) return;  // a stream longer than expected
  const auto bytes = static_cast<std::uint32_t>(start.window.size());
  index.points.push_back(
      {start.out, start.bit, index.memory.size(), bytes, bytes, bytes > 0 ? continuedCrc(0, start.window) : 0});
  index.memory.insert(index.memory.end(), start.window.begin(), start.window.end());
}

std::shared_ptr<const GzipIndex> GzipIndexBuilder::finish(std::uint64_t outBytes, std::uint32_t checksum) {
  index_->outBytes = outBytes;
  index_->checksum = checksum;
  return std::move(index_);
}

}  // namespace voxmark
