#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "core/base/half.h"
#include "core/volume/pixel_type.h"
#include "gpu/kernels/host_device.h"

// What happens to one value, for host and device: the semantics of core/ops/voxel_values.h and of applyChain in
// core/backend/value_chain.h, which the tests hold against these bit for bit.
namespace voxmark::gpu {

/// The range of a type as storing sees it; lowestOf and highestOf of the core, brought along as numbers.
struct StoredType {
  PixelType type = PixelType::F32;
  double low = 0;
  double high = 0;
};

/// voxmark::Loss as far as one thread has come.
struct LossCell {
  std::uint64_t clipped = 0;
  std::uint64_t nonfinite = 0;
  std::uint64_t count = 0;
  double maxAbsError = 0;
  double sumAbsError = 0;
  double sumSquaredError = 0;
  double low = 0;
  double high = 0;
  bool any = false;

  VOXMARK_HOST_DEVICE void add(const LossCell& other) {
    clipped += other.clipped;
    nonfinite += other.nonfinite;
    count += other.count;
    if (other.maxAbsError > maxAbsError) maxAbsError = other.maxAbsError;
    sumAbsError += other.sumAbsError;
    sumSquaredError += other.sumSquaredError;
    if (!other.any) return;
    if (!any || other.low < low) low = other.low;
    if (!any || other.high > high) high = other.high;
    any = true;
  }
};

VOXMARK_HOST_DEVICE inline double absolute(double value) {
  return value < 0 ? -value : value;
}

VOXMARK_HOST_DEVICE inline bool isFinite(double value) {
  return absolute(value) <= 1.7976931348623157e308;  // false for NaN as well
}

/// Rounds half to even below 2^52; larger doubles are whole already.
VOXMARK_HOST_DEVICE inline double roundHalfEven(double value) {
  constexpr double kWhole = 4503599627370496.0;  // 2^52: adding it leaves no bit for a fraction
  const double magnitude = absolute(value);
  if (!(magnitude < kWhole)) return value;
  const double rounded = (magnitude + kWhole) - kWhole;
  return value < 0 ? -rounded : rounded;
}

/// Rounding to odd at 24 bits first makes a second rounding, to 16-bit floats, exact.
VOXMARK_HOST_DEVICE inline float narrowToOdd(double value) {
  const float near = static_cast<float>(value);
  if (static_cast<double>(near) == value || !isFinite(static_cast<double>(near))) return near;
  const auto bits = std::bit_cast<std::uint32_t>(near);
  if ((bits & 1U) != 0) return near;
  // The neighbour on the other side of `value`; away from zero is one bit pattern up, towards zero one down.
  const bool up = static_cast<double>(near) < value;
  if ((bits & 0x7FFFFFFFU) == 0) return std::bit_cast<float>(up ? 0x00000001U : 0x80000001U);
  const bool away = up == ((bits & 0x80000000U) == 0);
  return std::bit_cast<float>(away ? bits + 1 : bits - 1);
}

template <typename T>
VOXMARK_HOST_DEVICE inline T convertTo(double value, double low, double high) {
  if constexpr (std::is_integral_v<T>) {
    constexpr T kHighest =
        static_cast<T>(std::is_signed_v<T> ? (std::uint64_t{1} << (8 * sizeof(T) - 1)) - 1 : ~std::uint64_t{0});
    constexpr T kLowest = std::is_signed_v<T> ? static_cast<T>(-kHighest - 1) : T{0};
    if (value != value) return T{0};
    if (value <= low) return kLowest;
    if (value >= high) return kHighest;
    return static_cast<T>(roundHalfEven(value));
  } else {
    if (isFinite(value)) value = value < low ? low : value > high ? high : value;
    if constexpr (std::is_same_v<T, double>) {
      return value;
    } else if constexpr (std::is_same_v<T, float>) {
      return static_cast<float>(value);
    } else {
      return T(narrowToOdd(value));
    }
  }
}

/// Counts what became of one value; `low` and `high` are what may be kept.
VOXMARK_HOST_DEVICE inline void noteChange(LossCell& loss, double before, double after, double low, double high) {
  ++loss.count;
  if (!isFinite(before)) return;
  if (before < low || before > high) ++loss.clipped;
  if (!loss.any || before < loss.low) loss.low = before;
  if (!loss.any || before > loss.high) loss.high = before;
  loss.any = true;
  const double error = absolute(after - before);
  if (error > loss.maxAbsError) loss.maxAbsError = error;
  loss.sumAbsError += error;
  loss.sumSquaredError += error * error;
}

template <typename T>
VOXMARK_HOST_DEVICE inline void noteLoss(LossCell& loss, double before, T stored, const StoredType& type) {
  if (std::is_integral_v<T> && !isFinite(before)) ++loss.nonfinite;
  noteChange(loss, before, static_cast<double>(stored), type.low, type.high);
}

/// visitPixelType for device code too: core knows no CUDA, so its own cannot carry the marker that kernels need.
template <typename F>
VOXMARK_HOST_DEVICE inline auto visitStored(PixelType type, F&& f) {
  switch (type) {
    case PixelType::U8:
      return f(PixelTag<std::uint8_t>{});
    case PixelType::I8:
      return f(PixelTag<std::int8_t>{});
    case PixelType::U16:
      return f(PixelTag<std::uint16_t>{});
    case PixelType::I16:
      return f(PixelTag<std::int16_t>{});
    case PixelType::U32:
      return f(PixelTag<std::uint32_t>{});
    case PixelType::I32:
      return f(PixelTag<std::int32_t>{});
    case PixelType::U64:
      return f(PixelTag<std::uint64_t>{});
    case PixelType::I64:
      return f(PixelTag<std::int64_t>{});
    case PixelType::F16:
      return f(PixelTag<Half>{});
    case PixelType::BF16:
      return f(PixelTag<BFloat16>{});
    case PixelType::F32:
      return f(PixelTag<float>{});
    case PixelType::F64:
      break;
  }
  return f(PixelTag<double>{});
}

/// Stored element `index` as a number, unscaled.
VOXMARK_HOST_DEVICE inline double loadElement(PixelType type, const void* stored, std::int64_t index) {
  return visitStored(type, [&](auto tag) -> double {
    using T = typename decltype(tag)::type;
    return static_cast<double>(static_cast<const T*>(stored)[index]);
  });
}

/// Stores a value as element `index`; counts what that loses where `loss` is given.
VOXMARK_HOST_DEVICE inline void storeElement(const StoredType& type, double value, void* stored, std::int64_t index,
                                             LossCell* loss) {
  visitStored(type.type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    const T out = convertTo<T>(value, type.low, type.high);
    static_cast<T*>(stored)[index] = out;
    if (loss != nullptr) noteLoss(*loss, value, out, type);
  });
}

