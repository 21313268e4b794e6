#include "core/io/dicom_planes.h"

#include <fmt/format.h>

#include "core/io/dicom_geometry.h"

namespace voxmark {
namespace {

using dicom::DataSet;
using dicom::Tag;

const Tag kPosition(0x0020, 0x0032);
const Tag kOrientation(0x0020, 0x0037);
const Tag kPixelSpacing(0x0028, 0x0030);
const Tag kSpacingBetweenSlices(0x0018, 0x0088);
const Tag kSliceThickness(0x0018, 0x0050);

void readPosition(const DataSet& set, DicomPlane& plane) {
  const auto position = set.numbers(kPosition);
  if (position.size() == 3) plane.position = Vec3{position[0], position[1], position[2]};
}

void readOrientation(const DataSet& set, DicomPlane& plane) {
  const auto values = set.numbers(kOrientation);
  if (values.size() != 6) return;
  std::array<double, 6> axes{};
  std::copy(values.begin(), values.end(), axes.begin());
  plane.orientation = axes;
}

void readScale(const DataSet& set, DicomPlane& plane) {
  const auto slope = set.number(Tag(0x0028, 0x1053));
  const auto intercept = set.number(Tag(0x0028, 0x1052));
  if (slope && *slope != 0) plane.scale.slope = *slope;
  if (intercept) plane.scale.intercept = *intercept;
}

void readMeasures(const DataSet& set, DicomFile& file) {
  const auto spacing = set.numbers(kPixelSpacing);
  if (!file.pixelSpacing && spacing.size() == 2) file.pixelSpacing = std::array<double, 2>{spacing[0], spacing[1]};
  if (!file.sliceStep) file.sliceStep = set.number(kSpacingBetweenSlices);
  if (!file.sliceStep) file.sliceStep = set.number(kSliceThickness);
}

/// What one item of the shared or per-frame functional groups says.
void readGroups(const DataSet& groups, DicomFile& file, DicomPlane& plane) {
  if (const auto* set = groups.firstItem(Tag(0x0020, 0x9113))) readPosition(*set, plane);
  if (const auto* set = groups.firstItem(Tag(0x0020, 0x9116))) readOrientation(*set, plane);
  if (const auto* set = groups.firstItem(Tag(0x0028, 0x9145))) readScale(*set, plane);
  if (const auto* set = groups.firstItem(Tag(0x0028, 0x9110))) readMeasures(*set, file);
}

/// Planes that share one header: their places follow from the first position and a step along the normal.
void spreadAlongNormal(const DataSet& header, DicomFile& file, const DicomPlane& first) {
  auto offsets = header.numbers(Tag(0x3004, 0x000c));
  const bool listed = offsets.size() == static_cast<std::size_t>(file.frames);
  if (!listed) file.warnings.push_back("the frames have no positions: they are stacked along the slice normal");
  const double step = file.sliceStep && *file.sliceStep > 0 ? *file.sliceStep : 1.0;
  const auto axes = first.orientation.value_or(std::array<double, 6>{1, 0, 0, 0, 1, 0});
  const Vec3 normal = dicom::normalOf(axes);
  const Vec3 start = first.position.value_or(Vec3{0, 0, 0});
  for (std::size_t frame = 0; frame < file.planes.size(); ++frame) {
    const double along = listed ? offsets[frame] - offsets[0] : step * static_cast<double>(frame);
    file.planes[frame].position =
        Vec3{start[0] + along * normal[0], start[1] + along * normal[1], start[2] + along * normal[2]};
    file.planes[frame].orientation = axes;
  }
}

}  // namespace

void readPlanes(const dicom::DataSet& header, DicomFile& file) {
  DicomPlane first;
  readPosition(header, first);
  readOrientation(header, first);
  readScale(header, first);
  first.location = header.number(Tag(0x0020, 0x1041));
  first.acquisition = header.number(Tag(0x0020, 0x0012)).value_or(0);
  first.order = header.number(Tag(0x0020, 0x0013)).value_or(0);
  readMeasures(header, file);
  if (const auto* detector = header.firstItem(Tag(0x0054, 0x0022))) {
    if (!first.position) readPosition(*detector, first);
    if (!first.orientation) readOrientation(*detector, first);
  }
  if (const auto* shared = header.firstItem(Tag(0x5200, 0x9229))) readGroups(*shared, file, first);
  file.planes.assign(static_cast<std::size_t>(file.frames), first);
  const auto& perFrame = header.items(Tag(0x5200, 0x9230));
  bool placed = file.frames == 1;
  for (std::size_t frame = 0; frame < file.planes.size(); ++frame) {
    DicomPlane& plane = file.planes[frame];
    plane.frame = static_cast<std::int64_t>(frame);
    if (file.frames > 1) plane.order = static_cast<double>(frame);
    if (frame >= perFrame.size()) continue;
    readGroups(perFrame[frame], file, plane);
    placed = placed || plane.position != first.position;
  }
  if (!placed) spreadAlongNormal(header, file, first);
}

}  // namespace voxmark
