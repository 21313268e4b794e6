#include "core/io/axis_layout.h"

#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

Vec3 columnOf(const Mat3& m, std::size_t n) {
  return {m[n], m[3 + n], m[6 + n]};
}

void setColumn(Mat3& m, std::size_t n, Vec3 v) {
  const double length = lengthOf(v);
  for (std::size_t row = 0; row < 3; ++row) m[3 * row + n] = v[row] / length;
}

/// Unit columns at right angles for those that the header does not give, so that the three are right-handed.
void completeColumns(Mat3& m) {
  for (std::size_t n = 0; n < 3; ++n) {
    if (lengthOf(columnOf(m, n)) != 0) continue;
    const Vec3 next = columnOf(m, (n + 1) % 3);
    const Vec3 last = columnOf(m, (n + 2) % 3);
    if (lengthOf(next) > 0 && lengthOf(last) > 0) {
      setColumn(m, n, cross(next, last));
      continue;
    }
    const Vec3 given = lengthOf(next) > 0 ? next : last;
    Vec3 unit{};
    unit[n] = 1;
    const Vec3 side = cross(given, unit);
    setColumn(m, n, lengthOf(side) > 0 ? cross(side, given) : unit);
  }
}

}  // namespace

std::vector<int> assignAxes(RawLayout& layout, const std::vector<DeclaredAxis>& axes) {
  using Meaning = DeclaredAxis::Meaning;
  VolumeInfo& info = layout.info;
  std::vector<int> place(axes.size(), -1);
  int spatial = 0;
  bool hasComponents = false;
  info.geometry.size = {1, 1, 1};
  for (std::size_t n = 0; n < axes.size(); ++n) {
    const auto [size, meaning] = axes[n];
    if (size < 1 || size > (std::int64_t{1} << 40)) {
      throw fieldError(info.path, fmt::format("size of axis {}", n), "1 or more", std::to_string(size));
    }
    if (meaning == Meaning::Component) {
      if (size == 1) continue;
      if (hasComponents || size > 65536) {
        throw fileError(ErrorCode::Unsupported, info.path,
                        "more than one component axis, or one too long, is not supported");
      }
      hasComponents = true;
      info.components = static_cast<int>(size);
      layout.axes.push_back({AxisRole::Component, size});
    } else if (meaning != Meaning::Frame && spatial < 3) {
      info.geometry.size[static_cast<std::size_t>(spatial)] = size;
      layout.axes.push_back({static_cast<AxisRole>(spatial), size});
      place[n] = spatial++;
    } else {
      info.frameAxes.push_back(size);
      if (size == 1) continue;
      if (info.frames > 1 && layout.axes.back().role != AxisRole::Frame) {
        throw fileError(ErrorCode::Unsupported, info.path, "frame axes that lie apart are not supported");
      }
      if (size > (std::int64_t{1} << 62) / info.frames) {
        throw fieldError(info.path, fmt::format("size of axis {}", n), "frames whose number is below 2^62",
                         std::to_string(size));
      }
      if (info.frames > 1) {
        layout.axes.back().size *= size;
      } else {
        layout.axes.push_back({AxisRole::Frame, size});
      }
      info.frames *= size;
    }
  }
  return place;
}

void setDirections(VolumeInfo& info, Mat3 columns, const Vec3& origin) {
  completeColumns(columns);
  for (double& value : columns) value += 0.0;  // no negative zeros in what is printed
  if (!setAffine(info.geometry, columns, origin)) {
    info.warnings.emplace_back(
        "the axis directions cannot be used (singular or not finite): straight axes and unit spacing taken");
    info.geometry.spacing = {1, 1, 1};
    info.geometry.direction = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (std::size_t n = 0; n < 3; ++n) info.geometry.origin[n] = std::isfinite(origin[n]) ? origin[n] : 0;
  }
  warnOfShear(info);
}

void warnOfShear(VolumeInfo& info) {
  const double shear = shearOf(info.geometry);
  if (shear > 1e-3) {
    info.warnings.push_back(fmt::format("the voxel axes are not perpendicular (cosine {:.4f}): shear is kept", shear));
  }
}

}  // namespace voxmark
