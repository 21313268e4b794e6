#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/volume/pixel_type.h"

/// What reading and writing of .safetensors share: eight bytes with the length of a JSON header, the header, the
/// numbers of all tensors in little-endian order (the format's description in the safetensors project).
namespace voxmark::safetensors {

inline constexpr std::size_t kLengthBytes = 8;
inline constexpr const char* kMetadata = "__metadata__";
inline constexpr const char* kVoxels = "voxels";

/// "F16", "BF16", …
[[nodiscard]] std::string_view typeName(PixelType type);
/// Also BOOL, as u8; nothing for what is no type of voxels.
[[nodiscard]] std::optional<PixelType> typeOf(std::string_view name);

}  // namespace voxmark::safetensors
