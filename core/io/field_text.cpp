#include "core/io/field_text.h"

#include <charconv>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/one_line.h"

namespace voxmark {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

template <typename T>
T convert(const std::string& path, const std::string& field, std::string_view text, const char* expected) {
  text = trim(text);
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  T value{};
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || result.ec != std::errc() || result.ptr != digits.data() + digits.size()) {
    throw fieldError(path, field, expected, "\"" + printable(text.substr(0, 60)) + "\"");
  }
  return value;
}

}  // namespace

std::string printable(std::string_view text) {
  return oneLine(trim(text.substr(0, text.find('\0'))));
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    const auto end = std::min(text.find_first_of(kBlanks), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

double toNumber(const std::string& path, const std::string& field, std::string_view text) {
  return convert<double>(path, field, text, "a number");
}

std::int64_t toInteger(const std::string& path, const std::string& field, std::string_view text) {
  return convert<std::int64_t>(path, field, text, "a whole number");
}

std::vector<double> toNumbers(const std::string& path, const std::string& field, std::string_view text) {
  std::vector<double> out;
  for (const std::string& word : words(text)) out.push_back(toNumber(path, field, word));
  return out;
}

std::vector<std::int64_t> toIntegers(const std::string& path, const std::string& field, std::string_view text) {
  std::vector<std::int64_t> out;
  for (const std::string& word : words(text)) out.push_back(toInteger(path, field, word));
  return out;
}

std::string_view takeLine(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::vector<std::string> expandPattern(const std::string& path, const std::string& pattern, std::int64_t first,
                                       std::int64_t last, std::int64_t step) {
  const std::size_t percent = pattern.find('%');
  const std::size_t end = percent == std::string::npos ? percent : pattern.find_first_not_of("0123456789", percent + 1);
  const bool one = end != std::string::npos && pattern[end] == 'd' && pattern.find('%', end) == std::string::npos;
  if (!one || end - percent > 4) throw fieldError(path, "data file pattern", "one %d, as in slice%03d.raw", pattern);
  const std::string digits = pattern.substr(percent + 1, end - percent - 1);
  const bool zeros = !digits.empty() && digits.front() == '0';
  const int width = digits.empty() ? 0 : std::stoi(digits);
  constexpr std::int64_t kMostFiles = 1000000;
  if (step == 0 || first < 0 || last < 0 || (last - first) / step < 0 || (last - first) / step >= kMostFiles) {
    throw fieldError(path, "data file numbers", "first, last and a step between them",
                     fmt::format("{} {} {}", first, last, step));
  }
  std::vector<std::string> out;
  for (std::int64_t n = 0; n <= (last - first) / step; ++n) {
    const std::int64_t number = first + n * step;
    const std::string text = zeros ? fmt::format("{:0{}}", number, width) : fmt::format("{:{}}", number, width);
    out.push_back(pattern.substr(0, percent) + text + pattern.substr(end + 1));
  }
  return out;
}

}  // namespace voxmark
