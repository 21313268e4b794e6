#pragma once

#include <cstddef>
#include <cstdint>

#include "core/volume/pixel_type.h"
#include "core/volume/value_scale.h"

namespace voxmark {

/// values[n] = scale of stored element n, for `count` elements `stride` elements apart. Exact for all types but 64-bit
/// integers beyond 2^53.
void loadValues(PixelType type, const std::byte* stored, std::int64_t stride, std::size_t count,
                const LinearScale& scale, double* values);

/// What storing or limiting values has cost.
struct Loss {
  std::uint64_t clipped = 0;    ///< values outside the type's range, saturated
  std::uint64_t nonfinite = 0;  ///< NaN or infinities that the type cannot hold
  std::uint64_t count = 0;
  double maxAbsError = 0;
  double sumAbsError = 0;
  double sumSquaredError = 0;
  double low = 0;  ///< range of the values before
  double high = 0;
  bool any = false;
  void add(const Loss& other);
  /// Adds what a later step has lost of the same values. How the errors of the two meet in a voxel is not known: at the
  /// most they add up, and that is what is noted.
  void follow(const Loss& later);
  /// Counts one value that has become `after`; [least, most] is what could be kept. What is not finite before costs
  /// nothing here.
  void note(double before, double after, double least, double most);
  [[nodiscard]] double meanAbsError() const { return count == 0 ? 0 : sumAbsError / static_cast<double>(count); }
  /// 20·log10(range / RMSE) in dB; infinite where nothing was lost.
  [[nodiscard]] double psnr() const;
};

/// Stores `count` values densely as `type`: integers round half to even, everything saturates at the finite range, NaN
/// becomes 0 in integers and stays NaN in floats (infinities stay in floats). `loss`, where given, is added to.
void storeValues(PixelType type, const double* values, std::size_t count, std::byte* stored, Loss* loss = nullptr);

/// values[n] becomes what it would be after storing as `type` and loading again.
void quantizeValues(PixelType type, double* values, std::size_t count, Loss* loss = nullptr);

}  // namespace voxmark
