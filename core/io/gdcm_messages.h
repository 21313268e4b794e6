#pragma once

namespace voxmark::dicom {

/// Keeps GDCM, and the JPEG libraries inside it, from writing to standard error: what they say becomes an Error, or a
/// warning by way of jpegDamageNoticed(). Cheap to call before every use.
void silenceGdcm();

/// Whether a JPEG decoder of GDCM has met damaged data on this thread since the last call, and gone on. Answers once.
[[nodiscard]] bool jpegDamageNoticed();

}  // namespace voxmark::dicom
