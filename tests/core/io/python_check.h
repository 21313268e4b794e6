#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace voxmark::testing {

/// What Debian's Python prints when it runs `script` with `arguments`, of which none holds a quote. A script that fails
/// fails the test, with what it says.
inline std::string askPython(const std::string& script, const std::string& arguments) {
  const std::string command = "PYTHONNOUSERSITE=1 /usr/bin/python3 -c '" + script + "' " + arguments + " 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return "no pipe";
  std::string out;
  std::array<char, 4096> part{};
  for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;) out.append(part.data(), got);
  const int status = ::pclose(pipe);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << out;
  return out;
}

}  // namespace voxmark::testing
