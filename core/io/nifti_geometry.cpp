#include <cmath>

#include <fmt/format.h>

#include "core/io/nifti_header.h"

namespace voxmark {
namespace {

/// Sets the geometry from a NIfTI affine: RAS millimetres, row-major 3×4.
bool setRas(Geometry& geometry, const std::array<double, 12>& ras) {
  Mat3 columns{};
  Vec3 origin{};
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1.0 : 1.0;  // RAS to LPS
    for (std::size_t column = 0; column < 3; ++column) columns[3 * row + column] = sign * ras[4 * row + column];
    origin[row] = sign * ras[4 * row + 3];
  }
  for (double& value : columns) value += 0.0;  // no negative zeros in what is printed
  for (double& value : origin) value += 0.0;
  return setAffine(geometry, columns, origin);
}

/// Voxel sizes, usable ones in any case.
Vec3 voxelSizes(const NiftiHeader& h, std::vector<std::string>& warnings) {
  Vec3 out{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double size = h.pixdim[axis + 1];
    out[axis] = std::abs(size);
    if (std::isfinite(size) && size > 0) continue;
    if (!std::isfinite(size) || size == 0) out[axis] = 1;
    // Headers of two-dimensional images often leave the third entry empty.
    if (static_cast<std::int64_t>(axis) < h.dim[0]) {
      warnings.push_back(fmt::format("pixdim[{}] is {}: taken as {}", axis + 1, size, out[axis]));
    }
  }
  return out;
}

/// Method 2 of the standard (nifti1.h): rotation by the quaternion, third axis flipped by qfac = pixdim[0].
std::array<double, 12> qformAffine(const NiftiHeader& h, const Vec3& size, std::vector<std::string>& warnings) {
  double b = h.quatern[0], c = h.quatern[1], d = h.quatern[2];
  const double rest = 1.0 - (b * b + c * c + d * d);
  // Of the header's numbers, as nibabel has it.
  const double rounding = 3 * (h.kind == NiftiKind::Nifti2 ? 2.220446049250313e-16 : 1.1920928955078125e-07);
  double a = 0;
  if (rest > rounding) {
    a = std::sqrt(rest);
  } else if (rest < -rounding) {
    const double norm = std::sqrt(b * b + c * c + d * d);
    warnings.push_back(fmt::format("the quaternion is longer than 1 ({}): normalised", norm));
    b /= norm;
    c /= norm;
    d /= norm;
  }
  const double flip = h.pixdim[0] < 0 ? -1.0 : 1.0;
  const double i = size[0], j = size[1], k = size[2] * flip;
  return {(a * a + b * b - c * c - d * d) * i,
          2 * (b * c - a * d) * j,
          2 * (b * d + a * c) * k,
          h.qoffset[0],
          2 * (b * c + a * d) * i,
          (a * a + c * c - b * b - d * d) * j,
          2 * (c * d - a * b) * k,
          h.qoffset[1],
          2 * (b * d - a * c) * i,
          2 * (c * d + a * b) * j,
          (a * a + d * d - b * b - c * c) * k,
          h.qoffset[2]};
}

/// The voxel at the world's origin where no matrix says it: the one that SPM's Analyze files name, if it lies anywhere
/// near the volume, else the middle.
Vec3 worldOrigin(const NiftiHeader& h, const Index3& size) {
  Vec3 out{};
  bool named = h.spmOrigin != std::array<int, 3>{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    named = named && h.spmOrigin[axis] > -size[axis] && h.spmOrigin[axis] < 2 * size[axis];
    out[axis] = 0.5 * static_cast<double>(size[axis] - 1);
  }
  if (!named) return out;
  for (std::size_t axis = 0; axis < 3; ++axis) out[axis] = h.spmOrigin[axis] - 1;
  return out;
}

}  // namespace

Geometry niftiGeometry(const NiftiHeader& h, std::vector<std::string>& warnings) {
  Geometry geometry;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    geometry.size[axis] = static_cast<std::int64_t>(axis) < h.dim[0] ? h.dim[axis + 1] : 1;
  }
  if (h.sformCode > 0) {
    if (setRas(geometry, h.srow)) return geometry;
    warnings.emplace_back("the sform matrix cannot be used (singular or not finite): next best taken");
  }
  const Vec3 size = voxelSizes(h, warnings);
  if (h.qformCode > 0) {
    if (setRas(geometry, qformAffine(h, size, warnings))) return geometry;
    warnings.emplace_back("the qform cannot be used (not finite): centred default taken");
  }
  // Neither matrix: x runs to the left.
  const Vec3 middle = worldOrigin(h, geometry.size);
  if (!setRas(geometry, {-size[0], 0, 0, middle[0] * size[0], 0, size[1], 0, -middle[1] * size[1], 0, 0, size[2],
                         -middle[2] * size[2]})) {
    warnings.emplace_back("the voxel sizes cannot be used: unit spacing taken");
  }
  return geometry;
}

}  // namespace voxmark
