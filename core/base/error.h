#pragma once

#include <stdexcept>
#include <string>

namespace voxmark {

/// What went wrong, for callers that must react differently (exit codes, dialogs, fall-backs).
enum class ErrorCode {
  Usage,         ///< the request itself makes no sense
  NotFound,      ///< a file, series or layer is not there
  Io,            ///< the operating system refused a read or a write
  Format,        ///< the bytes are not what the format prescribes
  Truncated,     ///< the file ends before its header says it should
  Unsupported,   ///< valid, but not something this build can do
  Memory,        ///< it would not fit
  Device,        ///< a compute device is missing or failed
  Verification,  ///< what was read back is not what was written
  Display,       ///< no display to draw on
};

/// The one error type of the project. `what()` is one line, ready to be shown:
/// "FILE: what is wrong (expected …, found …)".
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

/// Thrown by JobContext::throwIfCancelled. Deliberately no Error: nothing went wrong.
class Cancelled : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "cancelled"; }
};

/// An Error about a file: "path: what". Both may come from elsewhere: see oneLine.
[[nodiscard]] Error fileError(ErrorCode code, const std::string& path, const std::string& what);

/// An Error about one field of a file: "path: field is wrong (expected …, found …)".
[[nodiscard]] Error fieldError(const std::string& path, const std::string& field, const std::string& expected,
                               const std::string& found);

}  // namespace voxmark
