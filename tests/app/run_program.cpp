#include "tests/app/run_program.h"

#include <cstdlib>

namespace voxmark::testing {

Outcome runProgram(const std::string& arguments) {
  // Not a list of commands, so that what ends the program is what is seen: a signal stays one.
  return runCommand("exec env -u DISPLAY -u WAYLAND_DISPLAY " + std::string(std::getenv("VOXMARK_PROGRAM")) + " " +
                    arguments);
}

}  // namespace voxmark::testing
