#pragma once

#include <string>

#include "tests/fuzz/fuzz_support.h"

namespace voxmark::fuzz {

/// A file of one of our formats in the process's folder, as an input describes it: one byte chooses the name and
/// whether the contents are compressed first; for formats whose voxels lie in a file of their own two bytes say how
/// long the header is, and what follows the header is that file; then the contents. The file goes away with this
/// object, so that no later header finds it as its data.
class PlacedFile {
 public:
  explicit PlacedFile(Choices& choices);
  ~PlacedFile();
  PlacedFile(const PlacedFile&) = delete;
  PlacedFile& operator=(const PlacedFile&) = delete;
  [[nodiscard]] std::string path() const { return Folder::own().path(name_); }

 private:
  const char* name_;
};

}  // namespace voxmark::fuzz
