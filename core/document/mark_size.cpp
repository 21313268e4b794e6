#include "core/document/mark_size.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace voxmark {
namespace {

/// Empty for a vector that points nowhere.
std::optional<Vec3> unit(const Vec3& v) {
  const double length = lengthOf(v);
  if (!(length > 1e-9) || !std::isfinite(length)) return std::nullopt;
  return Vec3{v[0] / length, v[1] / length, v[2] / length};
}

/// By the arc tangent, which is exact near 0 and 180 degrees too, where the cosine hardly changes.
std::optional<double> angleAt(const Vec3& vertex, const Vec3& a, const Vec3& b) {
  const Vec3 u = minus(a, vertex);
  const Vec3 v = minus(b, vertex);
  if (!unit(u) || !unit(v)) return std::nullopt;
  return std::atan2(lengthOf(cross(u, v)), dot(u, v)) * 180.0 / std::numbers::pi;
}

std::size_t pointsOf(MarkKind kind) {
  return kind == MarkKind::Point ? 1 : kind == MarkKind::Angle ? 3 : 2;
}

}  // namespace

bool enclosesVoxels(MarkKind kind) {
  return kind == MarkKind::Rectangle || kind == MarkKind::Ellipse || kind == MarkKind::Box;
}

const char* kindName(MarkKind kind) {
  switch (kind) {
    case MarkKind::Point:
      return "point";
    case MarkKind::Distance:
      return "distance";
    case MarkKind::Profile:
      return "profile";
    case MarkKind::Angle:
      return "angle";
    case MarkKind::Rectangle:
      return "rectangle";
    case MarkKind::Ellipse:
      return "ellipse";
    case MarkKind::Box:
      return "box";
  }
  return "";
}

Vec3 MarkFrame::toLocal(const Vec3& world) const {
  const Vec3 d = minus(world, origin);
  return {dot(d, axes[0]), dot(d, axes[1]), dot(d, axes[2])};
}

Vec3 MarkFrame::toWorld(const Vec3& local) const {
  Vec3 out = origin;
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t c = 0; c < 3; ++c) out[c] += local[a] * axes[a][c];
  }
  return out;
}

std::optional<MarkFrame> frameOf(const Mark& mark) {
  if (!enclosesVoxels(mark.kind) || mark.points.size() != 2) return std::nullopt;
  const auto right = unit(mark.right);
  if (!right) return std::nullopt;
  const double along = dot(mark.up, *right);
  const Vec3 straight{mark.up[0] - along * (*right)[0], mark.up[1] - along * (*right)[1],
                      mark.up[2] - along * (*right)[2]};
  const auto up = unit(straight);
  if (!up) return std::nullopt;
  MarkFrame frame{mark.points[0], {*right, *up, cross(*right, *up)}, {}, {}};
  const Vec3 other = frame.toLocal(mark.points[1]);
  for (std::size_t a = 0; a < 3; ++a) {
    if (!std::isfinite(other[a])) return std::nullopt;
    frame.low[a] = std::min(0.0, other[a]);
    frame.high[a] = std::max(0.0, other[a]);
  }
  return frame;
}

MarkSize sizeOf(const Mark& mark) {
  MarkSize size;
  if (mark.points.size() != pointsOf(mark.kind)) return size;
  if (mark.kind == MarkKind::Distance || mark.kind == MarkKind::Profile) {
    size.length = lengthOf(minus(mark.points[1], mark.points[0]));
  } else if (mark.kind == MarkKind::Angle) {
    size.angle = angleAt(mark.points[1], mark.points[0], mark.points[2]);
  } else if (const auto frame = frameOf(mark)) {
    size.width = frame->high[0] - frame->low[0];
    size.height = frame->high[1] - frame->low[1];
    if (mark.kind == MarkKind::Box) size.depth = frame->high[2] - frame->low[2];
    if (mark.kind == MarkKind::Rectangle) size.area = *size.width * *size.height;
    if (mark.kind == MarkKind::Ellipse) size.area = std::numbers::pi / 4 * *size.width * *size.height;
  }
  return size;
}

Vec3 middleOf(const Mark& mark) {
  if (mark.points.empty()) return {0, 0, 0};
  if (mark.kind == MarkKind::Angle && mark.points.size() == 3) return mark.points[1];
  const Vec3& a = mark.points.front();
  const Vec3& b = mark.points.back();
  return {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2};
}

}  // namespace voxmark
