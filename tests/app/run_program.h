#pragma once

#include <string>

#include "tests/support/run_command.h"

namespace voxmark::testing {

/// Runs the built program without a display, as a script would; both streams in `out` unless `arguments` redirect.
[[nodiscard]] Outcome runProgram(const std::string& arguments);

}  // namespace voxmark::testing
