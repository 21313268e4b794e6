#include "core/document/mark_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

constexpr double kOnBorder = 1e-6;

/// A region's box as seen from a grid: local coordinates grow by steps[axis] from voxel to voxel.
struct Shape {
  MarkFrame frame;
  MarkKind kind;
  Vec3 first{};                 ///< local coordinates of voxel (0, 0, 0)
  std::array<Vec3, 3> steps{};  ///< by voxel axis
  double thickness = 0;         ///< of planar ones, mm

  [[nodiscard]] bool contains(const Vec3& at) const {
    if (kind == MarkKind::Ellipse ? !inEllipse(at) : !(within(at, 0) && within(at, 1))) return false;
    if (kind == MarkKind::Box) return within(at, 2);
    const double across = at[2] / thickness;
    return across >= -0.5 - kOnBorder && across < 0.5 - kOnBorder;
  }

 private:
  [[nodiscard]] bool within(const Vec3& at, std::size_t axis) const {
    return at[axis] >= frame.low[axis] - kOnBorder && at[axis] <= frame.high[axis] + kOnBorder;
  }
  [[nodiscard]] bool inEllipse(const Vec3& at) const {
    double sum = 0;
    for (std::size_t a = 0; a < 2; ++a) {
      const double half = (frame.high[a] - frame.low[a]) / 2;
      const double x = at[a] - (frame.high[a] + frame.low[a]) / 2;
      sum += half > 0 ? x * x / (half * half) : std::abs(x) <= kOnBorder ? 0 : 2;
    }
    return sum <= 1 + kOnBorder;
  }
};

Shape shapeOn(const Mark& mark, const Geometry& geometry) {
  const auto frame = frameOf(mark);
  if (!frame) throw Error(ErrorCode::Usage, fmt::format("a {} encloses no voxels", kindName(mark.kind)));
  Shape shape{*frame, mark.kind};
  shape.first = frame->toLocal(geometry.origin);
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const Vec3 direction = axisDirection(geometry, axis);
    for (std::size_t c = 0; c < 3; ++c) {
      const Vec3& own = frame->axes[c];
      shape.steps[a][c] = geometry.spacing[a] * (direction[0] * own[0] + direction[1] * own[1] + direction[2] * own[2]);
    }
    shape.thickness = std::max(shape.thickness, std::abs(shape.steps[a][2]));
  }
  return shape;
}

Region around(const Shape& shape, const Geometry& geometry) {
  Vec3 low = shape.frame.low;
  Vec3 high = shape.frame.high;
  if (shape.kind != MarkKind::Box) {
    low[2] = -shape.thickness;
    high[2] = shape.thickness;
  }
  Vec3 least{};
  Vec3 most{};
  for (std::size_t corner = 0; corner < 8; ++corner) {
    const Vec3 local{(corner & 1) != 0 ? high[0] : low[0], (corner & 2) != 0 ? high[1] : low[1],
                     (corner & 4) != 0 ? high[2] : low[2]};
    const Vec3 voxel = worldToVoxel(geometry, shape.frame.toWorld(local));
    for (std::size_t a = 0; a < 3; ++a) {
      least[a] = corner == 0 ? voxel[a] : std::min(least[a], voxel[a]);
      most[a] = corner == 0 ? voxel[a] : std::max(most[a], voxel[a]);
    }
  }
  Region region;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto last = static_cast<double>(geometry.size[a] - 1);
    const double begin = std::clamp(std::floor(least[a] - 1e-3), 0.0, last + 1);
    const double end = std::clamp(std::ceil(most[a] + 1e-3), -1.0, last);
    if (!(end >= begin)) return {};
    region.start[a] = static_cast<std::int64_t>(begin);
    region.size[a] = static_cast<std::int64_t>(end - begin) + 1;
  }
  return region;
}

/// Running mean and squared deviations (Welford 1962), which do not cancel where the values are far from 0.
class Accumulator {
 public:
  void add(double value) {
    if (!std::isfinite(value)) {
      ++out_.nonfinite;
      return;
    }
    out_.min = out_.count == 0 ? value : std::min(out_.min, value);
    out_.max = out_.count == 0 ? value : std::max(out_.max, value);
    const double before = value - out_.mean;
    out_.mean += before / static_cast<double>(++out_.count);
    squares_ += before * (value - out_.mean);
  }
  [[nodiscard]] Statistics result() const {
    Statistics out = out_;
    if (out.count == 0) {
      out.min = out.max = out.mean = out.std = std::numeric_limits<double>::quiet_NaN();
    } else {
      out.std = std::sqrt(squares_ / static_cast<double>(out.count));
    }
    return out;
  }

 private:
  Statistics out_;
  double squares_ = 0;
};

}  // namespace

Region regionAround(const Mark& mark, const Geometry& geometry) {
  return around(shapeOn(mark, geometry), geometry);
}

MarkStatistics regionStatistics(const Mark& mark, VolumeSource& source, std::int64_t frame, JobContext& job) {
  const Geometry& geometry = source.info().geometry;
  const Shape shape = shapeOn(mark, geometry);
  const Region region = around(shape, geometry);
  Accumulator values;
  visitRows(
      source, {region, frame},
      [&](std::int64_t j, std::int64_t k, const double* row) {
        for (std::int64_t n = 0; n < region.size[0]; ++n) {
          const auto i = static_cast<double>(region.start[0] + n);
          Vec3 at = shape.first;
          for (std::size_t c = 0; c < 3; ++c) {
            at[c] += i * shape.steps[0][c] + static_cast<double>(j) * shape.steps[1][c] +
                     static_cast<double>(k) * shape.steps[2][c];
          }
          if (shape.contains(at)) values.add(row[n]);
        }
      },
      job);
  MarkStatistics out;
  out.values = values.result();
  const double voxel =
      std::abs(determinant(geometry.direction)) * geometry.spacing[0] * geometry.spacing[1] * geometry.spacing[2];
  const double all = static_cast<double>(out.values.count + out.values.nonfinite) * voxel;
  out.volumeMl = all / 1000;
  if (mark.kind != MarkKind::Box) out.areaMm2 = all / shape.thickness;
  return out;
}

std::optional<Index3> voxelAt(const Vec3& world, const Geometry& geometry) {
  const Vec3 at = worldToVoxel(geometry, world);
  Index3 voxel{};
  for (std::size_t a = 0; a < 3; ++a) {
    if (!(std::abs(at[a]) < 1e15)) return std::nullopt;
    voxel[a] = std::llround(at[a]);
  }
  if (!wholeOf(geometry.size).contains(voxel)) return std::nullopt;
  return voxel;
}

std::optional<double> numberAt(const Vec3& world, VolumeSource& source, std::int64_t frame, JobContext& job) {
  const auto voxel = voxelAt(world, source.info().geometry);
  if (!voxel) return std::nullopt;
  double number = 0;
  visitRows(
      source, {{*voxel, {1, 1, 1}}, frame},
      [&](std::int64_t, std::int64_t, const double* values) { number = values[0]; }, job);
  return number;
}

}  // namespace voxmark
