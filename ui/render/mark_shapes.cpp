#include "ui/render/mark_shapes.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/document/box_section.h"
#include "core/document/mark_size.h"

namespace voxmark::render {
namespace {

constexpr double kPointArm = 6;

SlicePlane planeOf(const SliceRenderer& slices) {
  SlicePlane out;
  out.offset = slices.distanceTo({0, 0, 0});
  for (std::size_t a = 0; a < 3; ++a) {
    Vec3 step{};
    step[a] = 1;
    out.gradient[a] = slices.distanceTo(step) - out.offset;
  }
  return out;
}

enum class Meets { No, Crosses, LiesOn };

Meets meets(const std::vector<Vec3>& points, const SlicePlane& plane, double half) {
  double low = INFINITY;
  double high = -INFINITY;
  for (const Vec3& point : points) {
    low = std::min(low, plane(point));
    high = std::max(high, plane(point));
  }
  if (low > half || high < -half) return Meets::No;
  return low >= -half && high <= half ? Meets::LiesOn : Meets::Crosses;
}

/// Where the closed outline passes through the slice: two places, or none.
std::vector<Vec3> crossings(const std::vector<Vec3>& outline, const SlicePlane& plane) {
  std::vector<Vec3> out;
  for (std::size_t n = 0; n < outline.size(); ++n) {
    const Vec3& a = outline[n];
    const Vec3& b = outline[(n + 1) % outline.size()];
    const double from = plane(a);
    const double to = plane(b);
    if ((from >= 0) != (to >= 0)) out.push_back(plus(a, minus(b, a), from / (from - to)));
  }
  return out;
}

std::vector<Pixel> pixelsOf(const std::vector<Vec3>& points, const SliceRenderer& slices) {
  std::vector<Pixel> out;
  for (const Vec3& point : points) out.push_back(slices.pixelOf(point).value_or(Pixel{}));
  return out;
}

std::string textOf(const Mark& mark) {
  const MarkSize size = sizeOf(mark);
  std::string measure;
  if (size.length) measure = fmt::format("{:.1f} mm", *size.length);
  if (size.angle) measure = fmt::format("{:.1f}°", *size.angle);
  if (size.width && size.height) measure = fmt::format("{:.1f} × {:.1f} mm", *size.width, *size.height);
  if (size.depth) measure = fmt::format("{:.1f} × {:.1f} × {:.1f} mm", *size.width, *size.height, *size.depth);
  return mark.name.empty() ? measure : measure.empty() ? mark.name : mark.name + "  " + measure;
}

void addPointGrips(MarkShape& out, const Mark& mark, const SliceRenderer& slices) {
  for (std::size_t n = 0; n < mark.points.size(); ++n) {
    const Vec3& world = mark.points[n];
    out.grips.push_back({{static_cast<int>(n), {0, 0, 0}}, slices.pixelOf(world).value_or(Pixel{}), world});
  }
}

/// Lines through the points, as far as they are given: a half-drawn mark has fewer.
void addPoints(MarkShape& out, const Mark& mark, const SliceRenderer& slices, double ratio) {
  const std::vector<Pixel> at = pixelsOf(mark.points, slices);
  if (at.size() == 1) {
    const double arm = kPointArm * ratio;
    const auto& [x, y] = at[0];
    out.lines = {{{x - arm, y}, {x + arm, y}}, {{x, y - arm}, {x, y + arm}}};
  } else {
    out.lines.push_back(at);
  }
  addPointGrips(out, mark, slices);
}

void addFlat(MarkShape& out, const Mark& mark, const SliceRenderer& slices) {
  std::vector<Pixel> outline = pixelsOf(outlineOf(mark), slices);
  outline.push_back(outline.front());
  out.lines.push_back(std::move(outline));
  const OrientedBox box = boxOf(mark);
  for (const int right : {-1, 0, 1}) {
    for (const int up : {-1, 0, 1}) {
      if (right == 0 && up == 0) continue;
      const Vec3 world = box.at({0.5 * box.high[0] * (1 + right), 0.5 * box.high[1] * (1 + up), 0.5 * box.high[2]});
      out.grips.push_back({{-1, {right, up, 0}}, slices.pixelOf(world).value_or(Pixel{}), world});
    }
  }
}

/// Closed lines around a section; grips on its corners and in the middle of its edges.
void addSection(MarkShape& out, const std::vector<BoxEdge>& edges, const SliceRenderer& slices) {
  std::vector<Pixel> outline;
  const auto add = [&](const Grip& grip, const Vec3& world) {
    out.grips.push_back({grip, slices.pixelOf(world).value_or(Pixel{}), world});
  };
  for (std::size_t n = 0; n < edges.size(); ++n) {
    const BoxEdge& edge = edges[n];
    const BoxEdge& next = edges[(n + 1) % edges.size()];
    outline.push_back(slices.pixelOf(edge.from).value_or(Pixel{}));
    Grip side;
    side.side[static_cast<std::size_t>(edge.axis)] = edge.high ? 1 : -1;
    add(side, scaled(plus(edge.from, edge.to), 0.5));
    side.side[static_cast<std::size_t>(next.axis)] = next.high ? 1 : -1;
    add(side, edge.to);
  }
  outline.push_back(outline.front());
  out.lines.push_back(std::move(outline));
}

/// The text stands at the right of the shape's rightmost grip or line end.
void placeText(MarkShape& out) {
  Pixel best{-INFINITY, 0};
  for (const auto& line : out.lines) {
    for (const Pixel& at : line) {
      if (at[0] > best[0]) best = at;
    }
  }
  out.textAt = best;
}

}  // namespace

std::optional<MarkShape> shapeOf(const Mark& mark, const SliceRenderer& slices, double ratio) {
  if (mark.points.empty() || slices.sliceCount() == 0) return std::nullopt;
  MarkShape out;
  out.id = mark.id;
  out.text = textOf(mark);
  const SlicePlane plane = planeOf(slices);
  const double half = 0.5 * slices.sliceSpacing() * (1 + 1e-6);
  const bool region = frameOf(mark).has_value();
  if (region && mark.kind == MarkKind::Box) {
    const std::vector<BoxEdge> edges = section(boxOf(mark), plane);
    if (edges.empty()) return std::nullopt;
    addSection(out, edges, slices);
  } else {
    const std::vector<Vec3> outline = region ? outlineOf(mark) : mark.points;
    const Meets how = meets(outline, plane, half);
    if (how == Meets::No) return std::nullopt;
    out.dim = how == Meets::Crosses;
    if (!region) {
      addPoints(out, mark, slices, ratio);
    } else if (how == Meets::LiesOn) {
      addFlat(out, mark, slices);
    } else {
      const std::vector<Vec3> ends = crossings(outline, plane);
      if (ends.size() < 2) return std::nullopt;
      out.lines.push_back(pixelsOf(ends, slices));
    }
  }
  placeText(out);
  return out;
}

std::optional<MarkShape> shapeOf(const CropBox& crop, const Geometry& geometry, const SliceRenderer& slices) {
  if (slices.sliceCount() == 0) return std::nullopt;
  const std::vector<BoxEdge> edges = section(boxOf(geometry, crop.region), planeOf(slices));
  if (edges.empty()) return std::nullopt;
  MarkShape out;
  out.id = crop.layer;
  addSection(out, edges, slices);
  return out;
}

double distanceTo(const MarkShape& shape, const Pixel& at) {
  double nearest = INFINITY;
  for (const auto& line : shape.lines) {
    for (std::size_t n = 0; n + 1 < line.size(); ++n) {
      const Pixel along{line[n + 1][0] - line[n][0], line[n + 1][1] - line[n][1]};
      const Pixel from{at[0] - line[n][0], at[1] - line[n][1]};
      const double squared = along[0] * along[0] + along[1] * along[1];
      const double t = squared > 0 ? std::clamp((from[0] * along[0] + from[1] * along[1]) / squared, 0.0, 1.0) : 0.0;
      nearest = std::min(nearest, std::hypot(from[0] - t * along[0], from[1] - t * along[1]));
    }
  }
  return nearest;
}

const GripPlace* gripAt(const MarkShape& shape, const Pixel& at, double reach) {
  const GripPlace* best = nullptr;
  for (const GripPlace& place : shape.grips) {
    const double distance = std::hypot(place.at[0] - at[0], place.at[1] - at[1]);
    if (distance > reach) continue;
    reach = distance;
    best = &place;
  }
  return best;
}

bool encloses(const MarkShape& shape, const Pixel& at) {
  if (shape.lines.size() != 1) return false;
  bool left = false;
  bool right = false;
  const std::vector<Pixel>& line = shape.lines.front();
  for (std::size_t n = 0; n + 1 < line.size(); ++n) {
    const double turn =
        (line[n + 1][0] - line[n][0]) * (at[1] - line[n][1]) - (line[n + 1][1] - line[n][1]) * (at[0] - line[n][0]);
    (turn > 0 ? left : right) = true;
  }
  return left != right;
}

}  // namespace voxmark::render
