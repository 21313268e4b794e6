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

Vec3 plus(const Vec3& a, const Vec3& b, double factor) {
  return {a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]};
}

}  // namespace

SliceLayout layoutOf(const Geometry& geometry, Plane plane, bool radiological) {
  const AxisMap map = axisMapOf(geometry);
  const ScreenAxes screen = screenAxes(plane, radiological);
  SliceLayout layout{geometry, plane, radiological, {}, {}};
  for (std::size_t d = 0; d < 3; ++d) {
    for (std::size_t a = 0; a < 3; ++a) {
      if (map.patientAxis[a] == screen.patient[d]) layout.axis[d] = a;
    }
    layout.reversed[d] = map.reversed[layout.axis[d]] != (d < 2 && screen.against[d]);
  }
  return layout;
}

std::array<double, 2> SliceLayout::extent() const {
  return {static_cast<double>(size(0)) * spacing(0), static_cast<double>(size(1)) * spacing(1)};
}

std::int64_t SliceLayout::sliceOf(const Vec3& world) const {
  const double voxel = std::clamp(worldToVoxel(geometry, world)[axis[2]], 0.0, static_cast<double>(size(2) - 1));
  const auto index = static_cast<std::int64_t>(std::floor(voxel + 0.5));
  return reversed[2] ? size(2) - 1 - index : index;
}

SliceGrid SliceLayout::gridAt(std::int64_t slice) const {
  SliceGrid grid;
  grid.start = grid.stepU = grid.stepV = {0, 0, 0};
  grid.start[axis[2]] = static_cast<double>(reversed[2] ? size(2) - 1 - slice : slice);
  for (std::size_t d = 0; d < 2; ++d) {
    (d == 0 ? grid.stepU : grid.stepV)[axis[d]] = reversed[d] ? -1 : 1;
    if (reversed[d]) grid.start[axis[d]] = static_cast<double>(size(d) - 1);
    grid.spacing[d] = spacing(d);
  }
  grid.columns = size(0);
  grid.rows = size(1);
  return grid;
}

Vec3 SliceLayout::worldAt(const std::array<double, 2>& scene, std::int64_t slice) const {
  const SliceGrid grid = gridAt(slice);
  const double column = scene[0] / spacing(0) + 0.5 * static_cast<double>(size(0) - 1);
  const double row = scene[1] / spacing(1) + 0.5 * static_cast<double>(size(1) - 1);
  return voxelToWorld(geometry, plus(plus(grid.start, grid.stepU, column), grid.stepV, row));
}

std::array<double, 2> SliceLayout::sceneOf(const Vec3& world) const {
  const Vec3 voxel = worldToVoxel(geometry, world);
  std::array<double, 2> scene{};
  for (std::size_t d = 0; d < 2; ++d) {
    const double fromMiddle = voxel[axis[d]] - 0.5 * static_cast<double>(size(d) - 1);
    scene[d] = (reversed[d] ? -fromMiddle : fromMiddle) * spacing(d);
  }
  return scene;
}

Vec3 SliceLayout::movedTo(const Vec3& world, std::int64_t slice) const {
  const std::int64_t index = std::clamp<std::int64_t>(slice, 0, size(2) - 1);
  Vec3 voxel = worldToVoxel(geometry, world);
  voxel[axis[2]] = static_cast<double>(reversed[2] ? size(2) - 1 - index : index);
  return voxelToWorld(geometry, voxel);
}

std::array<std::string, 4> edgeLettersOf(Plane plane, bool radiological) {
  static constexpr const char* kTowards[] = {"L", "P", "S"};
  static constexpr const char* kAgainst[] = {"R", "A", "I"};
  const ScreenAxes screen = screenAxes(plane, radiological);
  std::array<std::string, 4> letters;
  for (std::size_t d = 0; d < 2; ++d) {
    const auto patient = static_cast<std::size_t>(screen.patient[d]);
    const std::size_t towards = d == 0 ? 1 : 2;  // right, top
    const std::size_t away = d == 0 ? 0 : 3;     // left, bottom
    letters[towards] = screen.against[d] ? kAgainst[patient] : kTowards[patient];
    letters[away] = screen.against[d] ? kTowards[patient] : kAgainst[patient];
  }
  return letters;
}

SliceGrid gridIn(const Geometry& other, const SliceGrid& grid, const Geometry& geometry) {
  static constexpr std::int64_t kLongest = 2048;
  if (other == geometry) return grid;
  const double finest = std::min({other.spacing[0], other.spacing[1], other.spacing[2]});
  const double coarsest = std::max(grid.spacing[0], grid.spacing[1]);
  const std::int64_t fits = std::max<std::int64_t>(1, kLongest / std::max(grid.columns, grid.rows));
  const auto wanted = static_cast<std::int64_t>(std::ceil(std::min(coarsest / finest, 1e6) - 1e-6));
  const std::int64_t fold = std::clamp<std::int64_t>(wanted, 1, fits);
  const double step = 1.0 / static_cast<double>(fold);
  const double shift = 0.5 * step - 0.5;  // the first of `fold` pixels inside the first voxel
  const Vec3 first = plus(plus(grid.start, grid.stepU, shift), grid.stepV, shift);
  const auto across = [&](const Vec3& voxel) { return worldToVoxel(other, voxelToWorld(geometry, voxel)); };
  SliceGrid out;
  out.start = across(first);
  out.stepU = plus(across(plus(first, grid.stepU, step)), out.start, -1);
  out.stepV = plus(across(plus(first, grid.stepV, step)), out.start, -1);
  out.columns = grid.columns * fold;
  out.rows = grid.rows * fold;
  out.spacing = {grid.spacing[0] * step, grid.spacing[1] * step};
  return out;
}

}  // namespace voxmark::render
