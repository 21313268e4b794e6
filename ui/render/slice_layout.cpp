#include "ui/render/slice_layout.h"

#include <algorithm>
#include <cmath>

namespace voxmark::render {
namespace {

/// Patient axes (0 x, 1 y, 2 z in LPS) to the right, up and across the slices, and whether the screen runs against
/// them. Slices are counted towards left, posterior and superior, which is along the LPS axes.
struct ScreenAxes {
  std::array<int, 3> patient;
  std::array<bool, 2> against;
};

ScreenAxes screenAxes(Plane plane, bool radiological) {
  switch (plane) {
    case Plane::Axial:
      return {{0, 1, 2}, {!radiological, true}};
    case Plane::Coronal:
      return {{0, 2, 1}, {!radiological, false}};
    case Plane::Sagittal:
      break;
  }
  return {{1, 2, 0}, {false, false}};
}

Vec3 unit(const Vec3& v) {
  return scaled(v, 1 / lengthOf(v));
}

/// Perpendicular unit vectors next to three that may be sheared.
std::array<Vec3, 3> straightened(const std::array<Vec3, 3>& axes) {
  std::array<Vec3, 3> out;
  out[0] = unit(axes[0]);
  out[1] = unit(plus(axes[1], out[0], -dot(axes[1], out[0])));
  const Vec3 third = plus(axes[2], out[0], -dot(axes[2], out[0]));
  out[2] = unit(plus(third, out[1], -dot(third, out[1])));
  return out;
}

/// Change of the voxel index along a world vector.
Vec3 voxelStep(const Geometry& geometry, const Vec3& world) {
  return minus(worldToVoxel(geometry, plus(geometry.origin, world, 1)), worldToVoxel(geometry, geometry.origin));
}

void measure(SliceLayout& layout) {
  const Geometry& g = layout.geometry;
  // One slice further is one step in the volume.
  const Vec3 perMm = voxelStep(g, layout.axes[2]);
  layout.step = 1 / std::max(lengthOf(perMm), 1e-9);
  std::array<double, 3> half{0, 0, 0};
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 at{};
    for (std::size_t a = 0; a < 3; ++a) {
      at[a] = (corner >> a & 1) != 0 ? static_cast<double>(g.size[a]) - 0.5 : -0.5;
    }
    const Vec3 scene = layout.sceneOf(voxelToWorld(g, at));
    for (std::size_t d = 0; d < 3; ++d) half[d] = std::max(half[d], std::abs(scene[d]));
  }
  for (std::size_t d = 0; d < 3; ++d) layout.extents[d] = 2 * half[d];
  // The ends are covered, by slices that may reach beyond them.
  layout.count = std::max<std::int64_t>(1, std::llround(std::ceil(layout.extents[2] / layout.step - 1e-6)));
}

constexpr double kDrift = 1e-3;  ///< voxels over a whole picture that nobody sees

/// A volume's own slice must not turn into one between two of them by rounding, be it that of a header in single
/// precision: steps that come to nothing over the whole picture become none, and the start becomes what it is in the
/// picture's middle, whole where it is as near to that as the steps are to none.
void straighten(SliceGrid& grid, std::size_t a) {
  constexpr double kWhole = 1e-6;
  double drift = 0;
  const auto snap = [&](double& step, std::int64_t count) {
    const double along = std::abs(step) * static_cast<double>(count);
    if (along >= kDrift) return;
    drift += along;
    grid.start[a] += 0.5 * static_cast<double>(count - 1) * step;
    step = 0;
  };
  snap(grid.stepU[a], grid.columns);
  snap(grid.stepV[a], grid.rows);
  if (grid.stepU[a] != 0 || grid.stepV[a] != 0) return;
  const double whole = std::round(grid.start[a]);
  if (std::abs(grid.start[a] - whole) < std::clamp(drift, kWhole, kDrift)) grid.start[a] = whole;
}

std::string letters(const Vec3& direction) {
  static constexpr const char* kTowards[] = {"L", "P", "S"};
  static constexpr const char* kAgainst[] = {"R", "A", "I"};
  constexpr double kSecond = 0.34;  // 20°
  std::array<std::size_t, 3> order{0, 1, 2};
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::abs(direction[a]) > std::abs(direction[b]); });
  std::string out;
  for (std::size_t n = 0; n < 2; ++n) {
    const double along = direction[order[n]];
    if (n == 0 || std::abs(along) > kSecond) out += along > 0 ? kTowards[order[n]] : kAgainst[order[n]];
  }
  return out;
}

}  // namespace

