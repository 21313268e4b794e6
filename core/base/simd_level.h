#pragma once

namespace voxmark {

/// Instruction sets that kernels are compiled for: what every x86-64 has (or another processor's own), AVX2 with FMA
/// and F16C, AVX-512 with its byte, word, doubleword and vector-length parts.
enum class SimdLevel { Baseline, Avx2, Avx512 };

/// The highest that this processor has, or the lower one that VOXMARK_SIMD (baseline, avx2, avx512) or setSimdLevel
/// asks for.
[[nodiscard]] SimdLevel simdLevel();
/// The highest that this processor has.
[[nodiscard]] SimdLevel supportedSimdLevel();
/// For tests and comparisons; never goes beyond what the processor has.
void setSimdLevel(SimdLevel level);

}  // namespace voxmark
