#pragma once

#include <array>
#include <string>

#include "core/volume/region.h"
#include "core/volume/vec3.h"

namespace voxmark {

/// Row-major 3×3.
using Mat3 = std::array<double, 9>;

/// Where a grid of voxels lies in the patient: LPS millimetres (x grows to the Left, y to the Posterior, z to the
/// Superior), as DICOM and ITK have it. The columns of `direction` are the directions of i, j and k; they are unit
/// vectors but not necessarily perpendicular (a sheared file keeps its shear).
struct Geometry {
  Index3 size{0, 0, 0};
  Vec3 spacing{1, 1, 1};  ///< mm between voxel centres
  Vec3 origin{0, 0, 0};   ///< centre of voxel (0, 0, 0), mm
  Mat3 direction{1, 0, 0, 0, 1, 0, 0, 0, 1};

  friend bool operator==(const Geometry&, const Geometry&) = default;
};

/// Column `axis` of the direction matrix: where that voxel axis points, a unit vector.
[[nodiscard]] Vec3 axisDirection(const Geometry& geometry, int axis);
/// World position (mm, LPS) of a continuous voxel index.
[[nodiscard]] Vec3 voxelToWorld(const Geometry& geometry, const Vec3& voxel);
/// Continuous voxel index of a world position. The geometry must be invertible (makeGeometry sees to that).
[[nodiscard]] Vec3 worldToVoxel(const Geometry& geometry, const Vec3& world);

/// Three of L R A P S I: towards which patient direction each voxel axis points, as nibabel's aff2axcodes has it: after
/// taking out the shear, i takes the patient axis with its largest cosine, then j of those left, then k.
[[nodiscard]] std::string orientationOf(const Geometry& geometry);
/// For each voxel axis the patient axis it follows (0 x, 1 y, 2 z), and whether it runs against it (LPS).
struct AxisMap {
  std::array<int, 3> patientAxis{0, 1, 2};
  std::array<bool, 3> reversed{false, false, false};
};
[[nodiscard]] AxisMap axisMapOf(const Geometry& geometry);

/// Largest angle, in degrees, between a voxel axis and the patient axis that it follows: 0 for straight grids.
[[nodiscard]] double obliqueAngle(const Geometry& geometry);
/// Largest |cosine| between two different voxel axes: 0 for perpendicular ones.
[[nodiscard]] double shearOf(const Geometry& geometry);
[[nodiscard]] double determinant(const Mat3& matrix);
/// Inverse; the caller has checked that the determinant is not 0.
[[nodiscard]] Mat3 inverse(const Mat3& matrix);

/// The geometry of a sub-box: same axes, shifted origin.
[[nodiscard]] Geometry cropped(const Geometry& geometry, const Region& region);
/// Same grid to within `tolerance` (of a voxel for positions): what `diff` asks for.
[[nodiscard]] bool sameGrid(const Geometry& a, const Geometry& b, double tolerance = 1e-3);
/// Position of the middle of the volume, mm.
[[nodiscard]] Vec3 centreOf(const Geometry& geometry);

/// Builds spacing and direction from the columns of an affine (LPS; mm per voxel step along i, j, k).
/// False when a column is zero, not finite, or the three lie in a plane.
[[nodiscard]] bool setAffine(Geometry& geometry, const Mat3& columns, const Vec3& origin);

}  // namespace voxmark
