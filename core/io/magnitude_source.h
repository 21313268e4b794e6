#pragma once

#include <memory>

#include "core/io/volume_source.h"

namespace voxmark {

/// Complex voxels, of which the real and the imaginary part are read as two components (F32 or F64), as their magnitude
/// √(re² + im²) in the same precision. A scale is applied first, as re · slope + intercept and im · slope, so that what
/// is given has none. Adds a warning that says so.
class MagnitudeSource final : public VolumeSource {
 public:
  /// `parts` has two components of F32 or F64 and one scale for the whole volume.
  explicit MagnitudeSource(std::unique_ptr<VolumeSource> parts);
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return parts_->readWarnings(); }
  [[nodiscard]] std::vector<std::string> files() const override { return parts_->files(); }
  [[nodiscard]] std::int64_t preferredSlab() const override { return parts_->preferredSlab(); }

 private:
  std::unique_ptr<VolumeSource> parts_;
  VolumeInfo info_;
  LinearScale scale_;
};

}  // namespace voxmark
