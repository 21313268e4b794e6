#include "tests/app/run_program.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <sys/wait.h>

namespace voxmark::testing {

Outcome runProgram(const std::string& arguments) {
  const std::string command = "env -u DISPLAY -u WAYLAND_DISPLAY " + std::string(std::getenv("VOXMARK_PROGRAM")) + " " +
                              arguments + " 2>&1 </dev/null";
  Outcome outcome;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) outcome.out.append(buffer.data(), got);
  const int status = pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

}  // namespace voxmark::testing