std::string planeKey(Plane plane) {
  switch (plane) {
    case Plane::Axial:
      return "axial";
    case Plane::Sagittal:
      return "sagittal";
    case Plane::Coronal:
      break;
  }
  return "coronal";
}

SliceLayout layoutOf(const Geometry& geometry, Plane plane, bool radiological) {
  const AxisMap map = axisMapOf(geometry);
  const ScreenAxes screen = screenAxes(plane, radiological);
  SliceLayout layout;
  layout.geometry = geometry;
  layout.plane = plane;
  layout.radiological = radiological;
  for (std::size_t d = 0; d < 3; ++d) {
    for (std::size_t a = 0; a < 3; ++a) {
      if (map.patientAxis[a] == screen.patient[d]) layout.axis[d] = a;
    }
    const std::size_t axis = layout.axis[d];
    layout.reversed[d] = map.reversed[axis] != (d < 2 && screen.against[d]);
    const Vec3 direction = axisDirection(geometry, static_cast<int>(axis));
    layout.axes[d] = layout.reversed[d] ? Vec3{-direction[0], -direction[1], -direction[2]} : direction;
    layout.extents[d] = static_cast<double>(geometry.size[axis]) * geometry.spacing[axis];
  }
  layout.step = geometry.spacing[layout.axis[2]];
  layout.count = geometry.size[layout.axis[2]];
  return layout;
}

SliceLayout layoutOf(const Geometry& geometry, Plane plane, const ViewsState& views) {
  SliceLayout layout = layoutOf(geometry, plane, views.radiological);
  const bool patient = views.alignment == Alignment::Patient;
  if (!patient && views.rotation.none()) return layout;
  layout.own = false;
  if (patient) {
    const ScreenAxes screen = screenAxes(plane, views.radiological);
    for (std::size_t d = 0; d < 3; ++d) {
      layout.axes[d] = {0, 0, 0};
      layout.axes[d].at(static_cast<std::size_t>(screen.patient[d])) = d < 2 && screen.against[d] ? -1 : 1;
    }
  } else {
    layout.axes = straightened(layout.axes);
  }
  for (Vec3& axis : layout.axes) axis = rotate(views.rotation, axis);
  measure(layout);
  return layout;
}

Vec3 SliceLayout::sceneOf(const Vec3& world) const {
  Mat3 columns{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t d = 0; d < 3; ++d) columns[3 * row + d] = axes[d][row];
  }
  const Mat3 back = inverse(columns);
  const Vec3 from = minus(world, centreOf(geometry));
  return {back[0] * from[0] + back[1] * from[1] + back[2] * from[2],
          back[3] * from[0] + back[4] * from[1] + back[5] * from[2],
          back[6] * from[0] + back[7] * from[1] + back[8] * from[2]};
}

Vec3 SliceLayout::worldOf(const Vec3& scene) const {
  return plus(plus(plus(centreOf(geometry), axes[0], scene[0]), axes[1], scene[1]), axes[2], scene[2]);
}

std::int64_t SliceLayout::sliceOf(const Vec3& world) const {
  const double n = sceneOf(world)[2] / step + 0.5 * static_cast<double>(count - 1);
  return static_cast<std::int64_t>(std::floor(std::clamp(n, 0.0, static_cast<double>(count - 1)) + 0.5 + 1e-9));
}

double SliceLayout::offsetOf(std::int64_t slice) const {
  return (static_cast<double>(slice) - 0.5 * static_cast<double>(count - 1)) * step;
}

double SliceLayout::planeThrough(const Vec3& world) const {
  if (own) return offsetOf(sliceOf(world));
  return std::clamp(sceneOf(world)[2], -0.5 * extents[2], 0.5 * extents[2]);
}

