#include "core/document/label_table_file.h"

#include <charconv>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/io/atomic_file.h"
#include "core/io/file_access.h"

namespace voxmark {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20;  // a hundred times the longest table in use
constexpr std::size_t kLongestName = 256;
constexpr std::int64_t kLargestLabel = std::int64_t{1} << 53;  // beyond, voxel values skip whole numbers

/// One line, taken apart from the left.
class LineReader {
 public:
  LineReader(std::string_view line, std::size_t number, const std::string& path)
      : rest_(line), number_(number), path_(path) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw fileError(ErrorCode::Format, path_, fmt::format("line {}: {}", number_, what));
  }
  [[nodiscard]] bool atEnd() {
    skipBlanks();
    return rest_.empty();
  }
  std::string_view word(const char* name) {
    if (atEnd()) fail(fmt::format("{} is missing", name));
    const std::size_t length = std::min(rest_.find_first_of(kBlanks), rest_.size());
    const std::string_view out = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return out;
  }
  double number(const char* name, double low, double high) {
    const std::string_view text = word(name);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(value >= low && value <= high)) {
      wrong(name, fmt::format("a number from {:g} to {:g}", low, high), text);
    }
    return value;
  }
  std::int64_t whole(const char* name, std::int64_t low, std::int64_t high) {
    const std::string_view text = word(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < low || value > high) {
      wrong(name, fmt::format("a whole number from {} to {}", low, high), text);
    }
    return value;
  }
  /// What stands between quotation marks, to the last one of the line.
  std::string_view quoted() {
    if (atEnd() || rest_.front() != '"') fail("the name is not in quotation marks");
    const std::size_t end = rest_.rfind('"');
    if (end == 0) fail("the name has no closing quotation mark");
    const std::string_view out = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return out;
  }
  void expectEnd() {
    if (!atEnd()) fail(fmt::format("text after the end of the label (\"{}\")", shown(rest_)));
  }

 private:
  static constexpr const char* kBlanks = " \t\r";
  static std::string shown(std::string_view text) { return oneLine(text.substr(0, 40)); }
  [[noreturn]] void wrong(const char* name, const std::string& expected, std::string_view found) const {
    fail(fmt::format("{} is wrong (expected {}, found \"{}\")", name, expected, shown(found)));
  }
  void skipBlanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(kBlanks), rest_.size())); }

  std::string_view rest_;
  std::size_t number_;
  const std::string& path_;
};

std::string nameFrom(LineReader& line, std::string_view text) {
  if (text.size() > kLongestName) line.fail(fmt::format("the name is longer than {} bytes", kLongestName));
  return oneLine(text);
}

void readColour(LineReader& line, Label& label) {
  const char* names[] = {"red", "green", "blue"};
  for (std::size_t c = 0; c < 3; ++c) label.colour[c] = static_cast<std::uint8_t>(line.whole(names[c], 0, 255));
}

void addSnapLine(LineReader line, LabelTable& table) {
  Label label;
  const std::int64_t value = line.whole("the label's number", -kLargestLabel, kLargestLabel);
  readColour(line, label);
  label.opacity = line.number("the opacity", 0, 1);
  label.visible = line.whole("the visibility", 0, 1) != 0;
  (void)line.whole("the mesh's visibility", 0, 1);
  label.name = nameFrom(line, line.quoted());
  line.expectEnd();
  table.labels[value] = std::move(label);
}

void addFreeSurferLine(LineReader line, LabelTable& table) {
  Label label;
  const std::int64_t value = line.whole("the label's number", -kLargestLabel, kLargestLabel);
  label.name = nameFrom(line, line.word("the name"));
  readColour(line, label);
  if (!line.atEnd()) label.opacity = 1 - static_cast<double>(line.whole("the transparency", 0, 255)) / 255;
  line.expectEnd();
  if (value == 0) label.visible = false;  // "Unknown": what no label covers
  table.labels[value] = std::move(label);
}

}  // namespace

LabelTable parseLabelTable(const std::string& text, const std::string& path) {
  if (text.find('\0') != std::string::npos) {
    throw fileError(ErrorCode::Format, path, "this is no label table (expected text, found binary data)");
  }
  LabelTable table;
  table.path = path;
  std::string_view rest = text;
  if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    const std::string_view content = rest.substr(0, length);
    rest.remove_prefix(std::min(length + 1, rest.size()));
    LineReader line(content, number, path);
    if (line.atEnd() || content[content.find_first_not_of(" \t")] == '#') continue;
    if (content.find('"') != std::string_view::npos) {
      addSnapLine(line, table);
    } else {
      addFreeSurferLine(line, table);
    }
  }
  if (table.labels.empty()) throw fileError(ErrorCode::Format, path, "this is no label table (it lists no label)");
  return table;
}

LabelTable readLabelTable(const std::string& path) {
  const File file(path);
  if (file.size() > kMostBytes) {
    throw fileError(
        ErrorCode::Format, path,
        fmt::format("this is no label table (expected at most {} bytes, found {})", kMostBytes, file.size()));
  }
  const std::vector<std::byte> bytes = file.readUpTo(0, static_cast<std::size_t>(file.size()));
  return parseLabelTable(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()), path);
}

void writeLabelTable(const std::string& path, const LabelTable& table) {
  std::string text =
      "# ITK-SNAP label description file\n"
      "# IDX   red green blue  opacity  visible  mesh  name\n";
  for (const auto& [value, label] : table.labels) {
    std::string name = oneLine(label.name);
    for (char& c : name) {
      if (c == '"') c = '\'';  // the format has no way to write one
    }
    const int visible = label.visible ? 1 : 0;
    text += fmt::format("{:5} {:5} {:5} {:5} {:8.4g} {:2} {:2}    \"{}\"\n", value, label.colour[0], label.colour[1],
                        label.colour[2], label.opacity, visible, visible, name);
  }
  AtomicFile file(path, true);
  file.append(std::as_bytes(std::span(text)));
  file.commit();
}

}  // namespace voxmark
