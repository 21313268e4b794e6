#pragma once

#include <string>

namespace voxmark::testing {

struct Outcome {
  int code = -1;  ///< -1 where a signal ended the program
  std::string out;
};

/// Runs the built program without a display, as a script would; both streams in `out` unless `arguments` redirect.
[[nodiscard]] Outcome runProgram(const std::string& arguments);

}  // namespace voxmark::testing
