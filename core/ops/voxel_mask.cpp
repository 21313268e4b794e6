#include "core/ops/voxel_mask.h"

#include <bit>
#include <cmath>

#include "core/ops/voxel_values.h"
#include "core/volume/shared_lattice.h"

namespace voxmark {

VoxelMask::VoxelMask(const Geometry& grid)
    : grid_(grid),
      wordsPerRow_(static_cast<std::size_t>((grid.size[0] + 63) / 64)),
      words_(wordsPerRow_ * static_cast<std::size_t>(grid.size[1] * grid.size[2])) {}

std::uint64_t VoxelMask::count() const {
  std::uint64_t out = 0;
  for (const std::uint64_t word : words_) out += static_cast<std::uint64_t>(std::popcount(word));
  return out;
}

VoxelMask readMask(VolumeSource& source, JobContext& job) {
  const VolumeInfo& info = source.info();
  const Index3& size = info.geometry.size;
  VoxelMask out(info.geometry);
  const auto components = static_cast<std::size_t>(info.components);
  const std::size_t slice = static_cast<std::size_t>(size[0] * size[1]) * components;
  std::vector<std::byte> stored(slice * bytesOf(info.pixelType));
  std::vector<double> values(slice);
  JobContext quiet(job.token(), {});
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    for (std::int64_t k = 0; k < size[2]; ++k) {
      job.throwIfCancelled();
      source.read({{{0, 0, k}, {size[0], size[1], 1}}, frame}, stored, {}, quiet);
      loadValues(info.pixelType, stored.data(), 1, slice, info.scale.at(frame, k, size[2]), values.data());
      for (std::size_t n = 0; n < slice; ++n) {
        if (values[n] == 0 || std::isnan(values[n])) continue;
        const auto voxel = static_cast<std::int64_t>(n / components);
        out.set({voxel % size[0], voxel / size[0], k});
      }
      job.report(static_cast<double>(frame * size[2] + k + 1) / static_cast<double>(info.frames * size[2]),
                 "Reading the mask");
    }
  }
  return out;
}

std::optional<VoxelMask> onGrid(const VoxelMask& mask, const Geometry& grid) {
  const auto lattice = sharedLattice(grid, mask.grid());
  if (!lattice) return std::nullopt;
  VoxelMask out(grid);
  const Region all = wholeOf(mask.grid().size);
  Index3 at{};
  for (at[2] = 0; at[2] < grid.size[2]; ++at[2]) {
    for (at[1] = 0; at[1] < grid.size[1]; ++at[1]) {
      for (at[0] = 0; at[0] < grid.size[0]; ++at[0]) {
        const Index3 there = lattice->map(at);
        if (all.contains({there, {1, 1, 1}}) && mask.at(there)) out.set(at);
      }
    }
  }
  return out;
}

VoxelMask turnedBack(const VoxelMask& mask, const AxisPermutation& axes) {
  Geometry grid = mask.grid();
  for (std::size_t a = 0; a < 3; ++a) grid.size[static_cast<std::size_t>(axes.inputAxis[a])] = mask.grid().size[a];
  VoxelMask out(grid);
  const Index3& size = mask.grid().size;
  Index3 at{};
  for (at[2] = 0; at[2] < size[2]; ++at[2]) {
    for (at[1] = 0; at[1] < size[1]; ++at[1]) {
      for (at[0] = 0; at[0] < size[0]; ++at[0]) {
        if (!mask.at(at)) continue;
        Index3 before{};
        for (std::size_t a = 0; a < 3; ++a) {
          before[static_cast<std::size_t>(axes.inputAxis[a])] = axes.flip[a] ? size[a] - 1 - at[a] : at[a];
        }
        out.set(before);
      }
    }
  }
  return out;
}

}  // namespace voxmark
