#include "core/io/magnitude_source.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/io/steps.h"

namespace voxmark {
namespace {

/// `count` pairs of T at `from` to their magnitudes at `to`. Doubles, so that squares of floats cannot overflow.
template <typename T>
void magnitudes(const std::byte* from, std::byte* to, std::size_t count, const LinearScale& scale) {
  for (std::size_t n = 0; n < count; ++n) {
    T parts[2];
    std::memcpy(parts, from + n * sizeof(parts), sizeof(parts));
    const double real = scale.apply(static_cast<double>(parts[0]));
    const double imaginary = static_cast<double>(parts[1]) * scale.slope;
    const auto magnitude = static_cast<T>(std::hypot(real, imaginary));
    std::memcpy(to + n * sizeof(T), &magnitude, sizeof(T));
  }
}

/// Slices of `region` one after another, and rows of a slice where it is larger than a step.
template <typename Part>
void inParts(const Region& region, std::size_t rowBytes, Part&& part) {
  const auto rows = static_cast<std::int64_t>(std::max<std::size_t>(1, kStepBytes / rowBytes));
  for (std::int64_t k = 0; k < region.size[2]; ++k) {
    for (std::int64_t j = 0; j < region.size[1]; j += rows) {
      part(Region{{region.start[0], region.start[1] + j, region.start[2] + k},
                  {region.size[0], std::min(rows, region.size[1] - j), 1}});
    }
  }
}

}  // namespace

MagnitudeSource::MagnitudeSource(std::unique_ptr<VolumeSource> parts)
    : parts_(std::move(parts)), info_(parts_->info()), scale_(info_.scale.common()) {
  const bool complex = info_.components == 2 && !info_.scale.perSlice() &&
                       (info_.pixelType == PixelType::F32 || info_.pixelType == PixelType::F64);
  if (!complex) throw fileError(ErrorCode::Usage, info_.path, "magnitudes are of two floating-point components");
  info_.components = 1;
  info_.meaning = ComponentMeaning::Scalar;
  info_.scale = ValueScale();
  info_.warnings.emplace_back("the voxels are complex numbers: their magnitude is taken");
}

void MagnitudeSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                           JobContext& job) {
  checkRequest(request, target);
  job.report(0.0, "Reading");
  const std::size_t voxel = info_.voxelBytes();
  std::vector<std::byte> scratch;
  std::size_t placed = 0;
  inParts(request.region, static_cast<std::size_t>(request.region.size[0]) * 2 * voxel, [&](const Region& part) {
    const auto count = static_cast<std::size_t>(part.voxels());
    scratch.resize(count * 2 * voxel);
    JobContext quiet(job.token(), {});
    parts_->read({part, request.frame}, scratch, {}, quiet);
    if (info_.pixelType == PixelType::F32) {
      magnitudes<float>(scratch.data(), target.data() + placed, count, scale_);
    } else {
      magnitudes<double>(scratch.data(), target.data() + placed, count, scale_);
    }
    placed += count * voxel;
    if (onFilled) onFilled(part);
    job.report(static_cast<double>(placed) / static_cast<double>(target.size()), "Reading");
  });
}

}  // namespace voxmark
