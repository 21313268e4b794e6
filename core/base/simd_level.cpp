#include "core/base/simd_level.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string_view>

#include "core/base/cpu_info.h"

namespace voxmark {
namespace {

SimdLevel detect() {
#if defined(__x86_64__)
  const auto& features = cpuInfo().features;
  const auto has = [&](const char* name) {
    return std::find(features.begin(), features.end(), name) != features.end();
  };
  if (!(has("avx2") && has("fma") && has("f16c"))) return SimdLevel::Baseline;
  if (has("avx512f") && has("avx512bw") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    return SimdLevel::Avx512;
  }
  return SimdLevel::Avx2;
#else
  return SimdLevel::Baseline;
#endif
}

SimdLevel wanted() {
  const char* set = std::getenv("VOXMARK_SIMD");
  const std::string_view name = set == nullptr ? "" : set;
  SimdLevel level = SimdLevel::Avx512;
  if (name == "baseline") level = SimdLevel::Baseline;
  if (name == "avx2") level = SimdLevel::Avx2;
  return std::min(level, supportedSimdLevel());
}

std::atomic<SimdLevel>& current() {
  static std::atomic<SimdLevel> level{wanted()};
  return level;
}

}  // namespace

SimdLevel supportedSimdLevel() {
  static const SimdLevel level = detect();
  return level;
}

SimdLevel simdLevel() {
  return current().load(std::memory_order_relaxed);
}

void setSimdLevel(SimdLevel level) {
  current().store(std::min(level, supportedSimdLevel()));
}

}  // namespace voxmark
