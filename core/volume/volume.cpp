#include "core/volume/volume.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/memory/buffer_pool.h"

namespace voxmark {

Volume::Volume(VolumeInfo info, std::unique_ptr<Storage> storage)
    : info_(std::move(info)), storage_(std::move(storage)) {
  if (storage_->bytes() < info_.totalBytes()) {
    throw Error(ErrorCode::Usage, fmt::format("a volume of {} bytes was given storage of {} bytes", info_.totalBytes(),
                                              storage_->bytes()));
  }
}

Volume::Volume(VolumeInfo info) : info_(std::move(info)) {
  validate(info_);
  storage_ = BufferPool::global().acquire(info_.totalBytes());
}

const std::byte* Volume::frameData(std::int64_t frame) const {
  const std::byte* base = storage_->data();
  return base == nullptr ? nullptr : base + static_cast<std::uint64_t>(frame) * info_.frameBytes();
}

std::byte* Volume::mutableFrameData(std::int64_t frame) {
  std::byte* base = storage_->mutableData();
  if (base == nullptr) throw Error(ErrorCode::Usage, "the voxels of this volume cannot be written");
  return base + static_cast<std::uint64_t>(frame) * info_.frameBytes();
}

double Volume::valueAt(std::int64_t frame, const Index3& voxel, int component) const {
  const Index3& size = info_.geometry.size;
  const std::int64_t offset = ((voxel[2] * size[1] + voxel[1]) * size[0] + voxel[0]) * info_.components + component;
  const double stored = visitPixelType(info_.pixelType, [&](auto tag) {
    using T = typename decltype(tag)::type;
    return static_cast<double>(reinterpret_cast<const T*>(frameData(frame))[offset]);
  });
  return info_.scale.at(frame, voxel[2], size[2]).apply(stored);
}

void Volume::requireType(PixelType type) const {
  if (type != info_.pixelType) {
    throw Error(ErrorCode::Usage,
                fmt::format("voxels are stored as {}, not {}", pixelTypeName(info_.pixelType), pixelTypeName(type)));
  }
}

}  // namespace voxmark
