#pragma once

#include <span>

#include "core/io/dicom_data_set.h"

namespace voxmark::dicom {

/// Thrown where the bytes at hand end before the data set does: there may be more in the file.
struct NeedsMore {};
/// Thrown where the bytes cannot be a data set; `what` completes "FILE: …".
struct Malformed {
  std::string what;
};

/// Reads elements from `bytes` at `pos` on, DICOM PS3.5 chapter 7; group 2 is always explicit and little endian.
class Parser {
 public:
  Parser(std::span<const std::byte> bytes, std::uint64_t pos) : bytes_(bytes), pos_(pos) {}
  /// The file meta information: elements while their group is 2.
  [[nodiscard]] DataSet metaInformation();
  /// The data set up to its pixels (whose element is then in pixels()) or to the end of the bytes.
  [[nodiscard]] DataSet dataSet(bool explicitVr, bool bigEndian);
  [[nodiscard]] const std::optional<PixelElement>& pixels() const { return pixels_; }
  [[nodiscard]] std::uint64_t position() const { return pos_; }

 private:
  struct Start {
    Tag tag{0, 0};
    bool sequence = false, implicitItems = false;
    std::uint32_t length = 0;
  };
  void require(std::uint64_t count) const;
  std::uint16_t u16();
  std::uint32_t u32();
  Tag tag();
  Start start();
  void readElement(const Start& head, DataSet& into, int depth);
  std::vector<DataSet> sequence(std::uint32_t length, int depth);
  DataSet item(std::uint32_t length, int depth);
  void skipFragments();

  std::span<const std::byte> bytes_;
  std::uint64_t pos_;
  bool explicitVr_ = true, bigEndian_ = false;
  std::optional<PixelElement> pixels_;
};

}  // namespace voxmark::dicom
