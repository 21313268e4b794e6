#include "core/io/volume_source.h"

#include <cstring>

#include <fmt/format.h>

#include "core/io/steps.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark {

void VolumeSource::checkRequest(const ReadRequest& request, std::span<std::byte> target) const {
  const VolumeInfo& about = info();
  if (request.region.empty() || !wholeOf(about.geometry.size).contains(request.region)) {
    throw fileError(ErrorCode::Usage, about.path,
                    fmt::format("the region {} does not lie inside {}×{}×{} voxels", toString(request.region),
                                about.geometry.size[0], about.geometry.size[1], about.geometry.size[2]));
  }
  if (request.frame < 0 || request.frame >= about.frames) {
    throw fileError(ErrorCode::Usage, about.path,
                    fmt::format("there is no frame {} (expected 0 to {})", request.frame, about.frames - 1));
  }
  const std::uint64_t needed = static_cast<std::uint64_t>(request.region.voxels()) * about.voxelBytes();
  if (target.size() < needed) {
    throw Error(ErrorCode::Usage, fmt::format("a read of {} bytes was given room for {}", needed, target.size()));
  }
}

void MemorySource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                        JobContext& job) {
  checkRequest(request, target);
  copyRegion(*volume_, request, target, job);
  if (onFilled) onFilled(request.region);
}

void copyRegion(const Volume& volume, const ReadRequest& request, std::span<std::byte> target, const JobContext& job) {
  const VolumeInfo& info = volume.info();
  const std::size_t voxel = info.voxelBytes();
  const Region& region = request.region;
  const std::size_t row = static_cast<std::size_t>(region.size[0]) * voxel;
  trace::Scope scope("copy", row * static_cast<std::uint64_t>(region.size[1] * region.size[2]));
  const std::byte* base = volume.frameData(request.frame);
  const Index3& size = info.geometry.size;
  const bool wholeRows = region.size[0] == size[0];
  for (std::int64_t k = 0; k < region.size[2]; ++k) {
    for (std::int64_t j = 0; j < region.size[1]; j += wholeRows ? region.size[1] : 1) {
      const std::int64_t first = ((region.start[2] + k) * size[1] + region.start[1] + j) * size[0] + region.start[0];
      const std::byte* from = base + static_cast<std::size_t>(first) * voxel;
      std::byte* out = target.data() + static_cast<std::size_t>(k * region.size[1] + j) * row;
      const std::size_t bytes = wholeRows ? row * static_cast<std::size_t>(region.size[1]) : row;
      inSteps(bytes, voxel, job, [&](std::size_t at, std::size_t part) { std::memcpy(out + at, from + at, part); });
    }
  }
  trace::counters().bytesCopied.fetch_add(static_cast<std::uint64_t>(region.voxels()) * voxel);
}

std::shared_ptr<Volume> readVolume(VolumeSource& source, JobContext& job, std::int64_t frame) {
  VolumeInfo info = source.info();
  const std::int64_t first = frame < 0 ? 0 : frame;
  const std::int64_t count = frame < 0 ? info.frames : 1;
  if (frame >= 0) {
    if (info.scale.perSlice()) {
      const auto& all = info.scale.entries();
      const auto from = all.begin() + frame * info.geometry.size[2];
      info.scale = ValueScale(std::vector<LinearScale>(from, from + info.geometry.size[2]));
    }
    info.frames = 1;
    info.frameAxes.clear();
  }
  info.byteOrder = ByteOrder::Little;
  auto volume = std::make_shared<Volume>(info);
  const Region whole = wholeOf(info.geometry.size);
  for (std::int64_t index = 0; index < count; ++index) {
    const auto part = job.part(static_cast<double>(index) / static_cast<double>(count),
                               static_cast<double>(index + 1) / static_cast<double>(count));
    source.read({whole, first + index}, {volume->mutableFrameData(index), info.frameBytes()}, {}, *part);
  }
  job.report(1.0, "Reading");
  return volume;
}

}  // namespace voxmark
