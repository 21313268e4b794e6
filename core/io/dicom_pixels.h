#pragma once

#include <cstddef>
#include <vector>

#include "core/io/dicom_codec.h"
#include "core/io/dicom_file.h"
#include "core/jobs/job_context.h"

namespace voxmark {

/// Decodes the frames of one file, each by itself and only when it is asked for. Keeps a reference to the file's
/// description. Thread-safe.
class DicomPixels {
 public:
  /// Finds the frames; inflates or decodes what cannot be read frame by frame. Throws Error: Truncated, Format, Memory;
  /// Cancelled.
  DicomPixels(const DicomFile& file, const JobContext& job);
  /// One frame (of a mosaic: one tile) in the file's pixel type, native byte order, colours interleaved, unused high
  /// bits cleared or sign-extended. Throws Error: Truncated, Format, Unsupported, Memory; Cancelled.
  [[nodiscard]] std::vector<std::byte> frame(std::int64_t index, const JobContext& job) const;

 private:
  [[nodiscard]] std::vector<std::byte> stored(std::uint64_t offset, std::uint64_t size, const JobContext& job) const;
  [[nodiscard]] std::vector<std::byte> decode(std::int64_t index, const JobContext& job) const;
  [[nodiscard]] std::vector<std::byte> bits(std::int64_t index, const JobContext& job) const;

  const DicomFile& file_;
  std::vector<std::vector<dicom::Fragment>> frames_;  ///< of an encapsulated file
  std::vector<std::byte> mosaic_;                     ///< decoded once for all its tiles
  std::vector<std::byte> inflated_;                   ///< of a deflated file
};

}  // namespace voxmark
