#pragma once

#include "core/base/simd_level.h"

// One body, compiled for what processors have, and chosen at run time by simdLevel().
//   VOXMARK_EACH_TARGET(name, (typename T), (T), (const T* in, std::size_t count), body(in, count))
// defines nameFor<T>(), which gives the function to call; `body` must be always_inline. Files that use it are compiled
// with -ffp-contract=off where the same bits are wanted of every variant.

#define VOXMARK_UNPACKED(...) __VA_ARGS__

#if defined(__x86_64__)
#define VOXMARK_TARGET_AVX2 [[gnu::target("avx2,fma,f16c")]]
#define VOXMARK_TARGET_AVX512 \
  [[gnu::target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")]]
#define VOXMARK_EACH_TARGET(name, parameters, names, arguments, call)            \
  template <VOXMARK_UNPACKED parameters>                                         \
  void name##Plain arguments {                                                   \
    call;                                                                        \
  }                                                                              \
  template <VOXMARK_UNPACKED parameters>                                         \
  VOXMARK_TARGET_AVX2 void name##Avx2 arguments {                                \
    call;                                                                        \
  }                                                                              \
  template <VOXMARK_UNPACKED parameters>                                         \
  VOXMARK_TARGET_AVX512 void name##Avx512 arguments {                            \
    call;                                                                        \
  }                                                                              \
  template <VOXMARK_UNPACKED parameters>                                         \
  auto name##For() {                                                             \
    const SimdLevel level = simdLevel();                                         \
    if (level == SimdLevel::Avx512) return name##Avx512<VOXMARK_UNPACKED names>; \
    if (level == SimdLevel::Avx2) return name##Avx2<VOXMARK_UNPACKED names>;     \
    return name##Plain<VOXMARK_UNPACKED names>;                                  \
  }
#else
#define VOXMARK_EACH_TARGET(name, parameters, names, arguments, call) \
  template <VOXMARK_UNPACKED parameters>                              \
  void name##Plain arguments {                                        \
    call;                                                             \
  }                                                                   \
  template <VOXMARK_UNPACKED parameters>                              \
  auto name##For() {                                                  \
    return name##Plain<VOXMARK_UNPACKED names>;                       \
  }
#endif
