#pragma once

namespace voxmark::app {

/// Parses the arguments and does what they say; returns the exit code. Throws Error for what main turns into one line.
[[nodiscard]] int runCommandLine(int argc, char** argv);

}  // namespace voxmark::app
