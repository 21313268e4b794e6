#pragma once

#include <array>
#include <memory>
#include <string>

#include "core/io/volume_source.h"

namespace voxmark {

/// What of a volume is kept where not all of it is wanted, or fits: a box, and of that one voxel for every block of
/// `step` voxels.
struct Reduction {
  Region region;         ///< size 0: all of the volume
  Index3 step{1, 1, 1};  ///< voxels along i, j, k that become one; at the end of the box fewer may be left
  bool average = false;  ///< their mean, placed at the block's middle; else the first voxel of each, where it lies
  [[nodiscard]] bool none() const { return region.size == Index3{0, 0, 0} && step == Index3{1, 1, 1}; }
  friend bool operator==(const Reduction&, const Reduction&) = default;
};

/// What the header of the reduced volume says. Throws Error(Usage) where the box sticks out of the volume, a step is
/// below 1, or averages are asked for along slices that have scales of their own.
[[nodiscard]] VolumeInfo reducedInfo(const Reduction& reduction, const VolumeInfo& whole);

/// Another source, reduced while it is read, a few slices at a time: the whole never is in memory. Means are of the
/// stored numbers, whose finite ones alone count; integers are rounded half to even.
class ReducedSource final : public VolumeSource {
 public:
  /// Throws what reducedInfo throws.
  ReducedSource(std::unique_ptr<VolumeSource> whole, const Reduction& reduction);
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  [[nodiscard]] std::vector<std::string> files() const override { return whole_->files(); }
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return whole_->readWarnings(); }

 private:
  [[nodiscard]] Region inputOf(const Region& output) const;

  std::unique_ptr<VolumeSource> whole_;
  Reduction reduction_;  ///< with its box filled in
  VolumeInfo info_;
};

/// `source` itself where there is nothing to reduce.
[[nodiscard]] std::unique_ptr<VolumeSource> reduced(std::unique_ptr<VolumeSource> source, const Reduction& reduction);

}  // namespace voxmark
