#include "tests/house/source_tree.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace voxmark::house {

std::filesystem::path repositoryRoot() {
  const char* root = std::getenv("VOXMARK_SOURCE_DIR");
  if (root == nullptr) throw std::runtime_error("VOXMARK_SOURCE_DIR is not set: start this test with ctest");
  return root;
}

std::string readText(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(path.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<SourceFile> sourceFiles() {
  static const std::set<std::string> kExtensions{".h", ".cpp", ".cu", ".cuh"};
  const std::filesystem::path root = repositoryRoot();
  std::vector<SourceFile> out;
  for (const char* room : {"core", "gpu", "ui", "app", "bench", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / room)) {
      if (!entry.is_regular_file() || !kExtensions.contains(entry.path().extension().string())) continue;
      out.push_back({entry.path().lexically_relative(root).generic_string(), readText(entry.path())});
    }
  }
  std::sort(out.begin(), out.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return out;
}

std::size_t lineCount(const std::string& text) {
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return text.empty() || text.back() == '\n' ? ends : ends + 1;
}

}  // namespace voxmark::house
