#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

namespace voxmark {

/// Count, extrema, mean and sum of squared deviations of a set of values, which can be joined with another's (Chan,
/// Golub, LeVeque 1979): stable where the textbook formula cancels.
struct Moments {
  std::uint64_t count = 0;
  std::uint64_t nonfinite = 0;
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  double mean = 0;
  double m2 = 0;    ///< in squares of `unit`
  double unit = 1;  ///< larger where squares would overflow

  void join(const Moments& other);
  /// Population standard deviation.
  [[nodiscard]] double deviation() const;
  /// The moments of slope · v + intercept.
  [[nodiscard]] Moments scaled(double slope, double intercept) const;

 private:
  void useUnit(double wanted);
};

/// Of finite values of any size.
[[nodiscard]] Moments momentsOf(const double* values, std::size_t count);

/// Of stored elements, straight from their type (integers of up to 32 bits, f32): false, and nothing done, where one is
/// not finite. Sums are kept in double about the first element, sixteen side by side: the same bits on every processor,
/// exact for integers of 8 and 16 bits. At most kMomentsBlock elements, so that the shift costs no digits.
template <typename T>
[[nodiscard]] bool directMoments(const T* in, std::size_t count, Moments& out);
inline constexpr std::size_t kMomentsBlock = 8192;

}  // namespace voxmark
