#include "core/io/file_sink.h"

#include <cstring>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/steps.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

/// Values of `count` elements of type In, scaled, as type Out.
template <typename In, typename Out>
void scaleElements(const std::byte* from, std::byte* to, std::size_t count, const LinearScale& scale) {
  for (std::size_t n = 0; n < count; ++n) {
    In stored;
    std::memcpy(&stored, from + n * sizeof(In), sizeof(In));
    const auto value = static_cast<Out>(scale.apply(static_cast<double>(stored)));
    std::memcpy(to + n * sizeof(Out), &value, sizeof(Out));
  }
}

}  // namespace

void FileSink::begin(const VolumeInfo& info) {
  validate(info);
  given_ = info;
  stored_ = info;
  stored_.byteOrder = kNativeOrder;
  applyScale_ = !info.scale.identity() && !holdsScale(info);
  if (applyScale_) {
    // Single precision holds every scaled 16-bit number to half its last place; wider ones need more.
    stored_.pixelType = bytesOf(info.pixelType) > 2 ? PixelType::F64 : PixelType::F32;
    stored_.scale = ValueScale();
  }
  check(stored_);
  file_ = std::make_unique<AtomicFile>(path_, options_.overwrite);
  const std::vector<std::byte> head = header(stored_);
  if (!packing().headerToo) file_->append(head);
  if (packing().gzip) gzip_ = std::make_unique<GzipWriter>(*file_, options_.level);
  if (packing().headerToo) put(head);
}

void FileSink::write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) {
  job.throwIfCancelled();
  const Index3& size = given_.geometry.size;
  const bool wholeSlices =
      region.start[0] == 0 && region.start[1] == 0 && region.size[0] == size[0] && region.size[1] == size[1];
  const bool inOrder = file_ != nullptr && frame * size[2] + region.start[2] == nextSlice_ &&
                       region.end()[2] <= size[2] && frame < given_.frames;
  const std::uint64_t bytes = static_cast<std::uint64_t>(region.voxels()) * given_.voxelBytes();
  if (!wholeSlices || !inOrder || voxels.size() != bytes) {
    throw fileError(ErrorCode::Usage, path_,
                    fmt::format("slabs must be whole slices in order (found {} of frame {} with {} bytes)",
                                toString(region), frame, voxels.size()));
  }
  if (applyScale_) {
    putScaled(voxels, frame, region, job);
  } else {
    inSteps(voxels.size(), 1, job, [&](std::size_t at, std::size_t part) { put(voxels.subspan(at, part)); });
  }
  nextSlice_ += region.size[2];
}

void FileSink::finish(JobContext& job) {
  job.throwIfCancelled();
  if (file_ == nullptr || nextSlice_ != given_.geometry.size[2] * given_.frames) {
    throw fileError(ErrorCode::Usage, path_,
                    fmt::format("not all slices were written (expected {}, found {})",
                                given_.geometry.size[2] * given_.frames, nextSlice_));
  }
  if (gzip_) gzip_->finish();
  file_->commit();
}

void FileSink::put(std::span<const std::byte> data) {
  if (gzip_) {
    gzip_->append(data);
  } else {
    file_->append(data);
  }
}

void FileSink::putScaled(std::span<const std::byte> voxels, std::int64_t frame, const Region& region,
                         const JobContext& job) {
  const std::size_t sliceBytes =
      static_cast<std::size_t>(region.size[0] * region.size[1]) * static_cast<std::size_t>(given_.voxelBytes());
  const std::size_t inBytes = bytesOf(given_.pixelType);
  std::vector<std::byte> out(std::min(sliceBytes, kStepBytes) / inBytes * bytesOf(stored_.pixelType));
  for (std::int64_t k = 0; k < region.size[2]; ++k) {
    const LinearScale scale = given_.scale.at(frame, region.start[2] + k, given_.geometry.size[2]);
    const std::byte* from = voxels.data() + static_cast<std::size_t>(k) * sliceBytes;
    inSteps(sliceBytes, inBytes, job, [&](std::size_t at, std::size_t bytes) {
      trace::Scope scope("scale", bytes);
      const std::size_t count = bytes / inBytes;
      visitPixelType(given_.pixelType, [&](auto tag) {
        using In = typename decltype(tag)::type;
        if (stored_.pixelType == PixelType::F32) {
          scaleElements<In, float>(from + at, out.data(), count, scale);
        } else {
          scaleElements<In, double>(from + at, out.data(), count, scale);
        }
      });
      put({out.data(), count * bytesOf(stored_.pixelType)});
    });
  }
}

}  // namespace voxmark
