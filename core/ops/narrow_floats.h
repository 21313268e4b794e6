#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/half.h"

namespace voxmark {

// Between float and the 16-bit floats, by the processor's instructions where it has them (F16C, AVX512-BF16): the same
// bits as half.h gives.
void narrowFloats(const float* in, Half* out, std::size_t count);
void narrowFloats(const float* in, BFloat16* out, std::size_t count);
void widenFloats(const Half* in, float* out, std::size_t count);
void widenFloats(const BFloat16* in, float* out, std::size_t count);

}  // namespace voxmark
