#include "core/io/layout_source.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/io/gzip_index_file.h"
#include "core/io/layout_reading.h"

namespace voxmark {
namespace {

/// Smaller data are decoded as fast as an index is found.
constexpr std::uint64_t kLeastIndexed = std::uint64_t{1} << 20;

/// Gives every segment its size and place, and compares the header's claims
/// with the files' sizes.
void settleSegments(RawLayout& layout) {
  const std::uint64_t total = layout.info.totalBytes();
  const std::uint64_t count = layout.segments.size();
  if (count == 0 || total % count != 0) {
    throw fieldError(layout.info.path, "number of data files", "one that divides the voxels evenly",
                     std::to_string(count));
  }
  for (DataSegment& segment : layout.segments) {
    if (segment.bytes == 0) segment.bytes = total / count;
    const std::uint64_t size = File(segment.path).size();
    std::uint64_t needed = segment.bytes;
    if (layout.decodedSkip > 0) needed += static_cast<std::uint64_t>(layout.decodedSkip);
    if (segment.offset < 0) segment.offset = static_cast<std::int64_t>(size - std::min(size, needed));
    const auto offset = static_cast<std::uint64_t>(segment.offset);
    const std::uint64_t stored = offset < size ? size - offset : 0;
    if (needed > mostDecoded(layout.encoding, stored, layout.info.pixelType)) {
      throw fileError(ErrorCode::Truncated, segment.path,
                      fmt::format("is too short for its voxels (expected {} bytes from "
                                  "byte {} on, found {}{})",
                                  needed, offset, stored, layout.encoding == Encoding::Raw ? "" : " encoded ones"));
    }
  }
}

}  // namespace

RawSource::RawSource(RawLayout layout) : layout_(std::move(layout)) {
  VolumeInfo& info = layout_.info;
  validate(info);
  const Index3& size = info.geometry.size;
  const std::vector<FileAxis> memoryOrder{{AxisRole::Component, info.components},
                                          {AxisRole::I, size[0]},
                                          {AxisRole::J, size[1]},
                                          {AxisRole::K, size[2]},
                                          {AxisRole::Frame, info.frames}};
  if (layout_.axes.empty()) layout_.axes = memoryOrder;
  std::uint64_t step = 1;
  for (const FileAxis& axis : layout_.axes) {
    stride_.at(static_cast<std::size_t>(axis.role)) = step;
    step *= static_cast<std::uint64_t>(axis.size);
  }
  step = 1;
  for (const FileAxis& axis : memoryOrder) {
    if (axis.size > 1 && stride_.at(static_cast<std::size_t>(axis.role)) != step) dense_ = false;
    step *= static_cast<std::uint64_t>(axis.size);
  }
  settleSegments(layout_);
  if (layout_.segments.size() == 1) single_ = std::make_shared<File>(layout_.segments.front().path);
  indexable_ = single_ && layout_.encoding == Encoding::Gzip && layout_.decodedSkip >= 0 &&
               layout_.info.totalBytes() >= kLeastIndexed;
}

RawSource::~RawSource() = default;

void RawSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                     JobContext& job) {
  checkRequest(request, target);
  job.report(0.0, "Reading");
  std::atomic<std::size_t> placed{0};
  findIndex();
  // What is read while somebody writes is a mixture of old and new.
  const auto requireUnchanged = [this] {
    if (!single_ || !single_->changed()) return;
    throw fileError(ErrorCode::Io, single_->path(), "has changed since it was opened: open it again");
  };
  Reading reading{request, target, onFilled, job, placed, index()};
  if (!reading.index) {
    readAll(reading);
    requireUnchanged();
    return;
  }
  try {
    readAll(reading);
  } catch (const Error&) {
    // The index may be wrong where the data are right. Reading from the beginning says which it is.
    dropIndex();
    placed = 0;
    Reading again{request, target, onFilled, job, placed, nullptr};
    readAll(again);
    requireUnchanged();
    warn("an index of the compressed data was wrong and is no longer used");
  }
}

std::vector<std::string> RawSource::files() const {
  std::vector<std::string> out{layout_.info.path};
  for (const DataSegment& segment : layout_.segments) out.push_back(segment.path);
  return out;
}

void RawSource::readAll(Reading& reading) {
  if (dense_) {
    readDense(reading);
  } else {
    readGathered(reading);
  }
  finishStream(reading);
}

std::vector<std::string> RawSource::readWarnings() const {
  const std::lock_guard lock(mutex_);
  return warnings_;
}

void RawSource::warn(const std::string& text) {
  const std::lock_guard lock(mutex_);
  if (std::find(warnings_.begin(), warnings_.end(), text) == warnings_.end()) warnings_.push_back(text);
}

std::unique_ptr<VoxelStream> RawSource::takeStream(const Reading& reading, std::uint64_t offset) {
  const GzipIndex* found = reading.index.get();
  const std::lock_guard lock(mutex_);
  if (kept_ && kept_->position() <= offset && !jumpPays(found, kept_->position(), offset)) return std::move(kept_);
  const auto skip = static_cast<std::uint64_t>(std::max<std::int64_t>(layout_.decodedSkip, 0));
  if (found != nullptr) {
    const std::size_t point = found->pointBefore(offset + skip);
    if (found->points[point].out >= skip) return std::make_unique<VoxelStream>(layout_, skip, *found, point);
  }
  if (layout_.decodedSkip >= 0) {
    auto stream = std::make_unique<VoxelStream>(layout_, skip);
    if (found == nullptr && indexable_) stream->makeIndex();
    return stream;
  }
  const DataSegment& segment = layout_.segments.front();
  if (trailingStart_ < 0) {
    const std::uint64_t length = decodedLength(layout_, segment, reading.job);
    if (layout_.segments.size() != 1 || length < segment.bytes) {
      throw fileError(ErrorCode::Truncated, segment.path,
                      fmt::format("the voxels end early (expected {} bytes, found {})", segment.bytes, length));
    }
    trailingStart_ = static_cast<std::int64_t>(length - segment.bytes);
  }
  return std::make_unique<VoxelStream>(layout_, static_cast<std::uint64_t>(trailingStart_));
}

void RawSource::giveStream(std::unique_ptr<VoxelStream> stream) {
  const std::lock_guard lock(mutex_);
  kept_ = std::move(stream);
}

/// A stream that has come to the end of the voxels says what follows, and has its checksum verified; another is kept.
void RawSource::finishStream(Reading& reading) {
  if (!reading.stream) return;
  if (reading.stream->position() != layout_.info.totalBytes()) {
    giveStream(std::move(reading.stream));
    return;
  }
  if (const auto odd = reading.stream->finish(reading.job)) warn(*odd);
  if (auto made = reading.stream->takeIndex(); made && made->points.size() > 1) {
    const DataSegment& segment = layout_.segments.front();
    saveIndex(single_, static_cast<std::uint64_t>(segment.offset), made);
    const std::lock_guard lock(mutex_);
    index_ = std::move(made);
  }
}

}  // namespace voxmark
