#include "core/document/line_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace voxmark {
namespace {

constexpr double kMostSteps = 99999;
/// Boxes of more voxels than this are read in parts along the line: a diagonal's own box is the whole volume.
constexpr std::int64_t kLargeBox = 1 << 16;
constexpr std::size_t kParts = 16;

/// The voxels of a box of one frame.
struct Box {
  Region region;
  std::vector<double> numbers;

  [[nodiscard]] double at(const Index3& voxel) const {
    const Index3 n{voxel[0] - region.start[0], voxel[1] - region.start[1], voxel[2] - region.start[2]};
    return numbers[static_cast<std::size_t>((n[2] * region.size[1] + n[1]) * region.size[0] + n[0])];
  }
  void fill(VolumeSource& source, std::int64_t frame, JobContext& job) {
    numbers.clear();
    numbers.reserve(static_cast<std::size_t>(region.voxels()));
    visitRows(
        source, {region, frame},
        [&](std::int64_t, std::int64_t, const double* row) {
          numbers.insert(numbers.end(), row, row + region.size[0]);
        },
        job);
  }
};

bool inside(const Vec3& at, const Index3& size) {
  constexpr double kOnBorder = 1e-6;
  for (std::size_t a = 0; a < 3; ++a) {
    if (!(at[a] >= -0.5 - kOnBorder && at[a] <= static_cast<double>(size[a]) - 0.5 + kOnBorder)) return false;
  }
  return true;
}

/// The lower voxel around a place and how much the upper one counts, along one axis; all that lies beyond the outermost
/// centres belongs to them.
struct Between {
  std::int64_t lower;
  double weight;
};
Between between(double at, std::int64_t size, ProfileSampling sampling) {
  const double kept = std::clamp(at, 0.0, static_cast<double>(size - 1));
  const double floor = std::floor(sampling == ProfileSampling::Nearest ? kept + 0.5 : kept);
  const auto lower = std::min(static_cast<std::int64_t>(floor), size - 1);
  return {lower, sampling == ProfileSampling::Nearest ? 0.0 : kept - floor};
}

double sample(const Box& box, const Vec3& at, const Index3& size, ProfileSampling sampling) {
  std::array<Between, 3> axes{};
  for (std::size_t a = 0; a < 3; ++a) axes[a] = between(at[a], size[a], sampling);
  double sum = 0;
  for (std::size_t corner = 0; corner < 8; ++corner) {
    double weight = 1;
    Index3 voxel{};
    for (std::size_t a = 0; a < 3; ++a) {
      const bool upper = ((corner >> a) & 1U) != 0;
      weight *= upper ? axes[a].weight : 1 - axes[a].weight;
      voxel[a] = axes[a].lower + (upper ? 1 : 0);
    }
    if (weight > 0) sum += weight * box.at(voxel);  // a voxel that does not count may well be NaN, or not exist
  }
  return sum;
}

/// The box of all voxels that samples between two places need.
Region regionOf(const Vec3& a, const Vec3& b, const Index3& size) {
  Region region;
  for (std::size_t n = 0; n < 3; ++n) {
    const auto last = static_cast<double>(size[n] - 1);
    const auto low = static_cast<std::int64_t>(std::clamp(std::floor(std::min(a[n], b[n])), 0.0, last));
    const auto high = static_cast<std::int64_t>(std::clamp(std::ceil(std::max(a[n], b[n])), 0.0, last));
    region.start[n] = low;
    region.size[n] = high - low + 1;
  }
  return region;
}

}  // namespace

LineProfile lineProfile(const Vec3& from, const Vec3& to, VolumeSource& source, std::int64_t frame,
                        ProfileSampling sampling, JobContext& job) {
  const Geometry& geometry = source.info().geometry;
  const double length = lengthOf(minus(to, from));
  const double finest = *std::min_element(geometry.spacing.begin(), geometry.spacing.end()) / 2;
  LineProfile out;
  if (!std::isfinite(length)) return out;
  const auto steps = static_cast<std::size_t>(std::clamp(std::ceil(length / finest - 1e-9), 1.0, kMostSteps));
  const Vec3 first = worldToVoxel(geometry, from);
  const Vec3 last = worldToVoxel(geometry, to);
  const auto placeAt = [&](std::size_t n) {
    const double t = static_cast<double>(n) / static_cast<double>(steps);
    return Vec3{std::lerp(first[0], last[0], t), std::lerp(first[1], last[1], t), std::lerp(first[2], last[2], t)};
  };
  const bool large = regionOf(first, last, geometry.size).voxels() > kLargeBox;
  const std::size_t part = large ? steps / kParts + 1 : steps + 1;
  for (std::size_t begin = 0; begin <= steps; begin += part) {
    const std::size_t end = std::min(begin + part, steps + 1);
    Box box;
    box.region = regionOf(placeAt(begin), placeAt(end - 1), geometry.size);
    for (std::size_t n = begin; n < end; ++n) {
      const Vec3 at = placeAt(n);
      out.distance.push_back(length * static_cast<double>(n) / static_cast<double>(steps));
      if (!inside(at, geometry.size)) {
        out.value.push_back(std::numeric_limits<double>::quiet_NaN());
        continue;
      }
      if (box.numbers.empty()) box.fill(source, frame, job);
      out.value.push_back(sample(box, at, geometry.size, sampling));
    }
  }
  return out;
}

}  // namespace voxmark
