#include "core/io/layout_reading.h"

#include <algorithm>
#include <cstring>

#include "core/base/parallel_for.h"
#include "core/io/byte_order.h"
#include "core/io/gzip_writer.h"
#include "core/io/steps.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{4} << 20;
/// A gap between two rows that is cheaper to read over than to begin another read behind it.
constexpr std::uint64_t kCheapGap = std::uint64_t{16} << 10;
/// Most bytes read at once of which only rows are wanted: they stay in the second-level cache until these are copied.
constexpr std::uint64_t kSpanBytes = std::uint64_t{256} << 10;

std::uint64_t at(std::int64_t n, std::uint64_t stride) {
  return static_cast<std::uint64_t>(n) * stride;
}

}  // namespace

/// Whether threads gain by reading parts of the target each: not where a stream has to be decoded from its beginning.
bool RawSource::partsAreIndependent(const Reading& reading) const {
  constexpr std::size_t kLeast = std::size_t{8} << 20;
  if (layout_.encoding == Encoding::Raw) return reading.target.size() >= kLeast;
  return reading.index != nullptr;
}

void RawSource::readDense(Reading& reading) {
  const VolumeInfo& info = layout_.info;
  const Region& region = reading.request.region;
  const std::uint64_t sliceBytes = at(region.size[0] * region.size[1], info.voxelBytes());
  const auto most = static_cast<std::int64_t>(std::max<std::uint64_t>(1, kSlabBytes / sliceBytes));
  // The first slice is published as soon as it is there; those behind it come in larger and larger parts.
  std::vector<std::int64_t> ends;
  std::int64_t slices = 1;
  for (std::int64_t end = 0; end < region.size[2]; slices = std::min(2 * slices, most)) {
    end = std::min(end + slices, region.size[2]);
    ends.push_back(end);
  }
  const auto beginOf = [&](std::size_t n) { return n == 0 ? 0 : ends[n - 1]; };
  const bool several = defaultThreads() > 1 && ends.size() > 1 && partsAreIndependent(reading);
  if (!several) {
    for (std::size_t n = 0; n < ends.size(); ++n) readSlices(reading, beginOf(n), ends[n]);
    return;
  }
  reading.checking = reading.index != nullptr && region == wholeOf(info.geometry.size);
  std::vector<std::uint32_t> checksums(ends.size());
  const std::uint64_t action = trace::currentAction();
  const auto readPart = [&](std::size_t n) {
    Reading share = reading.share();
    readSlices(share, beginOf(n), ends[n]);
    checksums[n] = share.checksum;
  };
  readPart(0);  // before any other
  parallelInOrder(ends.size() - 1, 0, [&](std::size_t n) {
    const trace::Adopt adopt(action);
    readPart(n + 1);
  });
  if (!reading.checking) return;
  std::uint32_t all = 0;
  for (std::size_t n = 0; n < ends.size(); ++n) {
    all = joinedCrc(all, checksums[n], at(ends[n] - beginOf(n), sliceBytes));
  }
  checkFrame(reading, all);
}

/// Slices [begin, end) of the region.
void RawSource::readSlices(Reading& reading, std::int64_t begin, std::int64_t end) {
  const VolumeInfo& info = layout_.info;
  const Index3& size = info.geometry.size;
  const Region& region = reading.request.region;
  const std::uint64_t voxel = info.voxelBytes();
  const std::uint64_t rowStride = at(size[0], voxel);
  const std::uint64_t sliceStride = at(size[1], rowStride);
  const std::uint64_t first = at(reading.request.frame, info.frameBytes()) + at(region.start[2], sliceStride) +
                              at(region.start[1], rowStride) + at(region.start[0], voxel);
  const std::uint64_t sliceBytes = at(region.size[0] * region.size[1], voxel);
  const bool wholeRows = region.size[0] == size[0];
  const bool wholeSlices = wholeRows && region.size[1] == size[1];
  const auto part = reading.target.subspan(static_cast<std::size_t>(begin) * sliceBytes,
                                           static_cast<std::size_t>(end - begin) * sliceBytes);
  if (wholeSlices) {
    fetchRows(reading, first + at(begin, sliceStride), 1, 0, part);
  } else {
    for (std::int64_t k = begin; k < end; ++k) {
      const auto slice = part.subspan(static_cast<std::size_t>(k - begin) * sliceBytes, sliceBytes);
      fetchRows(reading, first + at(k, sliceStride), wholeRows ? 1 : region.size[1], rowStride, slice);
    }
  }
  if (reading.checking) {
    reading.checksum = continuedCrc(0, part);
  }
  publish(reading, slab(region, begin, end), part);
}

void RawSource::fetchRows(Reading& reading, std::uint64_t offset, std::int64_t rows, std::uint64_t stride,
                          std::span<std::byte> target) {
  const std::size_t piece = target.size() / static_cast<std::size_t>(rows);
  // What lies between the rows of a stream has to be decoded anyway.
  const bool apart = layout_.encoding == Encoding::Raw && stride > piece + kCheapGap;
  const auto together =
      rows == 1 || apart ? 1 : std::clamp(static_cast<std::int64_t>(kSpanBytes / stride), std::int64_t{1}, rows);
  for (std::int64_t row = 0; row < rows; row += together) {
    const std::int64_t count = std::min(together, rows - row);
    const auto out = target.subspan(static_cast<std::size_t>(row) * piece, static_cast<std::size_t>(count) * piece);
    const std::uint64_t begin = offset + at(row, stride);
    if (count == 1) {
      inSteps(out.size(), 1, reading.job, [&](std::size_t from, std::size_t bytes) {
        fetch(reading, begin + from, out.subspan(from, bytes));
        reading.advance(bytes);
      });
      continue;
    }
    const std::uint64_t span = at(count - 1, stride) + piece;
    if (reading.scratch.size() < span) reading.scratch.resize(span);
    fetch(reading, begin, {reading.scratch.data(), span});
    for (std::int64_t n = 0; n < count; ++n) {
      std::memcpy(out.data() + static_cast<std::size_t>(n) * piece, reading.scratch.data() + at(n, stride), piece);
    }
    reading.advance(out.size());
  }
}