Vec3 SliceLayout::movedTo(const Vec3& world, std::int64_t slice) const {
  const double offset = offsetOf(std::clamp<std::int64_t>(slice, 0, count - 1));
  return plus(world, axes[2], offset - sceneOf(world)[2]);
}

SliceGrid SliceLayout::gridAt(std::int64_t slice) const {
  SliceGrid grid;
  grid.start = grid.stepU = grid.stepV = {0, 0, 0};
  grid.start[axis[2]] = static_cast<double>(reversed[2] ? count - 1 - slice : slice);
  for (std::size_t d = 0; d < 2; ++d) {
    (d == 0 ? grid.stepU : grid.stepV)[axis[d]] = reversed[d] ? -1 : 1;
    if (reversed[d]) grid.start[axis[d]] = static_cast<double>(geometry.size[axis[d]] - 1);
    grid.spacing[d] = geometry.spacing[axis[d]];
  }
  grid.columns = geometry.size[axis[0]];
  grid.rows = geometry.size[axis[1]];
  return grid;
}

std::array<std::string, 4> SliceLayout::edgeLetters() const {
  std::array<std::string, 4> out;
  const ScreenAxes screen = screenAxes(plane, radiological);
  for (std::size_t d = 0; d < 2; ++d) {
    Vec3 towards = axes[d];
    if (own) {  // the axis that the view stands for, however oblique the volume
      towards = {0, 0, 0};
      towards.at(static_cast<std::size_t>(screen.patient[d])) = screen.against[d] ? -1 : 1;
    }
    out[d == 0 ? 1 : 2] = letters(towards);
    out[d == 0 ? 0 : 3] = letters({-towards[0], -towards[1], -towards[2]});
  }
  return out;
}

PixelPlane pixelPlane(const SliceLayout& layout, const std::array<double, 2>& middle, double offset, double mm,
                      std::int64_t columns, std::int64_t rows, const Slab& slab) {
  PixelPlane out;
  // Pixels often lie exactly between two voxels. A nudge to the right and up, which is a direction in the patient,
  // decides alike for volumes whose voxels are stored the other way round.
  constexpr double kNudge = 1e-5;
  const double left = middle[0] - (0.5 * static_cast<double>(columns - 1) - kNudge) * mm;
  const double bottom = middle[1] - (0.5 * static_cast<double>(rows - 1) - kNudge) * mm;
  out.origin = layout.worldOf({left, bottom, offset});
  out.right = {layout.axes[0][0] * mm, layout.axes[0][1] * mm, layout.axes[0][2] * mm};
  out.up = {layout.axes[1][0] * mm, layout.axes[1][1] * mm, layout.axes[1][2] * mm};
  out.across = layout.axes[2];
  out.columns = columns;
  out.rows = rows;
  out.slab = slab;
  const Vec3& s = layout.geometry.spacing;
  out.finest = std::min({s[0], s[1], s[2]});
  return out;
}

SliceGrid gridIn(const PixelPlane& plane, const Geometry& geometry) {
  constexpr double kMostSamples = 2000;
  SliceGrid out;
  out.start = worldToVoxel(geometry, plane.origin);
  out.stepU = voxelStep(geometry, plane.right);
  out.stepV = voxelStep(geometry, plane.up);
  out.columns = plane.columns;
  out.rows = plane.rows;
  out.spacing = {lengthOf(plane.right), lengthOf(plane.up)};
  for (std::size_t a = 0; a < 3; ++a) straighten(out, a);
  if (plane.slab.mode == SlabMode::Off || !(plane.slab.thickness > 0)) return out;
  out.slab = plane.slab.mode;
  double step = 0.5 * plane.finest;
  step = std::max(step, plane.slab.thickness / kMostSamples);
  out.reach = static_cast<int>(std::floor(0.5 * plane.slab.thickness / step + 1e-9));
  out.stepN = voxelStep(geometry, {plane.across[0] * step, plane.across[1] * step, plane.across[2] * step});
  for (double& along : out.stepN) {
    if (std::abs(along) * (2 * out.reach + 1) < kDrift) along = 0;
  }
  return out;
}

}  // namespace voxmark::render
