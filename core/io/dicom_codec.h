#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/io/dicom_file.h"

namespace voxmark::dicom {

using Bytes = std::vector<std::byte>;

/// Where a fragment of an encapsulated file lies, in bytes of the file.
struct Fragment {
  std::uint64_t mark = 0;    ///< of its item's tag
  std::uint64_t begin = 0;   ///< of its value
  std::uint64_t length = 0;  ///< of its value
};

/// The fragments of each frame of an encapsulated file (PS3.5 A.4), without reading what they hold. Throws Error:
/// Truncated, Format; Cancelled.
[[nodiscard]] std::vector<std::vector<Fragment>> frameFragments(const DicomFile& file, const JobContext& job);

/// The fragments of one frame, joined to one stream. Throws Error(Truncated), Cancelled.
[[nodiscard]] Bytes readStream(const DicomFile& file, const std::vector<Fragment>& fragments, const JobContext& job);

/// Decodes one frame: planeBytes() bytes. `planar` tells whether the colours lie plane by plane afterwards. Throws
/// Error(Format), Error(Unsupported) for a transfer syntax without a codec; Cancelled before it starts, or on the way
/// for RLE: the codecs of GDCM cannot be interrupted inside a frame.
[[nodiscard]] Bytes decodeStream(const DicomFile& file, const Bytes& stream, bool& planar, const JobContext& job);

/// Throws Error unless the header inside a JPEG, JPEG-LS or JPEG 2000 stream agrees with the file's: GDCM's codecs
/// write past their buffers where it does not.
void checkStream(const DicomFile& file, const Bytes& stream);

/// RLE of PS3.5 annex G: planeBytes() bytes, colour planes after one another. Throws Error(Format), Cancelled.
[[nodiscard]] Bytes decodeRle(const DicomFile& file, std::span<const std::byte> stream, const JobContext& job);

}  // namespace voxmark::dicom
