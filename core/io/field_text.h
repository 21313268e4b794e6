#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace voxmark {

/// Text of a header as it may be shown and put into JSON: up to the first NUL,
/// without blanks at its ends; control characters and bytes that are not UTF-8
/// become '?'.
[[nodiscard]] std::string printable(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);
/// Words separated by white space.
[[nodiscard]] std::vector<std::string> words(std::string_view text);
/// Whole-text conversions. Throw Error(Format) naming the field of `path`.
/// Numbers may be "nan" and "inf".
[[nodiscard]] double toNumber(const std::string& path, const std::string& field, std::string_view text);
[[nodiscard]] std::int64_t toInteger(const std::string& path, const std::string& field, std::string_view text);
[[nodiscard]] std::vector<double> toNumbers(const std::string& path, const std::string& field, std::string_view text);
[[nodiscard]] std::vector<std::int64_t> toIntegers(const std::string& path, const std::string& field,
                                                   std::string_view text);
/// Removes and returns the next line, without its line end.
[[nodiscard]] std::string_view takeLine(std::string_view& rest);
/// Files of "slice%03d.raw FIRST LAST STEP": the number is put where the one
/// %d, %Nd or %0Nd stands. Throws Error(Format) for anything else.
[[nodiscard]] std::vector<std::string> expandPattern(const std::string& path, const std::string& pattern,
                                                     std::int64_t first, std::int64_t last, std::int64_t step);

}  // namespace voxmark
