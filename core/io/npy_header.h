#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/volume/volume_info.h"

namespace voxmark {

/// What stands before the numbers of a .npy file (NumPy's format.py, versions 1.0 to 3.0): type, order and shape.
struct NpyHeader {
  std::string type;  ///< the descriptor without its byte order: "u1", "f4", "U9"
  ByteOrder byteOrder = ByteOrder::Little;
  bool firstAxisFastest = false;  ///< Fortran order
  std::vector<std::int64_t> shape;
  std::size_t bytes = 0;  ///< of the header: the first number follows
};

/// Most bytes of a header that is read: NumPy itself refuses those of more than 10,000 unless it is told not to.
inline constexpr std::size_t kMostNpyHeader = std::size_t{1} << 16;

[[nodiscard]] bool startsNpy(std::span<const std::byte> head);

/// Parses the header at the start of `head`, which ends behind it or later. `path` is for messages. Throws Error:
/// Format, Truncated (`head` ends inside the header), Unsupported (records of several fields, another version).
[[nodiscard]] NpyHeader parseNpyHeader(const std::string& path, std::span<const std::byte> head);

/// The type of the numbers; a truth value (b1) is a u8. Throws Error(Unsupported): complex numbers, text, objects, …
[[nodiscard]] PixelType npyPixelType(const std::string& path, const NpyHeader& header);

/// A header for numbers in C order and native byte order. `descriptor` without the byte order, as in NpyHeader. Its
/// length is a multiple of 64, so that the numbers are aligned.
[[nodiscard]] std::vector<std::byte> npyHeaderBytes(const std::string& descriptor,
                                                    const std::vector<std::int64_t>& shape);
/// Descriptor of a pixel type. Throws Error(Unsupported) for bf16, which NumPy does not know.
[[nodiscard]] std::string npyDescriptor(const std::string& path, PixelType type);

}  // namespace voxmark
