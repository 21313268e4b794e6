#include "tests/support/run_command.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <sys/wait.h>

namespace voxmark::testing {
namespace {

/// Another Python that comes first in PATH, and modules of the user, have other versions.
constexpr const char* kPython = "env PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 ";

}  // namespace

Outcome runCommand(const std::string& line) {
  Outcome outcome;
  FILE* pipe = popen(("{ " + line + "\n} 2>&1 </dev/null").c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer{};
  while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) outcome.out.append(buffer.data(), got);
  const int status = pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

bool pythonHas(const std::string& module) {
  return runCommand(kPython + ("-c 'import " + module + "'")).code == 0;
}

Outcome runPython(const std::string& script, const std::string& arguments) {
  const char* sources = std::getenv("VOXMARK_SOURCE_DIR");
  return runCommand(kPython + std::string(sources == nullptr ? "." : sources) + "/tests/" + script + " " + arguments);
}

}  // namespace voxmark::testing
