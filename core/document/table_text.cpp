#include "core/document/table_text.h"

#include <span>

#include <fmt/format.h>

#include "core/io/atomic_file.h"

namespace voxmark {

std::string csvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t n = 0; n < cells.size(); ++n) {
    if (n > 0) line += ',';
    const std::string& cell = cells[n];
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

std::string numberText(double value) {
  return fmt::format("{}", value);
}

void saveText(const std::string& path, const std::string& text) {
  AtomicFile file(path, true);
  file.append(std::as_bytes(std::span(text)));
  file.commit();
}

}  // namespace voxmark
