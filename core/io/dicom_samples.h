#pragma once

#include <cstddef>
#include <vector>

#include "core/io/dicom_file.h"
#include "core/jobs/job_context.h"

namespace voxmark::dicom {

/// Turns the samples of one decoded frame, planeBytes() bytes, into voxels in place: native byte order, bits outside
/// BitsStored cleared or sign-extended, colours interleaved (`planar`: they lie plane by plane) and as RGB. Throws
/// Cancelled.
void finishSamples(const DicomFile& file, bool planar, std::vector<std::byte>& bytes, const JobContext& job);

}  // namespace voxmark::dicom
