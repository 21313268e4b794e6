#include "core/io/voxel_stream.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::size_t kScratch = std::size_t{1} << 18;
/// Most bytes decoded between two looks at the job: some 20 ms of the slowest decoder.
constexpr std::uint64_t kDecodeStep = std::uint64_t{1} << 19;
/// How much may follow the voxels before the end is left unverified.
constexpr std::uint64_t kMostDrained = std::uint64_t{256} << 20;

std::unique_ptr<Decoder> openDecoder(const RawLayout& layout, const DataSegment& segment) {
  return makeDecoder(layout.encoding,
                     ChunkedInput(std::make_shared<File>(segment.path), static_cast<std::uint64_t>(segment.offset)),
                     layout.info.pixelType, segment.crc);
}

}  // namespace

VoxelStream::VoxelStream(const RawLayout& layout, std::uint64_t skip, const GzipIndex& index, std::size_t point)
    : layout_(layout), skip_(skip), segment_(1) {
  const DataSegment& segment = layout.segments.front();
  const GzipPoint& p = index.points.at(point);
  const auto window = index.window(point);
  position_ = p.out - skip;
  leftInSegment_ = segment.bytes - std::min(segment.bytes, position_);
  scratch_.resize(kScratch);
  decoder_ = std::make_unique<Inflater>(ChunkedInput(std::make_shared<File>(segment.path), p.bit / 8), Wrapper::Gzip,
                                        BlockStart{p.out, p.bit, window});
}

void VoxelStream::makeIndex() {
  builder_ = std::make_unique<GzipIndexBuilder>(skip_ + layout_.info.totalBytes());
}

void VoxelStream::openSegment(const JobContext& job) {
  // The end of a segment holds its checksum.
  if (decoder_) (void)drain(job);
  const DataSegment& segment = layout_.segments.at(segment_++);
  decoder_ = openDecoder(layout_, segment);
  if (auto* inflater = builder_ ? dynamic_cast<Inflater*>(decoder_.get()) : nullptr) {
    inflater->watchBlocks(builder_->spacing(), [this](const BlockStart& start) { builder_->add(start); });
  }
  leftInSegment_ = segment.bytes;
  scratch_.resize(kScratch);
  for (std::uint64_t left = skip_; left > 0;) {
    const std::size_t got = decoder_->decode({scratch_.data(), std::min<std::uint64_t>(left, kScratch)}, job);
    if (got == 0) throw fileError(ErrorCode::Truncated, segment.path, "the data end before the first voxel");
    left -= got;
  }
}

void VoxelStream::read(std::span<std::byte> target, const JobContext& job) {
  trace::Scope scope("inflate", target.size());
  while (!target.empty()) {
    if (leftInSegment_ == 0) openSegment(job);
    job.throwIfCancelled();
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>({target.size(), leftInSegment_, kDecodeStep}));
    const std::size_t got = decoder_->decode(target.first(want), job);
    position_ += got;
    leftInSegment_ -= got;
    if (got < want) {
      throw fileError(
          ErrorCode::Truncated, layout_.segments[segment_ - 1].path,
          fmt::format("the voxels end early (expected {} bytes, found {})", layout_.info.totalBytes(), position_));
    }
    target = target.subspan(want);
  }
}

void VoxelStream::skipTo(std::uint64_t position, const JobContext& job) {
  scratch_.resize(kScratch);
  while (position_ < position) {
    read({scratch_.data(), static_cast<std::size_t>(std::min<std::uint64_t>(position - position_, kScratch))}, job);
  }
}

std::uint64_t VoxelStream::drain(const JobContext& job) {
  trace::Scope scope("inflate");
  std::uint64_t extra = 0;
  while (extra < kMostDrained) {
    job.throwIfCancelled();
    const std::size_t got = decoder_->decode(scratch_, job);
    if (got == 0) break;
    extra += got;
  }
  return extra;
}

std::optional<std::string> VoxelStream::finish(const JobContext& job) {
  if (!decoder_) return std::nullopt;
  const std::uint64_t extra = drain(job);
  auto* inflater = extra < kMostDrained ? dynamic_cast<Inflater*>(decoder_.get()) : nullptr;
  const std::uint64_t behind = inflater != nullptr ? inflater->bytesBehind(job) : 0;
  // With an index nobody comes by the end again, and what is odd about it would be said once only.
  if (builder_ && inflater != nullptr && inflater->members() == 1 && behind == 0) {
    index_ = builder_->finish(skip_ + position_ + extra, inflater->checksum());
  }
  decoder_.reset();
  if (extra >= kMostDrained) {
    return "more than 256 MiB follow the voxels: the checksum at their end was not reached and not verified";
  }
  if (extra > 0) return fmt::format("{} bytes follow the voxels and were ignored", extra);
  if (behind > 0) return fmt::format("{} bytes follow the compressed data and were ignored", behind);
  return std::nullopt;
}

std::uint64_t decodedLength(const RawLayout& layout, const DataSegment& segment, const JobContext& job) {
  trace::Scope scope("inflate");
  const auto decoder = openDecoder(layout, segment);
  std::vector<std::byte> scratch(kScratch);
  std::uint64_t length = 0;
  for (;;) {
    job.throwIfCancelled();
    const std::size_t got = decoder->decode(scratch, job);
    length += got;
    if (got < scratch.size()) return length;
  }
}

}  // namespace voxmark
