#pragma once

#include "core/io/dicom_data_set.h"
#include "core/io/dicom_file.h"

namespace voxmark {

/// Fills file.planes (and pixel spacing and slice step where only the functional groups have them) from the header:
/// the plane of a single frame, the functional groups of an enhanced file, or the regular spacing of an older
/// multi-frame one.
void readPlanes(const dicom::DataSet& header, DicomFile& file);

}  // namespace voxmark
