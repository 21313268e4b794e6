#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/io/file_access.h"
#include "core/io/nifti_header.h"

namespace voxmark {

/// Most bytes of extensions that are kept of one header, and most of their number.
inline constexpr std::size_t kMostExtensionBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMostExtensions = 1024;

/// Whether bytes are more than padding.
[[nodiscard]] bool holdsMoreThanZeros(std::span<const std::byte> bytes);

/// What a code stands for, as registered with the standard: "DICOM", "AFNI", "comment", …; "unknown" for others.
[[nodiscard]] std::string niftiExtensionName(int code);

/// The extensions in `area`: what lies between the header's four flag bytes and the first voxel, or the end of an .hdr
/// file. Stops with a warning where a size cannot be true.
[[nodiscard]] std::vector<HeaderExtension> parseNiftiExtensions(std::span<const std::byte> area, ByteOrder order,
                                                                std::vector<std::string>& warnings);

/// The extensions of an open file, which is gzipped where `packed` says so; `end`: where its voxels begin, 0 where the
/// header is alone in its file. What cannot be read is a warning.
[[nodiscard]] std::vector<HeaderExtension> readNiftiExtensions(const std::shared_ptr<const File>& file, bool packed,
                                                               const NiftiHeader& header, std::uint64_t end,
                                                               std::vector<std::string>& warnings);

/// Bytes that the extensions take in a file, a multiple of 16.
[[nodiscard]] std::size_t niftiExtensionBytes(std::span<const HeaderExtension> extensions);
/// Puts them behind the flag bytes, which are the last four of `header`, and sets the flag. Native byte order.
void appendNiftiExtensions(std::vector<std::byte>& header, std::span<const HeaderExtension> extensions);

}  // namespace voxmark
