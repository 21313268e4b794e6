#include "core/backend/references.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/backend/backend.h"
#include "core/base/error.h"
#include "core/ops/plan.h"
#include "core/ops/statistics.h"
#include "core/ops/voxel_values.h"
#include "core/volume/shared_lattice.h"

namespace voxmark {
namespace {

/// Notes where voxels are not 0, slab by slab.
class BoxSink final : public VolumeSink {
 public:
  void begin(const VolumeInfo& info) override { info_ = info; }
  void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext&) override {
    const auto row = static_cast<std::size_t>(region.size[0] * info_.components);
    std::vector<double> values(row);
    for (std::int64_t n = 0; n < region.size[1] * region.size[2]; ++n) {
      const std::int64_t j = region.start[1] + n % region.size[1];
      const std::int64_t k = region.start[2] + n / region.size[1];
      loadValues(info_.pixelType, voxels.data() + static_cast<std::size_t>(n) * row * bytesOf(info_.pixelType), 1, row,
                 info_.scale.at(frame, k, info_.geometry.size[2]), values.data());
      const auto other = [](double value) { return value != 0 && !std::isnan(value); };
      const auto first = std::find_if(values.begin(), values.end(), other);
      if (first == values.end()) continue;
      const auto last = std::find_if(values.rbegin(), values.rend(), other);
      note(0, region.start[0] + (first - values.begin()) / info_.components);
      note(0, region.start[0] + (values.rend() - last - 1) / info_.components);
      note(1, j);
      note(2, k);
    }
  }
  void finish(JobContext&) override {}
  [[nodiscard]] Region box() const {
    Region out;
    if (high_[0] < 0) return out;
    for (std::size_t a = 0; a < 3; ++a) {
      out.start[a] = low_[a];
      out.size[a] = high_[a] - low_[a] + 1;
    }
    return out;
  }

 private:
  void note(std::size_t axis, std::int64_t at) {
    low_[axis] = high_[axis] < 0 ? at : std::min(low_[axis], at);
    high_[axis] = std::max(high_[axis], at);
  }
  VolumeInfo info_;
  Index3 low_{0, 0, 0};
  Index3 high_{-1, -1, -1};
};

Region boxAfter(const Pipeline& steps, VolumeSource& source, JobContext& job) {
  const Plan made = plan(steps, source.info());
  BoxSink sink;
  (void)makeCpuBackend(0)->execute(made, source, sink, wholeOf(made.output.geometry.size), job);
  const Region box = sink.box();
  if (box.empty()) throw Error(ErrorCode::Usage, fmt::format("{} has no voxel that is not 0", source.info().path));
  return box;
}

/// The percentiles 0, 1, 2, … 100 of a reference volume, all its frames.
std::vector<QuantileLandmark> landmarksOf(VolumeSource& reference, bool nonzero, JobContext& job) {
  StatisticsRequest request;
  request.nonzero = nonzero;
  for (int percent = 0; percent <= 100; ++percent) request.percentiles.push_back(percent);
  const Statistics found = computeStatistics(reference, request, job);
  if (found.count == 0) {
    throw fileError(ErrorCode::Usage, reference.info().path, "has no value that another histogram can be matched to");
  }
  std::vector<QuantileLandmark> out;
  for (const auto& [percent, value] : found.percentiles) out.push_back({percent, value});
  return out;
}

/// The voxels of a mask on the grid that the steps before leave, if they lie on it.
VoxelMask maskFor(const std::string& path, VolumeSource& mask, const Geometry& grid, JobContext& job) {
  VoxelMask out = readMask(mask, job);
  if (!sameGrid(out.grid(), grid)) {
    if (auto moved = onGrid(out, grid)) out = std::move(*moved);
  }
  if (out.count() == 0) throw fileError(ErrorCode::Usage, path, "the mask holds no voxel of the volume that is not 0");
  return out;
}

/// The part of a mask's box that lies on another grid of the same voxels; the box itself where they are not the same.
Region boxOn(const Region& box, const Geometry& mask, const Geometry& grid, const std::string& path) {
  const auto lattice = sharedLattice(mask, grid);
  if (!lattice) return box;
  Index3 last = box.end();
  for (std::int64_t& end : last) --end;
  const Index3 a = lattice->map(box.start), b = lattice->map(last);
  Region out;
  for (std::size_t n = 0; n < 3; ++n) {
    const std::int64_t low = std::max<std::int64_t>(0, std::min(a[n], b[n]));
    const std::int64_t high = std::min(grid.size[n] - 1, std::max(a[n], b[n]));
    if (high < low) throw fileError(ErrorCode::Usage, path, "the mask holds no voxel of the volume that is not 0");
    out.start[n] = low;
    out.size[n] = high - low + 1;
  }
  return out;
}

}  // namespace

Region nonzeroBox(VolumeSource& source, JobContext& job) {
  return boxAfter({}, source, job);
}

void resolveReferences(Pipeline& pipeline, VolumeSource& source, const OpenFile& open, JobContext& job) {
  for (std::size_t n = 0; n < pipeline.size(); ++n) {
    const auto gridBefore = [&] {
      if (n == 0) return source.info().geometry;
      return plan({pipeline.begin(), pipeline.begin() + static_cast<std::ptrdiff_t>(n)}, source.info()).output.geometry;
    };
    if (auto* resample = std::get_if<Resample>(&pipeline[n]); resample != nullptr && !resample->like.empty()) {
      resample->grid = open(resample->like)->info().geometry;
    }
    if (auto* normalize = std::get_if<Normalize>(&pipeline[n]); normalize != nullptr && !normalize->mask.empty()) {
      const auto mask = open(normalize->mask);
      normalize->voxels = std::make_shared<const VoxelMask>(maskFor(normalize->mask, *mask, gridBefore(), job));
    }
    if (auto* match = std::get_if<HistogramMatch>(&pipeline[n]); match != nullptr && !match->file.empty()) {
      match->landmarks = landmarksOf(*open(match->file), match->nonzero, job);
    }
    if (auto* crop = std::get_if<CropToMask>(&pipeline[n])) {
      if (crop->file.empty()) {
        crop->box = boxAfter({pipeline.begin(), pipeline.begin() + static_cast<std::ptrdiff_t>(n)}, source, job);
      } else {
        const auto mask = open(crop->file);
        const Geometry grid = gridBefore();
        const bool moved = sharedLattice(mask->info().geometry, grid).has_value();
        crop->grid = moved ? grid : mask->info().geometry;
        crop->box = boxOn(nonzeroBox(*mask, job), mask->info().geometry, grid, crop->file);
      }
    }
  }
}

}  // namespace voxmark
