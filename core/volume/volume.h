#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/volume/filled_slices.h"
#include "core/volume/storage.h"
#include "core/volume/volume_info.h"
#include "core/volume/volume_view.h"

namespace voxmark {

/// Voxels in their stored type, with their geometry and scale. Frame after frame; inside a frame k, j, i, component,
/// the last running fastest; native byte order. Move-only; shared as `std::shared_ptr<const Volume>`.
class Volume {
 public:
  /// Takes over storage that holds info.totalBytes() bytes or more. Throws Error(Usage) where it is smaller.
  Volume(VolumeInfo info, std::unique_ptr<Storage> storage);
  /// Allocates from the buffer pool; the voxels are not initialised. Throws Error(Memory) where it does not fit.
  explicit Volume(VolumeInfo info);
  Volume(Volume&&) noexcept = default;
  Volume& operator=(Volume&&) noexcept = default;
  Volume(const Volume&) = delete;
  Volume& operator=(const Volume&) = delete;
  ~Volume() = default;

  [[nodiscard]] const VolumeInfo& info() const { return info_; }
  [[nodiscard]] const Geometry& geometry() const { return info_.geometry; }
  [[nodiscard]] const Storage& storage() const { return *storage_; }
  [[nodiscard]] bool onHost() const { return storage_->kind() != StorageKind::Device; }
  /// First byte of a frame; null where the voxels are on a device.
  [[nodiscard]] const std::byte* frameData(std::int64_t frame) const;
  /// As frameData, for filling a volume that nobody shares yet. Throws Error(Usage) on read-only storage.
  [[nodiscard]] std::byte* mutableFrameData(std::int64_t frame);

  /// What is in place while the volume is being read: only that may be looked at. Null: everything.
  [[nodiscard]] const FilledSlices* filled() const { return filled_.get(); }
  /// For whoever fills the volume, before it is shared.
  void setFilled(std::shared_ptr<const FilledSlices> filled) { filled_ = std::move(filled); }
  [[nodiscard]] bool complete(std::int64_t frame) const { return filled_ == nullptr || filled_->complete(frame); }

  /// Voxels of one frame. T must be the stored type (Error(Usage) otherwise).
  template <typename T>
  [[nodiscard]] VolumeView<const T> view(std::int64_t frame) const {
    requireType(pixelTypeOf<T>());
    return denseView(reinterpret_cast<const T*>(frameData(frame)), info_.geometry.size, info_.components);
  }

  /// Scaled value of one component of one voxel. Indices must be inside.
  [[nodiscard]] double valueAt(std::int64_t frame, const Index3& voxel, int component = 0) const;

 private:
  void requireType(PixelType type) const;

  VolumeInfo info_;
  std::unique_ptr<Storage> storage_;
  std::shared_ptr<const FilledSlices> filled_;
};

using VolumePtr = std::shared_ptr<const Volume>;

}  // namespace voxmark
