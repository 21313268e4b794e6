#include "core/io/layout_source.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "core/io/byte_order.h"
#include "core/io/voxel_stream.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{4} << 20;

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

/// One call of read().
struct RawSource::Reading {
  const ReadRequest& request;
  std::span<std::byte> target;
  const FilledCallback& onFilled;
  JobContext& job;
  std::unique_ptr<VoxelStream> stream;  ///< null for raw data
};

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
  Reading reading{request, target, onFilled, job, nullptr};
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

void RawSource::readDense(Reading& reading) {
  const VolumeInfo& info = layout_.info;
  const Index3& size = info.geometry.size;
  const Region& region = reading.request.region;
  const std::uint64_t voxel = info.voxelBytes();
  const std::uint64_t frameStart = static_cast<std::uint64_t>(reading.request.frame) * info.frameBytes();
  const std::uint64_t sliceBytes = static_cast<std::uint64_t>(region.size[0] * region.size[1]) * voxel;
  const auto slabSlices = static_cast<std::int64_t>(std::max<std::uint64_t>(1, kSlabBytes / sliceBytes));
  const auto offsetOf = [&](std::int64_t j, std::int64_t k) {
    return frameStart + static_cast<std::uint64_t>((k * size[1] + j) * size[0] + region.start[0]) * voxel;
  };
  const bool wholeRows = region.size[0] == size[0];
  const bool wholeSlices = wholeRows && region.size[1] == size[1];
  for (std::int64_t begin = 0; begin < region.size[2]; begin += slabSlices) {
    const std::int64_t end = std::min(begin + slabSlices, region.size[2]);
    const auto slabTarget = reading.target.subspan(static_cast<std::size_t>(begin) * sliceBytes,
                                                   static_cast<std::size_t>(end - begin) * sliceBytes);
    if (wholeSlices) {
      fetch(reading, offsetOf(0, region.start[2] + begin), slabTarget);
    } else {
      const std::int64_t rows = wholeRows ? 1 : region.size[1];  // pieces a slice
      const std::uint64_t piece = sliceBytes / static_cast<std::uint64_t>(rows);
      std::byte* out = slabTarget.data();
      for (std::int64_t k = begin; k < end; ++k) {
        for (std::int64_t row = 0; row < rows; ++row, out += piece) {
          fetch(reading, offsetOf(region.start[1] + row, region.start[2] + k), {out, piece});
        }
      }
    }
    publish(reading, slab(region, begin, end), slabTarget);
  }
}

void RawSource::readGathered(Reading& reading) {
  const VolumeInfo& info = layout_.info;
  const Region& region = reading.request.region;
  const std::size_t element = bytesOf(info.pixelType);
  const std::uint64_t strideI = stride_[0], strideJ = stride_[1], strideK = stride_[2], strideC = stride_[3];
  const auto at = [](std::int64_t n, std::uint64_t stride) { return static_cast<std::uint64_t>(n) * stride; };
  // Where k is the slowest axis of a frame, slice by slice; otherwise the
  // slices of the region lie among each other.
  const bool bySlice = strideK >= std::max({strideI, strideJ, strideC});
  const std::int64_t step = bySlice ? 1 : region.size[2];
  const std::uint64_t sliceBytes = static_cast<std::uint64_t>(region.size[0] * region.size[1]) * info.voxelBytes();
  for (std::int64_t begin = 0; begin < region.size[2]; begin += step) {
    const std::uint64_t first = at(reading.request.frame, stride_[4]) + at(region.start[0], strideI) +
                                at(region.start[1], strideJ) + at(region.start[2] + begin, strideK);
    const std::uint64_t span = at(region.size[0] - 1, strideI) + at(region.size[1] - 1, strideJ) +
                               at(step - 1, strideK) + at(info.components - 1, strideC) + 1;
    const auto buffer = BufferPool::global().acquire(span * element);
    fetch(reading, first * element, {buffer->mutableData(), span * element});
    const auto slabTarget = reading.target.subspan(static_cast<std::size_t>(begin) * sliceBytes,
                                                   static_cast<std::size_t>(step) * sliceBytes);
    trace::Scope scope("gather", slabTarget.size());
    std::byte* out = slabTarget.data();
    for (std::int64_t k = 0; k < step; ++k) {
      for (std::int64_t j = 0; j < region.size[1]; ++j) {
        for (std::int64_t i = 0; i < region.size[0]; ++i) {
          const std::uint64_t from = at(i, strideI) + at(j, strideJ) + at(k, strideK);
          for (std::int64_t c = 0; c < info.components; ++c, out += element) {
            std::memcpy(out, buffer->data() + (from + at(c, strideC)) * element, element);
          }
        }
      }
    }
    trace::counters().bytesCopied.fetch_add(slabTarget.size());
    publish(reading, slab(region, begin, begin + step), slabTarget);
  }
}

void RawSource::publish(Reading& reading, const Region& part, std::span<std::byte> voxels) {
  const std::size_t element = bytesOf(layout_.info.pixelType);
  // Numbers written as text have no byte order.
  if (layout_.info.byteOrder != kNativeOrder && element > 1 && layout_.encoding != Encoding::Ascii) {
    trace::Scope scope("swap", voxels.size());
    swapBytes(voxels, element);
  }
  if (reading.onFilled) reading.onFilled(part);
  const Region& region = reading.request.region;
  reading.job.report(static_cast<double>(part.end()[2] - region.start[2]) / static_cast<double>(region.size[2]),
                     "Reading");
}

void RawSource::fetch(Reading& reading, std::uint64_t offset, std::span<std::byte> target) {
  reading.job.throwIfCancelled();
  if (layout_.encoding == Encoding::Raw) {
    fetchRaw(offset, target);
    return;
  }
  if (!reading.stream || reading.stream->position() > offset) reading.stream = takeStream(offset, reading.job);
  reading.stream->skipTo(offset, reading.job);
  reading.stream->read(target);
}

void RawSource::fetchRaw(std::uint64_t offset, std::span<std::byte> target) {
  trace::Scope scope("read", target.size());
  const auto skip = static_cast<std::uint64_t>(std::max<std::int64_t>(layout_.decodedSkip, 0));
  std::uint64_t begin = 0;  // of the segment, in voxel bytes
  for (const DataSegment& segment : layout_.segments) {
    if (target.empty()) return;
    if (offset < begin + segment.bytes) {
      const std::uint64_t inside = offset - begin;
      const auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(target.size(), segment.bytes - inside));
      const auto file = single_ ? single_ : std::make_shared<const File>(segment.path);
      file->readAt(static_cast<std::uint64_t>(segment.offset) + skip + inside, target.first(piece));
      target = target.subspan(piece);
      offset += piece;
    }
    begin += segment.bytes;
  }
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
