#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/io/dicom_file.h"

namespace voxmark::dicom {

using Bytes = std::vector<std::byte>;

/// The fragments of each frame of an encapsulated file, joined to one stream a frame (PS3.5 A.4). Throws Error:
/// Truncated, Format.
[[nodiscard]] std::vector<Bytes> frameStreams(const DicomFile& file);

/// Decodes one frame: planeBytes() bytes. `planar` tells whether the colours lie plane by plane afterwards. Throws
/// Error(Format), Error(Unsupported) for a transfer syntax without a codec.
[[nodiscard]] Bytes decodeStream(const DicomFile& file, const Bytes& stream, bool& planar);

/// Throws Error unless the header inside a JPEG, JPEG-LS or JPEG 2000 stream agrees with the file's: GDCM's codecs
/// write past their buffers where it does not.
void checkStream(const DicomFile& file, const Bytes& stream);

/// RLE of PS3.5 annex G: planeBytes() bytes, colour planes after one another. Throws Error(Format).
[[nodiscard]] Bytes decodeRle(const DicomFile& file, std::span<const std::byte> stream);

}  // namespace voxmark::dicom