/// What `value` is after storing as `type` and loading again.
VOXMARK_HOST_DEVICE inline double quantizeElement(const StoredType& type, double value, LossCell* loss) {
  return visitStored(type.type, [&](auto tag) -> double {
    using T = typename decltype(tag)::type;
    const T out = convertTo<T>(value, type.low, type.high);
    if (loss != nullptr) noteLoss(*loss, value, out, type);
    return static_cast<double>(out);
  });
}

/// voxmark::ResolvedStep with the type's range.
struct DeviceStep {
  enum class Kind : int { Affine, Clamp, Quantize } kind = Kind::Affine;
  double first = 1;
  double second = 0;
  double centre = 0;
  StoredType type;
  bool counts = false;  ///< a lossy step of the pipeline: what it loses is counted
};

VOXMARK_HOST_DEVICE inline double applyStep(const DeviceStep& step, double value, LossCell* loss) {
  switch (step.kind) {
    case DeviceStep::Kind::Affine:
      return step.first == 0 ? (value != value ? value : step.second)
                             : (value - step.centre) * step.first + step.second;
    case DeviceStep::Kind::Clamp: {
      const double kept = value < step.first ? step.first : value > step.second ? step.second : value;
      if (loss != nullptr && step.counts) noteChange(*loss, value, kept, step.first, step.second);
      return kept;
    }
    case DeviceStep::Kind::Quantize:
      break;
  }
  return quantizeElement(step.type, value, step.counts ? loss : nullptr);
}

}  // namespace voxmark::gpu
