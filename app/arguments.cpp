#include "app/arguments.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark::app {

std::vector<double> parseNumbers(const std::string& option, std::string_view text) {
  std::vector<double> out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t comma = text.find(',', at);
    const std::string_view piece = text.substr(at, comma == std::string_view::npos ? comma : comma - at);
    double value = 0;
    const auto [end, problem] = std::from_chars(piece.data(), piece.data() + piece.size(), value);
    if (problem != std::errc{} || end != piece.data() + piece.size() || !std::isfinite(value)) {
      throw Error(ErrorCode::Usage,
                  fmt::format("{} is wrong (expected numbers with commas between them, found '{}')", option, text));
    }
    out.push_back(value);
    if (comma == std::string_view::npos) return out;
    at = comma + 1;
  }
}

std::vector<std::int64_t> parseIntegers(const std::string& option, std::string_view text, std::size_t count) {
  std::vector<std::int64_t> out;
  for (double value : parseNumbers(option, text)) {
    if (value != std::floor(value) || std::abs(value) > 1e15) {
      throw Error(ErrorCode::Usage, fmt::format("{} is wrong (expected whole numbers, found '{}')", option, text));
    }
    out.push_back(static_cast<std::int64_t>(value));
  }
  if (count != 0 && out.size() != count) {
    throw Error(ErrorCode::Usage,
                fmt::format("{} is wrong (expected {} numbers, found {})", option, count, out.size()));
  }
  return out;
}

std::optional<std::int64_t> parseFrame(std::string_view text) {
  if (text == "all") return std::nullopt;
  const auto value = parseIntegers("--frame", text, 1).front();
  if (value < 0) throw Error(ErrorCode::Usage, "--frame is wrong (expected 0 or more, or 'all')");
  return value;
}

void complain(const std::string& message) {
  const std::string line = "voxmark: " + message + "\n";
  (void)std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace voxmark::app
