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
  packing_ = packing(stored_);
  file_ = std::make_unique<AtomicFile>(packing_.headerPath.empty() ? path_ : packing_.headerPath, options_.overwrite);
  const bool apart = !packing_.dataPath.empty();
  if (apart) data_ = std::make_unique<AtomicFile>(packing_.dataPath, options_.overwrite);
  // Deflated data shrink to 1/1032 at the best.
  constexpr std::uint64_t kMostPacking = 1032;
  (apart ? *data_ : *file_).requireRoom(stored_.totalBytes() / (packing_.compress ? kMostPacking : 1));
  if (!apart && !packing_.headerToo) file_->append(header(stored_, 0));
  if (packing_.compress) {
    const std::uint64_t before = packing_.headerToo ? header(stored_, 0).size() : 0;
    compressor_ = std::make_unique<GzipWriter>(apart ? *data_ : *file_, *packing_.compress, options_.level,
                                               options_.threads, before + stored_.totalBytes());
  }
  stream_.begin = (apart ? *data_ : *file_).size();
  if (packing_.headerToo) append(header(stored_, 0), JobContext());
  append(streamStart(stored_), JobContext());
  if (packing_.planar) spool_ = std::make_unique<PlaneSpool>(path_);
}

std::vector<std::string> FileSink::notes() const {
  if (!applyScale_) return {};
  return {fmt::format("the container has no room for the scale of the values: they are stored multiplied out, as {}",
                      pixelTypeName(stored_.pixelType))};
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
    put(voxels, job);
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
  if (spool_) {
    spool_->replay(stored_.totalBytes(), job, [&](std::span<const std::byte> part) { append(part, job); });
    spool_.reset();
  }
  if (compressor_) compressor_->finish(job);
  if (packing_.closed) {
    AtomicFile& file = data_ ? *data_ : *file_;
    stream_.stored = file.size() - stream_.begin;
    close(stored_, stream_, file);
  }
  if (!data_) {
    file_->commit();
    return;
  }
  file_->append(header(stored_, data_->size()));
  data_->commit();
  try {
    file_->commit();
  } catch (...) {
    data_->revoke();
    throw;
  }
}

void FileSink::put(std::span<const std::byte> voxels, const JobContext& job) {
  if (!spool_) {
    append(voxels, job);
    return;
  }
  inSteps(voxels.size(), stored_.voxelBytes(), job,
          [&](std::size_t at, std::size_t part) { spread(voxels.subspan(at, part)); });
}

void FileSink::append(std::span<const std::byte> data, const JobContext& job) {
  AtomicFile& file = data_ ? *data_ : *file_;
  if (compressor_ && !packing_.closed) {
    compressor_->append(data, job);
    return;
  }
  inSteps(data.size(), 1, job, [&](std::size_t at, std::size_t bytes) {
    const auto part = data.subspan(at, bytes);
    if (packing_.closed) {
      trace::Scope scope("checksum", bytes);
      stream_.crc = continuedCrc(stream_.crc, part);
    }
    if (compressor_) {
      compressor_->append(part, job);
    } else {
      file.append(part);
    }
  });
}

/// Puts each component of whole voxels where it belongs in the planar order.
void FileSink::spread(std::span<const std::byte> voxels) {
  const std::size_t element = bytesOf(stored_.pixelType);
  const auto components = static_cast<std::size_t>(stored_.components);
  const std::size_t count = voxels.size() / stored_.voxelBytes();
  const std::uint64_t plane = stored_.totalBytes() / components;
  std::vector<std::byte> one(count * element);
  for (std::size_t c = 0; c < components; ++c) {
    for (std::size_t n = 0; n < count; ++n) {
      std::memcpy(&one[n * element], &voxels[(n * components + c) * element], element);
    }
    spool_->put(c * plane + voxelsSpread_ * element, one);
  }
  voxelsSpread_ += count;
}

void FileSink::putScaled(std::span<const std::byte> voxels, std::int64_t frame, const Region& region,
                         const JobContext& job) {
  const std::size_t sliceBytes =
      static_cast<std::size_t>(region.size[0] * region.size[1]) * static_cast<std::size_t>(given_.voxelBytes());
  const std::size_t inBytes = bytesOf(given_.pixelType);
  const std::size_t most = std::max(std::min(sliceBytes, kStepBytes), given_.voxelBytes());
  std::vector<std::byte> out(most / inBytes * bytesOf(stored_.pixelType));
  for (std::int64_t k = 0; k < region.size[2]; ++k) {
    const LinearScale scale = given_.scale.at(frame, region.start[2] + k, given_.geometry.size[2]);
    const std::byte* from = voxels.data() + static_cast<std::size_t>(k) * sliceBytes;
    inSteps(sliceBytes, given_.voxelBytes(), job, [&](std::size_t at, std::size_t bytes) {
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
      put(std::span(out).first(count * bytesOf(stored_.pixelType)), job);
    });
  }
}

}  // namespace voxmark
