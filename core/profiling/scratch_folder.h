#pragma once

#include <filesystem>
#include <string>

namespace voxmark::profiling {

/// A folder for what a measurement writes, in TMPDIR; it goes away with this. Throws Error(Io).
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace voxmark::profiling
