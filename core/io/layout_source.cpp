#include "core/io/layout_source.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/io/layout_reading.h"

namespace voxmark {
namespace {

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
}

RawSource::~RawSource() = default;

void RawSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                     JobContext& job) {
  checkRequest(request, target);
  job.report(0.0, "Reading");
  Reading reading{request, target, onFilled, job, nullptr, 0, {}};
  if (dense_) {
    readDense(reading);
  } else {
    readGathered(reading);
  }
  if (!reading.stream) return;
  if (reading.stream->position() == layout_.info.totalBytes()) {
    if (const auto odd = reading.stream->finish(job)) {
      const std::lock_guard lock(mutex_);
      if (std::find(warnings_.begin(), warnings_.end(), *odd) == warnings_.end()) warnings_.push_back(*odd);
    }
  } else {
    giveStream(std::move(reading.stream));
  }
}

std::vector<std::string> RawSource::readWarnings() const {
  const std::lock_guard lock(mutex_);
  return warnings_;
}

std::unique_ptr<VoxelStream> RawSource::takeStream(std::uint64_t offset, JobContext& job) {
  const std::lock_guard lock(mutex_);
  if (kept_ && kept_->position() <= offset) return std::move(kept_);
  if (layout_.decodedSkip >= 0) {
    return std::make_unique<VoxelStream>(layout_, static_cast<std::uint64_t>(layout_.decodedSkip));
  }
  const DataSegment& segment = layout_.segments.front();
  if (trailingStart_ < 0) {
    const std::uint64_t length = decodedLength(layout_, segment, job);
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

}  // namespace voxmark
