#include "core/io/dicom_geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace voxmark::dicom {
namespace {

bool usableStep(double step) {
  return std::isfinite(step) && step > 0;
}

struct Axes {
  Vec3 row{1, 0, 0}, column{0, 1, 0}, normal{0, 0, 1};
};

Axes axesOf(const DicomPlane& plane, std::vector<std::string>& warnings) {
  Axes axes;
  if (!plane.orientation) {
    warnings.push_back("ImageOrientationPatient is missing: axial slices are assumed");
    return axes;
  }
  const auto& o = *plane.orientation;
  const Vec3 row{o[0], o[1], o[2]};
  const Vec3 column{o[3], o[4], o[5]};
  const Vec3 normal = normalOf(o);
  if (lengthOf(row) < 1e-6 || lengthOf(column) < 1e-6 || lengthOf(normal) < 1e-6) {
    warnings.push_back("ImageOrientationPatient spans no plane: axial slices are assumed");
    return axes;
  }
  axes.row = scaled(row, 1 / lengthOf(row));
  axes.column = scaled(column, 1 / lengthOf(column));
  axes.normal = scaled(normal, 1 / lengthOf(normal));
  if (std::abs(dot(axes.row, axes.column)) > 1e-3 || std::abs(lengthOf(row) - 1) > 1e-2 ||
      std::abs(lengthOf(column) - 1) > 1e-2) {
    warnings.push_back("ImageOrientationPatient is not two perpendicular unit vectors");
  }
  return axes;
}

/// Third axis (unit) and step, from the positions of the slices.
std::pair<Vec3, double> stackingOf(std::span<const DicomPlane> slices, const Vec3& normal,
                                   std::vector<std::string>& warnings) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < slices.size(); ++i) {
    gaps.push_back(lengthOf(minus(*slices[i].position, *slices[i - 1].position)));
  }
  const auto [smallest, largest] = std::minmax_element(gaps.begin(), gaps.end());
  const double least = *smallest;
  const double most = *largest;
  const std::size_t wide = static_cast<std::size_t>(std::max_element(gaps.begin(), gaps.end()) - gaps.begin());
  std::vector<double> ordered = gaps;
  std::nth_element(ordered.begin(), ordered.begin() + static_cast<std::ptrdiff_t>(ordered.size() / 2), ordered.end());
  const double step = ordered[ordered.size() / 2];
  if (most - least > std::max(0.01, 0.02 * step)) {
    warnings.push_back(
        fmt::format("slices are unevenly spaced ({:.4f} to {:.4f} mm; after slice {} {:.4f} mm): slices "
                    "are probably missing, {:.4f} mm is used throughout",
                    least, most, wide, most, step));
  }
  const Vec3 along = minus(*slices.back().position, *slices.front().position);
  const Vec3 direction = scaled(along, 1 / lengthOf(along));
  const double angle = std::acos(std::min(1.0, std::abs(dot(direction, normal)))) * 180 / std::numbers::pi;
  // Below this, rounded positions are the likelier explanation than a tilt.
  if (angle < 0.05) return {normal, step};
  warnings.push_back(
      fmt::format("gantry tilt {:.2f}°: slice positions are sheared against the slice normal; the shear "
                  "is kept in the geometry",
                  angle));
  return {direction, step};
}

void setInPlane(const DicomFile& file, Geometry& geometry, std::vector<std::string>& warnings) {
  if (!file.pixelSpacing) {
    warnings.push_back("PixelSpacing is missing: 1 mm is assumed");
    return;
  }
  const auto [rows, columns] = *file.pixelSpacing;
  if (!usableStep(rows) || !usableStep(columns)) {
    warnings.push_back(fmt::format("PixelSpacing is {}\\{}: 1 mm is assumed", rows, columns));
    return;
  }
  geometry.spacing[0] = columns;
  geometry.spacing[1] = rows;
}

}  // namespace

Vec3 normalOf(const std::array<double, 6>& o) {
  return {o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
}

bool sameOrientation(const DicomPlane& a, const DicomPlane& b) {
  if (a.orientation.has_value() != b.orientation.has_value()) return false;
  if (!a.orientation) return true;
  for (std::size_t i = 0; i < 6; ++i) {
    if (std::abs((*a.orientation)[i] - (*b.orientation)[i]) > 1e-3) return false;
  }
  return true;
}

Geometry geometryOf(const DicomFile& file, std::span<const DicomPlane> slices, std::vector<std::string>& warnings) {
  Geometry geometry;
  geometry.size = {file.columns, file.rows, static_cast<std::int64_t>(slices.size())};
  setInPlane(file, geometry, warnings);
  const Axes axes = axesOf(slices.front(), warnings);
  Vec3 third = axes.normal;
  double step = file.sliceStep.value_or(1.0);
  const bool placed = std::all_of(slices.begin(), slices.end(), [](const auto& s) { return s.position.has_value(); });
  if (!placed) {
    warnings.push_back("ImagePositionPatient is missing: the origin and the slice positions are assumed");
  } else {
    geometry.origin = *slices.front().position;
    if (slices.size() > 1) std::tie(third, step) = stackingOf(slices, axes.normal, warnings);
  }
  if (!usableStep(step)) {
    warnings.push_back(fmt::format("the slice thickness is {}: 1 mm is assumed", step));
    step = 1;
  }
  geometry.spacing[2] = step;
  geometry.direction = {axes.row[0], axes.column[0], third[0],       axes.row[1], axes.column[1],
                        third[1],    axes.row[2],    axes.column[2], third[2]};
  return geometry;
}

}  // namespace voxmark::dicom
