#include "core/ops/value_sweep.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/parallel_for.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{32} << 20;
/// Of what is read a part at a time from where all parts cost the same: it stays in the caches.
constexpr std::uint64_t kCachedSlabBytes = std::uint64_t{2} << 20;
constexpr std::int64_t kChunkVoxels = 65536;

bool maskFits(const StatisticsRequest& request, const Region& region) {
  if (request.mask == nullptr) return true;
  const Region held{request.maskStart, request.mask->grid().size};
  return held.contains(region);
}

}  // namespace

ValueSweep::ValueSweep(VolumeSource& source, const StatisticsRequest& request)
    : source_(source), request_(request), region_(request.region.value_or(wholeOf(source.info().geometry.size))) {
  const VolumeInfo& info = source.info();
  if (region_.empty() || !wholeOf(info.geometry.size).contains(region_)) {
    throw Error(ErrorCode::Usage, fmt::format("the region {} does not lie inside the volume", toString(region_)));
  }
  if (request.component && (*request.component < 0 || *request.component >= info.components)) {
    throw Error(ErrorCode::Usage,
                fmt::format("there is no component {} (expected 0 to {})", *request.component, info.components - 1));
  }
  if (!maskFits(request, region_)) {
    throw Error(ErrorCode::Usage, fmt::format("the mask does not hold the region {}", toString(region_)));
  }
}

void ValueSweep::run(const Visit& visit, const std::function<void(std::size_t)>& beginSlab,
                     const std::function<void()>& endSlab, JobContext& job, double from, double to) const {
  const VolumeInfo& info = source_.info();
  const Index3& size = info.geometry.size;
  const std::int64_t firstFrame = request_.frame.value_or(0);
  const std::int64_t frames = request_.frame ? 1 : info.frames;
  const auto sliceBytes = static_cast<std::uint64_t>(region_.size[0] * region_.size[1]) * info.voxelBytes();
  const std::uint64_t slabBytes = source_.partsStandAlone() ? kCachedSlabBytes : kSlabBytes;
  const auto perSlab = std::clamp<std::int64_t>(static_cast<std::int64_t>(slabBytes / sliceBytes), 1, region_.size[2]);
  const Volume* resident = source_.resident();
  const bool direct = resident != nullptr && resident->onHost();
  std::unique_ptr<Storage> buffer;
  if (!direct) buffer = BufferPool::global().acquire(static_cast<std::uint64_t>(perSlab) * sliceBytes);
  JobContext quiet(job.token(), {});
  for (std::int64_t frame = firstFrame; frame < firstFrame + frames; ++frame) {
    for (std::int64_t begin = 0; begin < region_.size[2]; begin += perSlab) {
      job.throwIfCancelled();
      const std::int64_t end = std::min(region_.size[2], begin + perSlab);
      const Region part = slab(region_, begin, end);
      Rows rows{nullptr, region_.size[0], region_.size[0] * region_.size[1]};
      if (direct) {
        const std::int64_t first = (part.start[2] * size[1] + part.start[1]) * size[0] + part.start[0];
        rows = {resident->frameData(frame) + static_cast<std::size_t>(first) * info.voxelBytes(), size[0],
                size[0] * size[1]};
      } else {
        const auto bytes = static_cast<std::size_t>(end - begin) * static_cast<std::size_t>(sliceBytes);
        source_.read({part, frame}, {buffer->mutableData(), bytes}, {}, quiet);
        rows.first = buffer->data();
      }
      sweepSlab(rows, part, frame, visit, beginSlab, job);
      job.throwIfCancelled();
      endSlab();
      const double slabs = static_cast<double>(end) / static_cast<double>(region_.size[2]);
      const double done = (static_cast<double>(frame - firstFrame) + slabs) / static_cast<double>(frames);
      job.report(from + (to - from) * done, "Measuring");
    }
  }
}

void ValueSweep::sweepSlab(const Rows& rows, const Region& part, std::int64_t frame, const Visit& visit,
                           const std::function<void(std::size_t)>& beginSlab, const JobContext& job) const {
  const auto count = static_cast<std::size_t>(part.size[1] * part.size[2]);
  const auto perChunk = static_cast<std::size_t>(std::max<std::int64_t>(1, kChunkVoxels / part.size[0]));
  trace::Scope scope("statistics", static_cast<std::uint64_t>(part.voxels()) * source_.info().voxelBytes());
  beginSlab(chunkCount(count, perChunk));
  parallelFor(count, perChunk, request_.threads, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    if (job.cancelled()) return;
    visit(runsOf(rows, part, frame, begin, end), chunk);
  });
}

std::vector<ElementRun> ValueSweep::runsOf(const Rows& rows, const Region& part, std::int64_t frame, std::size_t begin,
                                           std::size_t end) const {
  const VolumeInfo& info = source_.info();
  const std::int64_t components = info.components;
  ElementRun one;
  one.stride = request_.component ? components : 1;
  one.elementsPerBit = request_.component ? 1 : components;
  one.count = static_cast<std::size_t>(part.size[0] * one.elementsPerBit);
  const std::size_t offset = static_cast<std::size_t>(request_.component.value_or(0)) * bytesOf(info.pixelType);
  std::vector<ElementRun> out;
  const bool follow = request_.mask == nullptr && !info.scale.perSlice() && rows.rowStep == part.size[0] &&
                      rows.sliceStep == part.size[0] * part.size[1];
  for (std::size_t r = begin; r < end; ++r) {
    const std::int64_t j = static_cast<std::int64_t>(r) % part.size[1];
    const std::int64_t k = static_cast<std::int64_t>(r) / part.size[1];
    one.stored =
        rows.first + static_cast<std::size_t>(j * rows.rowStep + k * rows.sliceStep) * info.voxelBytes() + offset;
    one.scale = info.scale.at(frame, part.start[2] + k, info.geometry.size[2]);
    if (follow) {
      one.count *= end - begin;
      return {one};
    }
    if (request_.mask != nullptr) {
      one.mask =
          request_.mask->row(part.start[1] + j - request_.maskStart[1], part.start[2] + k - request_.maskStart[2]);
      one.firstBit = part.start[0] - request_.maskStart[0];
    }
    out.push_back(one);
  }
  return out;
}

}  // namespace voxmark
