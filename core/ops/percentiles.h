#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/volume/pixel_type.h"

namespace voxmark {

/// The value below which `fraction` (0…1) of `values` lie, interpolating linearly between order statistics (numpy's
/// default). Reorders `values`, which must not be empty.
[[nodiscard]] double quantile(std::vector<double>& values, double fraction);

/// Gathers values for exact percentiles: by counting distinct values where the stored type has few (8 and 16 bits),
/// else by keeping them all.
class PercentileCollector {
 public:
  explicit PercentileCollector(PixelType stored) : counting_(bytesOf(stored) <= 2) {}
  void add(const double* values, std::size_t count);
  /// One (percent, value) pair for each percent asked for; NaN without values.
  [[nodiscard]] std::vector<std::pair<double, double>> values(const std::vector<double>& percents);

 private:
  [[nodiscard]] double counted(double fraction) const;

  bool counting_;
  std::map<double, std::uint64_t> counts_;
  std::uint64_t total_ = 0;
  std::vector<double> kept_;
};

}  // namespace voxmark
