#pragma once

#include <string>
#include <vector>

#include "core/profiling/comparison.h"
#include "core/profiling/result_file.h"

namespace voxmark::profiling {

/// Text for XML: the five characters that have a meaning there are escaped, control characters become spaces.
[[nodiscard]] std::string xmlText(const std::string& text);

/// One scenario a row: ratio and 99 % interval on a logarithmic axis, the tolerance shaded, verdicts told apart by
/// shape as well as by colour (Okabe and Ito's, which colour-blind readers can tell apart). A complete SVG picture.
[[nodiscard]] std::string forestSvg(const Comparison& comparison);

/// Blocks of one scenario in each file: every one a dot, the median a line. A complete SVG picture.
[[nodiscard]] std::string dotsSvg(const std::string& scenario, const std::vector<ResultFile>& files);

}  // namespace voxmark::profiling
