#pragma once

#include <cstddef>
#include <vector>

#include "core/io/dicom_file.h"

namespace voxmark {

/// Decodes the frames of one file. Keeps a reference to it; not to be shared between threads.
class DicomPixels {
 public:
  /// Reads and splits what cannot be read frame by frame. Throws Error: Truncated, Format, Memory.
  explicit DicomPixels(const DicomFile& file);
  /// One frame (of a mosaic: one tile) in the file's pixel type, native byte order, colours interleaved, unused high
  /// bits cleared or sign-extended. Throws Error: Truncated, Format, Unsupported, Memory.
  [[nodiscard]] std::vector<std::byte> frame(std::int64_t index);

 private:
  [[nodiscard]] std::vector<std::byte> stored(std::uint64_t offset, std::uint64_t size) const;
  [[nodiscard]] std::vector<std::byte> decode(std::int64_t index) const;
  [[nodiscard]] std::vector<std::byte> bits(std::int64_t index) const;

  const DicomFile& file_;
  std::vector<std::vector<std::byte>> streams_;  ///< of an encapsulated file, one a frame
  std::vector<std::byte> mosaic_;                ///< decoded once for all its tiles
  std::vector<std::byte> inflated_;              ///< of a deflated file
};

}  // namespace voxmark
