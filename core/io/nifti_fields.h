#pragma once

#include <string>
#include <vector>

#include "core/volume/volume_info.h"

namespace voxmark {

/// A field of a header as it is shown: its name in the standard, its value, and what that means ("" where the value
/// says it all).
struct HeaderField {
  std::string name;
  std::string value;
  std::string meaning;
};

/// Every field of the NIfTI-1 or NIfTI-2 header that a volume was read from, in the order in which they lie in the
/// file; empty for volumes of another origin. Codes as the standard's nifti1.h and nifti2.h name them.
[[nodiscard]] std::vector<HeaderField> niftiFields(const VolumeInfo& info);

/// The extensions of that header: number, bytes of content, and whose it is with its text where it is one (the first
/// 4000 bytes). Can name a patient.
[[nodiscard]] std::vector<HeaderField> niftiExtensionFields(const VolumeInfo& info);

/// Names of codes; "not a code of the standard" for others.
[[nodiscard]] std::string niftiDatatypeName(int code);
[[nodiscard]] std::string niftiIntentName(int code);
[[nodiscard]] std::string niftiSpaceName(int code);
[[nodiscard]] std::string niftiSliceOrderName(int code);
/// "mm, s": the units of space and time in xyzt_units.
[[nodiscard]] std::string niftiUnitNames(int units);

}  // namespace voxmark
