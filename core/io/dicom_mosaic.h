#pragma once

#include "core/io/dicom_data_set.h"
#include "core/io/dicom_file.h"

namespace voxmark {

/// Whether the header describes a Siemens MOSAIC: the slices of a volume as tiles of one image.
[[nodiscard]] bool isMosaic(const dicom::DataSet& header);

/// Turns a file whose one plane has been read into one of as many planes as it has tiles: `rows` and `columns` become
/// those of a tile, positions follow from the vendor's private header. Throws Error: Format (the header does not fit
/// the tiles), Unsupported (no private header, or not one grey image that is stored uncompressed).
void splitMosaic(const dicom::DataSet& header, DicomFile& file);

/// Cuts tile `index`, counted row by row, out of the decoded mosaic.
[[nodiscard]] std::vector<std::byte> tileOf(const DicomFile& file, const std::vector<std::byte>& mosaic,
                                            std::int64_t index);

}  // namespace voxmark
