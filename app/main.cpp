#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "app/command_line.h"
#include "core/base/error.h"

namespace {

int fail(const std::string& message, int code) {
  fmt::print(stderr, "voxmark: {}\n", message);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return voxmark::app::runCommandLine(argc, argv);
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
