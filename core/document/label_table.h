#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace voxmark {

/// How one label is drawn and what it is called.
struct Label {
  std::string name;
  std::array<std::uint8_t, 3> colour{0, 0, 0};
  double opacity = 1;
  bool visible = true;
  friend bool operator==(const Label&, const Label&) = default;
};

/// What the integers of a segmentation stand for. Values that are not listed have no name and a colour of their own.
struct LabelTable {
  std::string path;  ///< file that it came from; empty: made here
  std::map<std::int64_t, Label> labels;
  friend bool operator==(const LabelTable&, const LabelTable&) = default;
};

using LabelTablePtr = std::shared_ptr<const LabelTable>;

/// The label of a value: the table's entry, or an unnamed one in the colour that every such value always has; 0 is
/// invisible unless it is listed. `table` may be null.
[[nodiscard]] Label labelOf(const LabelTable* table, std::int64_t value);

}  // namespace voxmark
