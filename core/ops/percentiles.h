#pragma once

#include <vector>

namespace voxmark {

/// The value below which `fraction` (0…1) of `values` lie, interpolating linearly between order statistics (numpy's
/// default). Reorders `values`, which must not be empty.
[[nodiscard]] double quantile(std::vector<double>& values, double fraction);

}  // namespace voxmark