void RawSource::readGathered(Reading& reading) {
  const VolumeInfo& info = layout_.info;
  const Region& region = reading.request.region;
  const std::size_t element = bytesOf(info.pixelType);
  const std::uint64_t strideI = stride_[0], strideJ = stride_[1], strideK = stride_[2], strideC = stride_[3];
  // Components that lie far apart are fetched one by one, unless they come in a stream, whose order is given.
  const bool apart = layout_.encoding == Encoding::Raw && strideC >= std::max({strideI, strideJ, strideK});
  // Where k is the slowest axis of what is fetched, slice by slice; otherwise the slices of the region lie among each
  // other.
  const bool bySlice = strideK >= std::max({strideI, strideJ, apart ? 0 : strideC});
  const std::int64_t step = bySlice ? 1 : region.size[2];
  const std::uint64_t sliceBytes = at(region.size[0] * region.size[1], info.voxelBytes());
  const std::size_t rowBytes = at(region.size[0], info.voxelBytes());
  for (std::int64_t begin = 0; begin < region.size[2]; begin += step) {
    const std::uint64_t first = at(reading.request.frame, stride_[4]) + at(region.start[0], strideI) +
                                at(region.start[1], strideJ) + at(region.start[2] + begin, strideK);
    const std::uint64_t one =
        at(region.size[0] - 1, strideI) + at(region.size[1] - 1, strideJ) + at(step - 1, strideK) + 1;
    const std::uint64_t componentStride = apart ? one : strideC;
    const std::uint64_t span = one + at(info.components - 1, componentStride);
    const auto buffer = BufferPool::global().acquire(span * element);
    const std::int64_t pieces = apart ? info.components : 1;
    for (std::int64_t c = 0; c < pieces; ++c) {
      const std::uint64_t from = (first + at(c, strideC)) * element;
      std::byte* to = buffer->mutableData() + at(c, one) * element;
      inSteps((apart ? one : span) * element, 1, reading.job, [&](std::size_t done, std::size_t bytes) {
        fetch(reading, from + done, {to + done, bytes});
      });
    }
    const auto part = reading.target.subspan(static_cast<std::size_t>(begin) * sliceBytes,
                                             static_cast<std::size_t>(step) * sliceBytes);
    trace::Scope scope("gather", part.size());
    for (std::int64_t row = 0; row < step * region.size[1]; ++row) {
      const std::uint64_t from = at(row % region.size[1], strideJ) + at(row / region.size[1], strideK);
      gatherRow(reading, buffer->data() + from * element, componentStride,
                part.subspan(static_cast<std::size_t>(row) * rowBytes, rowBytes));
    }
    trace::counters().bytesCopied.fetch_add(part.size());
    publish(reading, slab(region, begin, begin + step), part);
  }
}

void RawSource::gatherRow(Reading& reading, const std::byte* from, std::uint64_t componentStride,
                          std::span<std::byte> out) const {
  const std::size_t element = bytesOf(layout_.info.pixelType);
  const std::size_t voxel = layout_.info.voxelBytes();
  inSteps(out.size(), voxel, reading.job, [&](std::size_t begin, std::size_t bytes) {
    std::byte* to = out.data() + begin;
    for (std::uint64_t i = begin / voxel; i < (begin + bytes) / voxel; ++i) {
      for (std::int64_t c = 0; c < layout_.info.components; ++c, to += element) {
        std::memcpy(to, from + (i * stride_[0] + at(c, componentStride)) * element, element);
      }
    }
    reading.advance(bytes);
  });
}

void RawSource::publish(Reading& reading, const Region& part, std::span<std::byte> voxels) const {
  const std::size_t element = bytesOf(layout_.info.pixelType);
  // Numbers written as text have no byte order.
  if (layout_.info.byteOrder != kNativeOrder && element > 1 && layout_.encoding != Encoding::Ascii) {
    trace::Scope scope("swap", voxels.size());
    inSteps(voxels.size(), element, reading.job,
            [&](std::size_t begin, std::size_t bytes) { swapBytes(voxels.subspan(begin, bytes), element); });
  }
  if (reading.onFilled) reading.onFilled(part);
}

void RawSource::fetch(Reading& reading, std::uint64_t offset, std::span<std::byte> target) {
  reading.job.throwIfCancelled();
  if (layout_.encoding == Encoding::Raw) {
    fetchRaw(offset, target);
    return;
  }
  const VoxelStream* stream = reading.stream.get();
  if (stream == nullptr || stream->position() > offset || jumpPays(reading.index.get(), stream->position(), offset)) {
    reading.stream = takeStream(reading, offset);
  }
  reading.stream->skipTo(offset, reading.job);
  reading.stream->read(target, reading.job);
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

}  // namespace voxmark
