#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/command_line.h"
#include "core/base/error.h"

namespace {

int fail(const std::string& message, int code) {
  voxmark::app::complain(message);
  return code;
}

/// A disk that is full, a reader that has gone and a file that may not grow are errors like others.
void keepFromSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    keepFromSignals();
    const int code = voxmark::app::runCommandLine(argc, argv);
    if (std::fflush(stdout) != 0) return fail("the output cannot be written", 2);
    return code;
  } catch (const voxmark::Error& error) {
    return fail(error.what(), error.code() == voxmark::ErrorCode::Device ? 77 : 2);
  } catch (const voxmark::Cancelled&) {
    return fail("cancelled", 2);
  } catch (const std::bad_alloc&) {
    return fail("there is not enough memory", 2);
  } catch (const std::exception& error) {
    return fail(error.what(), 2);
  }
}
