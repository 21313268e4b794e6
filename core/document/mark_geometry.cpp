#include "core/document/mark_geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/document/box_section.h"
#include "core/document/mark_size.h"

namespace voxmark {
namespace {

std::int64_t rounded(double value) {
  return static_cast<std::int64_t>(std::floor(std::clamp(value, -1e15, 1e15) + 0.5));
}

}  // namespace

std::size_t pointCount(MarkKind kind) {
  if (kind == MarkKind::Point) return 1;
  return kind == MarkKind::Angle ? 3 : 2;
}

Mark placedMark(MarkKind kind, const std::vector<Vec3>& points, const std::array<Vec3, 3>& axes) {
  Mark mark{0, kind, {}, points, axes[0], axes[1]};
  const auto frame = frameOf(mark);
  if (!frame) return mark;
  mark.right = frame->axes[0];
  mark.up = frame->axes[1];  // perpendicular even where a sheared volume's axes are not
  Vec3 corner = frame->toLocal(points[1]);
  // A region lies in one plane, whatever slices its corners were given on.
  const double depth = kind == MarkKind::Box ? std::min(std::abs(corner[0]), std::abs(corner[1])) : 0;
  corner[2] = 0.5 * depth;
  mark.points = {frame->toWorld({0, 0, -0.5 * depth}), frame->toWorld(corner)};
  return mark;
}

std::vector<Vec3> outlineOf(const Mark& mark) {
  const OrientedBox box = boxOf(mark);
  const Vec3& size = box.high;
  if (mark.kind != MarkKind::Ellipse) {
    return {box.at({0, 0, 0}), box.at({size[0], 0, size[2]}), box.at(size), box.at({0, size[1], 0})};
  }
  std::vector<Vec3> out;
  constexpr int kSteps = 64;
  for (int n = 0; n < kSteps; ++n) {
    const double angle = 2 * std::numbers::pi * n / kSteps;
    out.push_back(
        box.at({0.5 * size[0] * (1 + std::cos(angle)), 0.5 * size[1] * (1 + std::sin(angle)), 0.5 * size[2]}));
  }
  return out;
}

Mark dragged(const Mark& mark, const Grip& grip, const Vec3& by) {
  Mark out = mark;
  if (grip.whole()) {
    for (Vec3& point : out.points) point = plus(point, by);
    return out;
  }
  if (grip.point >= 0) {
    const auto n = static_cast<std::size_t>(grip.point);
    if (n < out.points.size()) out.points[n] = plus(out.points[n], by);
    return out;
  }
  if (out.points.size() < 2) return out;
  const OrientedBox box = boxOf(mark);
  const Vec3 step = box.along(by);
  for (std::size_t a = 0; a < 3; ++a) {
    if (grip.side[a] == 0) continue;
    Vec3& point = out.points[grip.side[a] < 0 ? 0 : 1];
    point = plus(point, box.axes[a], step[a]);
  }
  return out;
}

Region dragged(const Region& region, const Geometry& geometry, const Grip& grip, const Vec3& by) {
  const Vec3 step = boxOf(geometry, region).along(by);
  Region out = region;
  for (std::size_t a = 0; a < 3; ++a) {
    const std::int64_t voxels = rounded(step[a]);
    const std::int64_t end = region.start[a] + region.size[a];
    if (grip.whole()) {
      out.start[a] = std::clamp<std::int64_t>(region.start[a] + voxels, 0, geometry.size[a] - region.size[a]);
    } else if (grip.side[a] < 0) {
      out.start[a] = std::clamp<std::int64_t>(region.start[a] + voxels, 0, end - 1);
      out.size[a] = end - out.start[a];
    } else if (grip.side[a] > 0) {
      out.size[a] = std::clamp(end + voxels, region.start[a] + 1, geometry.size[a]) - region.start[a];
    }
  }
  return out;
}

Region regionIn(const Geometry& other, const Geometry& geometry, const Region& region) {
  Vec3 low{1e15, 1e15, 1e15};
  Vec3 high{-1e15, -1e15, -1e15};
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 voxel{};
    for (std::size_t a = 0; a < 3; ++a) {
      const bool last = (corner >> a & 1) != 0;
      voxel[a] = static_cast<double>(region.start[a] + (last ? region.size[a] - 1 : 0));
    }
    const Vec3 there = worldToVoxel(other, voxelToWorld(geometry, voxel));
    for (std::size_t a = 0; a < 3; ++a) {
      low[a] = std::min(low[a], there[a]);
      high[a] = std::max(high[a], there[a]);
    }
  }
  Region out;
  for (std::size_t a = 0; a < 3; ++a) {
    out.start[a] = rounded(low[a]);
    out.size[a] = rounded(high[a]) - out.start[a] + 1;
  }
  return intersect(out, wholeOf(other.size));
}

}  // namespace voxmark
