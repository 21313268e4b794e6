#pragma once

#include <string>
#include <vector>

namespace voxmark {

/// One line of a CSV file (RFC 4180), with its line end: cells that hold a comma, a quote or a line end are quoted.
[[nodiscard]] std::string csvLine(const std::vector<std::string>& cells);
/// The shortest text that reads back as the same number; "nan", "inf" and "-inf" where it is none.
[[nodiscard]] std::string numberText(double value);
/// Writes a text file in place of whatever is there. Throws Error: Io, Usage.
void saveText(const std::string& path, const std::string& text);

}  // namespace voxmark
