#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/volume/volume_info.h"

namespace voxmark {

/// Colours have types of their own in NIfTI; other components lie along the fifth dimension, the slowest.
[[nodiscard]] bool isNiftiVector(const VolumeInfo& info);

/// The header of `info`, with everything up to the first voxel of a single file: NIfTI-1, or NIfTI-2 where a size needs
/// it or the volume comes from such a file, whose doubles singles could not hold; `pair`: that of an .hdr file.
///
/// A volume that was read from NIfTI keeps description, intent, units, timing, display range and header extensions. On
/// an unchanged grid both of its transforms are kept as they were, codes included; on another grid both forms are those
/// of the new geometry, in the space of the old one. The space is that of the scanner (code 1) for DICOM, and aligned
/// to something (2) for all else.
[[nodiscard]] std::vector<std::byte> niftiHeaderBytes(const VolumeInfo& info, bool pair);

}  // namespace voxmark
