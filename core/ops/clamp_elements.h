#pragma once

#include <cstddef>

#include "core/ops/voxel_values.h"

namespace voxmark {

/// Limits elements to [low, high], which their type must hold, and counts what that costs as the way through float64
/// would. False, and nothing counted, for other types than integers up to 32 bits and f32, and where one is not finite.
[[nodiscard]] bool clampElements(PixelType type, const std::byte* stored, double low, double high, std::byte* out,
                                 std::size_t count, Loss& loss);

}  // namespace voxmark
