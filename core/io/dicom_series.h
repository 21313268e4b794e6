#pragma once

#include <string>
#include <vector>

#include "core/io/dicom_file.h"
#include "core/volume/volume_info.h"

namespace voxmark {

/// Planes that can be stacked: one series, one size, one pixel type, one orientation.
struct DicomGroup {
  std::size_t example = 0;  ///< index of a file with these properties
  std::vector<DicomPlane> planes;
};

/// A group put in order: frame after frame, slices rising along the normal.
struct DicomStack {
  std::int64_t slices = 0;
  std::int64_t frames = 1;
  std::vector<DicomPlane> planes;
  std::vector<std::string> warnings;
};

/// Sets the `file` of every plane as a side effect.
[[nodiscard]] std::vector<DicomGroup> groupPlanes(std::vector<DicomFile>& files);

/// Index of the group that `series` names: a SeriesInstanceUID, or a number counted from 1; empty: the only one. Throws
/// SeveralSeries with the numbered list where that is not exactly one, Error(NotFound) where it is none.
[[nodiscard]] std::size_t chooseGroup(const std::vector<DicomGroup>& groups, const std::vector<DicomFile>& files,
                                      const std::string& path, const std::string& series);

/// Sorts by position along the normal; several planes at each position become frames, in the order of their
/// acquisition and instance numbers. Throws Error(Format) where positions have different numbers of planes.
[[nodiscard]] DicomStack stackPlanes(std::vector<DicomPlane> planes, const std::string& path);

}  // namespace voxmark
