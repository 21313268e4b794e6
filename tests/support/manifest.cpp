#include "tests/support/manifest.h"

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace voxmark::test {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

/// A number; of a complex one, "3-4j", the magnitude.
double numberOf(const std::string& text) {
  char* end = nullptr;
  const double real = std::strtod(text.c_str(), &end);
  return *end == '+' || *end == '-' ? std::hypot(real, std::strtod(end, nullptr)) : real;
}

std::vector<double> numbers(const std::string& text, char separator) {
  std::vector<double> found;
  if (text.empty()) return found;
  for (const std::string& part : split(text, separator)) found.push_back(numberOf(part));
  return found;
}

std::vector<std::int64_t> integers(const std::string& text, char separator) {
  std::vector<std::int64_t> found;
  if (text.empty()) return found;
  for (const std::string& part : split(text, separator)) found.push_back(std::strtoll(part.c_str(), nullptr, 10));
  return found;
}

/// "(i,j,k)=value" or "(i,j,k)=[a;b;c]".
std::optional<ManifestProbe> probeOf(const std::string& text) {
  const std::size_t close = text.find(")=");
  if (text.empty() || text[0] != '(' || close == std::string::npos) return std::nullopt;
  std::string values = text.substr(close + 2);
  if (values.size() > 1 && values.front() == '[') values = values.substr(1, values.size() - 2);
  return ManifestProbe{integers(text.substr(1, close - 1), ','), numbers(values, ';')};
}

ManifestRow rowOf(std::map<std::string, std::string>& cell) {
  ManifestRow row;
  row.path = cell["path"];
  row.kind = cell["kind"];
  row.expected = cell["expected"];
  row.notes = cell["notes"];
  row.dtype = cell["dtype"];
  row.axcodes = cell["axcodes_RAS"];
  row.dims = integers(cell["dims"], 'x');
  row.components = std::max(1, std::atoi(cell["components"].c_str()));
  row.spacing = numbers(cell["spacing"], ',');
  row.direction = numbers(cell["direction_LPS_rowmajor"], ',');
  row.origin = numbers(cell["origin_LPS"], ',');
  row.hasStatistics = !cell["min"].empty() && cell["min"] != "nan";
  row.min = std::strtod(cell["min"].c_str(), nullptr);
  row.max = std::strtod(cell["max"].c_str(), nullptr);
  row.mean = std::strtod(cell["mean"].c_str(), nullptr);
  row.std = std::strtod(cell["std"].c_str(), nullptr);
  row.nonfinite = std::strtoll(cell["nonfinite"].c_str(), nullptr, 10);
  for (const char* name : {"probe1", "probe2", "probe3"}) {
    if (auto probe = probeOf(cell[name])) row.probes.push_back(std::move(*probe));
  }
  return row;
}

}  // namespace

std::string ManifestRow::testName() const {
  std::string name;
  for (const char c : path) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

std::optional<std::string> dataFolder() {
  std::vector<std::string> places;
  if (const char* folder = std::getenv("VOXMARK_DATA_DIR")) places.emplace_back(folder);
  if (const char* sources = std::getenv("VOXMARK_SOURCE_DIR")) {
    places.push_back(std::string(sources) + "/../shared/data");
    places.push_back(std::string(sources) + "/shared/data");
  }
  for (const std::string& place : places) {
    if (std::filesystem::exists(place + "/MANIFEST.tsv")) return place;
  }
  return std::nullopt;
}

std::string bundledFolder() {
  const char* sources = std::getenv("VOXMARK_SOURCE_DIR");
  return std::string(sources == nullptr ? "." : sources) + "/tests/data";
}

std::vector<ManifestRow> readManifest(const std::string& folder) {
  std::vector<ManifestRow> rows;
  std::ifstream in(folder + "/MANIFEST.tsv");
  std::string line;
  std::getline(in, line);
  const auto names = split(line, '\t');
  while (std::getline(in, line)) {
    const auto cells = split(line, '\t');
    std::map<std::string, std::string> byName;
    for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) byName[names[i]] = cells[i];
    ManifestRow row = rowOf(byName);
    row.folder = folder;
    if (!row.path.empty() && row.kind != "skip") rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace voxmark::test
