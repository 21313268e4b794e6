#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/io/dicom_file.h"

namespace voxmark::dicom {

/// Cross product of the row and the column direction, as written.
[[nodiscard]] Vec3 normalOf(const std::array<double, 6>& orientation);

/// Whether two planes are parallel and turned alike, to within what rounding in a header explains.
[[nodiscard]] bool sameOrientation(const DicomPlane& a, const DicomPlane& b);

/// Geometry of slices in rising order, one plane a slice. The third axis is the true vector between slice positions,
/// so that a tilted gantry stays a shear; whatever is missing or uneven becomes a warning.
[[nodiscard]] Geometry geometryOf(const DicomFile& file, std::span<const DicomPlane> slices,
                                  std::vector<std::string>& warnings);

}  // namespace voxmark::dicom
