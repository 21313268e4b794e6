#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace voxmark {

/// A file that appears under its name only when it is complete: written to a hidden part file beside, renamed by
/// commit(), removed by the destructor otherwise.
class AtomicFile {
 public:
  /// Throws Error: Usage (exists and may not be overwritten), Io.
  AtomicFile(std::string path, bool overwrite);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void append(std::span<const std::byte> data);
  void commit();

 private:
  std::string path_;
  std::string part_;
  bool overwrite_;
  int descriptor_ = -1;
};

}  // namespace voxmark
