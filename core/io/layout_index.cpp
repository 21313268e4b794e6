#include <algorithm>

#include "core/io/gzip_index_file.h"
#include "core/io/gzip_writer.h"
#include "core/io/layout_reading.h"

namespace voxmark {

void RawSource::findIndex() {
  if (!indexable_) return;
  std::call_once(indexSought_, [this] {
    const auto begin = static_cast<std::uint64_t>(layout_.segments.front().offset);
    auto found = notedIndex(*single_, begin);
    if (!found) found = loadIndex(*single_, begin);
    const auto skip = static_cast<std::uint64_t>(layout_.decodedSkip);
    // An index of fewer bytes than the header asks for is of no use for what is missing.
    if (found && found->outBytes < skip + layout_.info.totalBytes()) found = nullptr;
    const std::lock_guard lock(mutex_);
    index_ = std::move(found);
  });
}

std::shared_ptr<const GzipIndex> RawSource::index() const {
  const std::lock_guard lock(mutex_);
  return index_;
}

void RawSource::dropIndex() {
  voxmark::dropIndex(*single_, static_cast<std::uint64_t>(layout_.segments.front().offset));
  const std::lock_guard lock(mutex_);
  index_ = nullptr;
  kept_ = nullptr;
  frameChecks_.clear();
}

bool RawSource::jumpPays(const GzipIndex* index, std::uint64_t position, std::uint64_t offset) const {
  if (index == nullptr) return false;
  const auto skip = static_cast<std::uint64_t>(layout_.decodedSkip);
  const std::uint64_t point = index->points[index->pointBefore(offset + skip)].out;
  return point > position + skip;
}

/// Frames that were read in parts have no checksum of their own in the file: it is that of all of them, with what lies
/// before and behind the voxels.
void RawSource::checkFrame(const Reading& reading, std::uint32_t checksum) {
  const GzipIndex* found = reading.index.get();
  const JobContext& job = reading.job;
  {
    const std::lock_guard lock(mutex_);
    frameChecks_[reading.request.frame] = checksum;
    if (static_cast<std::int64_t>(frameChecks_.size()) != layout_.info.frames) return;
  }
  const auto skip = static_cast<std::uint64_t>(layout_.decodedSkip);
  const DataSegment& segment = layout_.segments.front();
  std::vector<std::byte> edge(static_cast<std::size_t>(skip));
  Inflater head(ChunkedInput(single_, static_cast<std::uint64_t>(segment.offset)), Wrapper::Gzip);
  edge.resize(head.decode(edge, job));
  std::uint32_t all = continuedCrc(0, edge);
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [n, one] : frameChecks_) all = joinedCrc(all, one, layout_.info.frameBytes());
  }
  std::uint64_t left = found->outBytes - skip - segment.bytes;
  if (left > 0) {
    constexpr std::uint64_t kMostBehind = std::uint64_t{256} << 20;
    if (left > kMostBehind) {
      warn("more than 256 MiB follow the voxels: the checksum at their end was not reached and not verified");
      return;
    }
    const std::size_t point = found->pointBefore(found->outBytes - left);
    const GzipPoint& p = found->points[point];
    const auto window = found->window(point);
    Inflater tail(ChunkedInput(single_, p.bit / 8), Wrapper::Gzip, {p.out, p.bit, window});
    edge.resize(static_cast<std::size_t>(found->outBytes - p.out));
    edge.resize(tail.decode(edge, job));
    const std::size_t before = edge.size() - std::min<std::size_t>(edge.size(), static_cast<std::size_t>(left));
    all = joinedCrc(all, continuedCrc(0, std::span(edge).subspan(before)), edge.size() - before);
    warn(std::to_string(left) + " bytes follow the voxels and were ignored");
  }
  if (all != found->checksum) {
    throw fileError(ErrorCode::Format, segment.path, "the compressed data are damaged (the checksum does not match)");
  }
}

}  // namespace voxmark
