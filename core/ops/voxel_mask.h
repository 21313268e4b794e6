#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/io/volume_source.h"
#include "core/ops/operations.h"

namespace voxmark {

/// Which voxels of a grid take part: one bit a voxel, rows beginning with a word of their own.
class VoxelMask {
 public:
  /// Nothing takes part.
  explicit VoxelMask(const Geometry& grid);

  [[nodiscard]] const Geometry& grid() const { return grid_; }
  [[nodiscard]] bool at(const Index3& voxel) const {
    return (row(voxel[1], voxel[2])[voxel[0] / 64] >> (voxel[0] % 64) & 1U) != 0;
  }
  void set(const Index3& voxel) { mutableRow(voxel[1], voxel[2])[voxel[0] / 64] |= std::uint64_t{1} << voxel[0] % 64; }
  /// Bit i % 64 of word i / 64 is voxel (i, j, k).
  [[nodiscard]] const std::uint64_t* row(std::int64_t j, std::int64_t k) const {
    return words_.data() + static_cast<std::size_t>(j + k * grid_.size[1]) * wordsPerRow_;
  }
  [[nodiscard]] std::uint64_t count() const;

 private:
  [[nodiscard]] std::uint64_t* mutableRow(std::int64_t j, std::int64_t k) {
    return words_.data() + static_cast<std::size_t>(j + k * grid_.size[1]) * wordsPerRow_;
  }
  Geometry grid_;
  std::size_t wordsPerRow_;
  std::vector<std::uint64_t> words_;
};

/// The voxels of a source that are not 0 in any component of any frame; NaN is nothing. Throws Cancelled.
[[nodiscard]] VoxelMask readMask(VolumeSource& source, JobContext& job);

/// The same voxels on a grid whose voxels coincide with those of the mask (see sharedLattice): cut, padded or turned.
/// Empty where they do not.
[[nodiscard]] std::optional<VoxelMask> onGrid(const VoxelMask& mask, const Geometry& grid);

/// The same voxels in the order in which they were before `axes` turned them.
[[nodiscard]] VoxelMask turnedBack(const VoxelMask& mask, const AxisPermutation& axes);

}  // namespace voxmark
