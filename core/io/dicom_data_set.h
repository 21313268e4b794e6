#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/jobs/job_context.h"
#include "core/volume/volume_info.h"

namespace voxmark::dicom {

struct Tag {
  std::uint16_t group = 0, element = 0;
  constexpr Tag(std::uint16_t g, std::uint16_t e) : group(g), element(e) {}
  friend constexpr auto operator<=>(const Tag&, const Tag&) = default;
};

inline constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFFU;

class DataSet;

/// One element: its value as it lies in the file, or the items of a sequence.
struct Element {
  std::string value;
  std::vector<DataSet> items;
};

/// The elements of a data set, or of an item of a sequence. Those with long binary values are left out.
class DataSet {
 public:
  explicit DataSet(bool bigEndian = false) : bigEndian_(bigEndian) {}
  void add(const Tag& tag, Element element) { elements_[tag] = std::move(element); }
  [[nodiscard]] bool has(const Tag& tag) const { return elements_.contains(tag); }
  /// The value as it lies in the file; null where it is missing.
  [[nodiscard]] const std::string* bytes(const Tag& tag) const;
  /// Text without padding; empty optional where the element is missing or has no value.
  [[nodiscard]] std::optional<std::string> text(const Tag& tag) const;
  /// All numbers of a DS or IS element; empty where it is missing or one of them is not a finite number.
  [[nodiscard]] std::vector<double> numbers(const Tag& tag) const;
  /// The first of them.
  [[nodiscard]] std::optional<double> number(const Tag& tag) const;
  /// A US element.
  [[nodiscard]] std::optional<int> unsignedShort(const Tag& tag) const;
  /// All numbers of a US or OW element; empty where it is missing.
  [[nodiscard]] std::vector<int> unsignedShorts(const Tag& tag) const;
  /// Items of a sequence, in order; empty where there is none.
  [[nodiscard]] const std::vector<DataSet>& items(const Tag& tag) const;
  /// First item of a sequence, or null.
  [[nodiscard]] const DataSet* firstItem(const Tag& tag) const;

 private:
  bool bigEndian_;
  std::map<Tag, Element> elements_;
};

/// Where the pixels of a file are.
struct PixelElement {
  Tag tag{0x7fe0, 0x0010};
  std::uint64_t offset = 0;  ///< of the value, in the file (in the inflated data set where it is deflated)
  std::uint32_t length = 0;  ///< kUndefinedLength: fragments
};

/// How the bytes of a data set are to be read.
struct Syntax {
  std::string uid;  ///< TransferSyntaxUID; of a file without one, that of the encoding found
  bool explicitVr = true, bigEndian = false, deflated = false, encapsulated = false;
};

struct Header {
  Syntax syntax;
  DataSet elements;
  std::optional<PixelElement> pixels;
  std::uint64_t dataOffset = 0;  ///< of the data set, behind preamble and file meta information
};

/// Parses a file up to its pixels, reading little more than that. Empty where it does not start like DICOM. Throws
/// Error: Format, Truncated, Unsupported.
[[nodiscard]] std::optional<Header> readHeader(const std::string& path);

/// `size` bytes of a file from `offset`; fewer where it ends before. Throws Error(Io), Cancelled.
[[nodiscard]] std::vector<std::byte> readBytes(const std::string& path, std::uint64_t offset, std::uint64_t size,
                                               const JobContext& job = {});

/// The data set of a deflated file: everything from `offset`, inflated. Throws Error(Format); Cancelled.
[[nodiscard]] std::vector<std::byte> inflateDataSet(const std::string& path, std::uint64_t offset,
                                                    const JobContext& job = {});

}  // namespace voxmark::dicom
