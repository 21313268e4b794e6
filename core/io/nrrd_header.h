#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/io/layout_source.h"

namespace voxmark {

/// A NRRD header as text: its fields under lower-case names without blanks ("spacedirections"), and where it ends.
struct NrrdHeader {
  std::string path;
  std::map<std::string, std::string> fields;
  std::vector<std::pair<std::string, std::string>> metadata;  ///< fields and key:=value pairs, in file order
  std::vector<std::string> listedFiles;                       ///< of "data file: LIST"
  std::uint64_t end = 0;                                      ///< first byte after the header
  /// Value of a field, empty where it is missing. Several names: the first that is there.
  [[nodiscard]] std::string get(std::string_view name, std::string_view otherName = {}) const;
};

[[nodiscard]] NrrdHeader parseNrrdHeader(const std::string& path, std::string_view text);
/// Type, axes, geometry and byte order.
void describeNrrd(const NrrdHeader& header, RawLayout& layout);

}  // namespace voxmark
