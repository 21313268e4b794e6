#include "core/backend/verify_sink.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/voxel_values.h"

namespace voxmark {
namespace {

/// Equal, but for the rounding of a scale that a container stores in single precision.
bool same(double expected, double found, double tolerance) {
  if (std::isnan(expected) || std::isnan(found)) return std::isnan(expected) && std::isnan(found);
  if (expected == found) return true;
  return std::abs(expected - found) <= tolerance * std::max(std::abs(expected), std::abs(found)) + tolerance * 1e-3;
}

}  // namespace

void VerifySink::begin(const VolumeInfo& info) {
  const VolumeInfo& found = written_.info();
  expected_ = info;
  slices_ = 0;
  const auto fail = [&](const std::string& what) { return fileError(ErrorCode::Verification, found.path, what); };
  if (found.frames != info.frames || found.components != info.components) {
    throw fail(fmt::format("reads back as {} frames of {} components (expected {} of {})", found.frames,
                           found.components, info.frames, info.components));
  }
  if (!sameGrid(info.geometry, found.geometry, 1e-3)) throw fail("reads back with another geometry");
}

void VerifySink::write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) {
  const VolumeInfo& found = written_.info();
  std::vector<std::byte> stored(static_cast<std::size_t>(region.voxels()) * found.voxelBytes());
  JobContext quiet(job.token(), {});
  written_.read({region, frame}, stored, {}, quiet);
  const auto slice =
      static_cast<std::size_t>(region.size[0] * region.size[1]) * static_cast<std::size_t>(expected_.components);
  std::vector<double> want(slice);
  std::vector<double> have(slice);
  const std::int64_t slices = expected_.geometry.size[2];
  const double tolerance = expected_.scale.identity() ? 0 : 1e-6;
  for (std::int64_t k = 0; k < region.size[2]; ++k) {
    job.throwIfCancelled();
    const std::int64_t at = region.start[2] + k;
    const std::size_t offset = static_cast<std::size_t>(k) * slice;
    loadValues(expected_.pixelType, voxels.data() + offset * bytesOf(expected_.pixelType), 1, slice,
               expected_.scale.at(frame, at, slices), want.data());
    loadValues(found.pixelType, stored.data() + offset * bytesOf(found.pixelType), 1, slice,
               found.scale.at(frame, at, slices), have.data());
    for (std::size_t n = 0; n < slice; ++n) {
      if (same(want[n], have[n], tolerance)) continue;
      throw fileError(
          ErrorCode::Verification, found.path,
          fmt::format("slice {} of frame {} reads back wrong (expected {}, found {})", at, frame, want[n], have[n]));
    }
    ++slices_;
  }
}

void VerifySink::finish(JobContext&) {
  if (slices_ != expected_.geometry.size[2] * expected_.frames) {
    throw fileError(ErrorCode::Verification, written_.info().path, "not every slice was compared");
  }
}

}  // namespace voxmark
