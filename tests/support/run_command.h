#pragma once

#include <string>

namespace voxmark::testing {

struct Outcome {
  int code = -1;  ///< -1 where a signal ended the program
  std::string out;
};

/// Runs a line of shell; both streams in `out` unless the line redirects them.
[[nodiscard]] Outcome runCommand(const std::string& line);

/// Whether the distribution's Python, for which packages.txt names modules, has `module`.
[[nodiscard]] bool pythonHas(const std::string& module);
/// Runs a script of tests/ (its path below the sources) with the distribution's Python.
[[nodiscard]] Outcome runPython(const std::string& script, const std::string& arguments);

}  // namespace voxmark::testing
