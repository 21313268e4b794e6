#include "core/ops/narrow_floats.h"

#include "core/base/simd_targets.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace voxmark {
namespace {

template <typename T>
[[gnu::always_inline]] inline void narrowPlainly(const float* in, T* out, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) out[n] = T(in[n]);
}
template <typename T>
[[gnu::always_inline]] inline void widenPlainly(const T* in, float* out, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) out[n] = static_cast<float>(in[n]);
}

VOXMARK_EACH_TARGET(narrow, (typename T), (T), (const float* in, T* out, std::size_t count),
                    narrowPlainly(in, out, count))
VOXMARK_EACH_TARGET(widen, (typename T), (T), (const T* in, float* out, std::size_t count),
                    widenPlainly(in, out, count))

#if defined(__x86_64__)
VOXMARK_TARGET_AVX2 void narrowHalfAvx2(const float* in, Half* out, std::size_t count) {
  std::size_t n = 0;
  for (; n + 8 <= count; n += 8) {
    const __m128i bits = _mm256_cvtps_ph(_mm256_loadu_ps(in + n), _MM_FROUND_TO_NEAREST_INT);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + n), bits);
  }
  narrowPlainly(in + n, out + n, count - n);
}
VOXMARK_TARGET_AVX512 void narrowHalfAvx512(const float* in, Half* out, std::size_t count) {
  std::size_t n = 0;
  for (; n + 16 <= count; n += 16) {
    // The masked form: the header of the other one makes compilers warn of what they leave open.
    const __m256i bits = _mm512_maskz_cvtps_ph(0xFFFF, _mm512_loadu_ps(in + n), _MM_FROUND_TO_NEAREST_INT);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + n), bits);
  }
  narrowPlainly(in + n, out + n, count - n);
}
VOXMARK_TARGET_AVX2 void widenHalfAvx2(const Half* in, float* out, std::size_t count) {
  std::size_t n = 0;
  for (; n + 8 <= count; n += 8) {
    _mm256_storeu_ps(out + n, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(in + n))));
  }
  for (; n < count; ++n) out[n] = static_cast<float>(in[n]);
}

#if defined(__GNUC__)
/// The instruction takes subnormal numbers for 0, which rounding does not.
[[gnu::target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")]] void narrowBfloatHardware(
    const float* in, BFloat16* out, std::size_t count) {
  constexpr int kSubnormal = 0x20;
  std::size_t n = 0;
  for (; n + 16 <= count; n += 16) {
    const __m512 values = _mm512_loadu_ps(in + n);
    if (_mm512_fpclass_ps_mask(values, kSubnormal) != 0) {
      narrowPlainly(in + n, out + n, 16);
      continue;
    }
    const __m256bh bits = _mm512_cvtneps_pbh(values);
    __builtin_memcpy(static_cast<void*>(out + n), &bits, sizeof bits);
  }
  narrowPlainly(in + n, out + n, count - n);
}

bool hasBfloat() {
  static const bool has = __builtin_cpu_supports("avx512bf16") != 0;
  return has;
}
#endif
#endif

}  // namespace

void narrowFloats(const float* in, Half* out, std::size_t count) {
#if defined(__x86_64__)
  if (simdLevel() == SimdLevel::Avx512) return narrowHalfAvx512(in, out, count);
  if (simdLevel() == SimdLevel::Avx2) return narrowHalfAvx2(in, out, count);
#endif
  narrowPlain(in, out, count);
}

void narrowFloats(const float* in, BFloat16* out, std::size_t count) {
#if defined(__x86_64__) && defined(__GNUC__)
  if (simdLevel() == SimdLevel::Avx512 && hasBfloat()) return narrowBfloatHardware(in, out, count);
#endif
  narrowFor<BFloat16>()(in, out, count);
}

void widenFloats(const Half* in, float* out, std::size_t count) {
#if defined(__x86_64__)
  if (simdLevel() != SimdLevel::Baseline) return widenHalfAvx2(in, out, count);
#endif
  widenPlain(in, out, count);
}

void widenFloats(const BFloat16* in, float* out, std::size_t count) {
  widenFor<BFloat16>()(in, out, count);
}

}  // namespace voxmark
