#include "core/document/box_section.h"

#include <cmath>
#include <optional>
#include <utility>

#include "core/document/mark_size.h"

namespace voxmark {
namespace {

double squaredDistance(const Vec3& a, const Vec3& b) {
  const Vec3 apart = minus(a, b);
  return dot(apart, apart);
}

/// Where the plane crosses the side of a box. A corner on the plane counts as above it, on every side alike, so that
/// neighbouring sides agree.
std::optional<std::pair<Vec3, Vec3>> crossing(const std::array<Vec3, 4>& corners, const SlicePlane& plane) {
  std::array<Vec3, 2> ends{};
  std::size_t count = 0;
  for (std::size_t n = 0; n < 4 && count < 2; ++n) {
    const Vec3& a = corners[n];
    const Vec3& b = corners[(n + 1) % 4];
    const double above = plane(a);
    const double below = plane(b);
    if ((above >= 0) == (below >= 0)) continue;
    const double t = above / (above - below);
    ends[count++] = plus(a, minus(b, a), t);
  }
  if (count < 2) return std::nullopt;
  return std::pair{ends[0], ends[1]};
}

/// Puts the edges into turn, by the ends that they share.
void chain(std::vector<BoxEdge>& edges) {
  for (std::size_t n = 0; n + 1 < edges.size(); ++n) {
    std::size_t best = n + 1;
    bool turned = false;
    double nearest = INFINITY;
    for (std::size_t m = n + 1; m < edges.size(); ++m) {
      for (const bool swap : {false, true}) {
        const double distance = squaredDistance(edges[n].to, swap ? edges[m].to : edges[m].from);
        if (distance >= nearest) continue;
        nearest = distance;
        best = m;
        turned = swap;
      }
    }
    std::swap(edges[n + 1], edges[best]);
    if (turned) std::swap(edges[n + 1].from, edges[n + 1].to);
  }
}

}  // namespace

Vec3 OrientedBox::at(const Vec3& p) const {
  Vec3 out = origin;
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t n = 0; n < 3; ++n) out[n] += p[a] * axes[a][n];
  }
  return out;
}

Vec3 OrientedBox::along(const Vec3& v) const {
  const Mat3 m = inverse(
      {axes[0][0], axes[1][0], axes[2][0], axes[0][1], axes[1][1], axes[2][1], axes[0][2], axes[1][2], axes[2][2]});
  return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
          m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
}

OrientedBox boxOf(const Geometry& geometry, const Region& region) {
  OrientedBox box;
  box.origin = geometry.origin;
  for (std::size_t a = 0; a < 3; ++a) {
    const Vec3 direction = axisDirection(geometry, static_cast<int>(a));
    for (std::size_t n = 0; n < 3; ++n) box.axes[a][n] = direction[n] * geometry.spacing[a];
    box.low[a] = static_cast<double>(region.start[a]) - 0.5;
    box.high[a] = static_cast<double>(region.start[a] + region.size[a]) - 0.5;
  }
  return box;
}

OrientedBox boxOf(const Mark& mark) {
  OrientedBox box;
  if (const auto frame = frameOf(mark)) {
    box.origin = frame->origin;
    box.axes = frame->axes;
    box.high = frame->toLocal(mark.points[1]);
  }
  return box;
}

std::vector<BoxEdge> section(const OrientedBox& box, const SlicePlane& plane) {
  std::vector<BoxEdge> edges;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::size_t u = (axis + 1) % 3;
    const std::size_t v = (axis + 2) % 3;
    for (const bool high : {false, true}) {
      std::array<Vec3, 4> corners{};
      for (std::size_t n = 0; n < 4; ++n) {
        Vec3 p{};
        p[axis] = high ? box.high[axis] : box.low[axis];
        p[u] = n == 1 || n == 2 ? box.high[u] : box.low[u];
        p[v] = n >= 2 ? box.high[v] : box.low[v];
        corners[n] = box.at(p);
      }
      if (const auto ends = crossing(corners, plane)) {
        edges.push_back({ends->first, ends->second, static_cast<int>(axis), high});
      }
    }
  }
  chain(edges);
  return edges;
}

}  // namespace voxmark
