#pragma once

#include <cstddef>

#include "core/ops/voxel_values.h"

namespace voxmark {

/// Stores `count` densely packed elements of a type that float holds exactly (integers of 8 and 16 bits, f16, bf16,
/// f32) as an integer of 8 or 16 bits, f16 or bf16: the same bits as loadValues and storeValues give, the same counts
/// and the same largest error; sums of errors agree to six digits. False, and nothing done, for other pairs.
[[nodiscard]] bool castElements(PixelType from, const std::byte* stored, PixelType to, std::byte* out,
                                std::size_t count, Loss* loss);

}  // namespace voxmark
