#pragma once

#include <cstddef>

#include "core/ops/voxel_values.h"

namespace voxmark {

/// Stores `count` densely packed elements of type `from` as type `to`, scaled: the same bits, and the same loss, as
/// loadValues and storeValues give, without the way through float64 blocks, and several times as fast. False, and
/// nothing done, for pairs that it does not know: it knows integers of 8, 16 and 32 bits and f32 to f32, and those to
/// f64 that need no scale, and what castElements knows, likewise without a scale. `loss` may be null.
[[nodiscard]] bool convertElements(PixelType from, const std::byte* stored, const LinearScale& scale, PixelType to,
                                   std::byte* out, std::size_t count, Loss* loss);

/// Copies bytes to where nobody will look at them soon: past the caches where the processor can, so that the lines
/// they replace need not be read first. Other threads see them after streamedOut().
void streamOut(std::byte* to, const std::byte* from, std::size_t bytes);
void streamedOut();

}  // namespace voxmark
