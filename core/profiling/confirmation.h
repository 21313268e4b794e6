#pragma once

#include "core/profiling/comparison.h"

namespace voxmark::profiling {

/// Names of the scenarios whose regression a second session should confirm.
[[nodiscard]] std::vector<std::string> toConfirm(const Comparison& first);

/// What stands after a second session: a regression that it does not find again is inconclusive, with a note of both
/// estimates. Machines drift between sessions; a change of the program is there in each.
[[nodiscard]] Comparison confirmed(Comparison first, const Comparison& second);

}  // namespace voxmark::profiling
