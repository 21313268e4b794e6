#include <algorithm>
#include <regex>

#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace voxmark::house {
namespace {

constexpr std::size_t kLongest = 600;
constexpr std::size_t kMainWindow = 200;
constexpr std::size_t kMedian = 120;
constexpr std::size_t kNinetyPercent = 350;

TEST(FileSize, LinesAreCountedWithAndWithoutAFinalNewline) {
  EXPECT_EQ(lineCount(""), 0U);
  EXPECT_EQ(lineCount("a\n"), 1U);
  EXPECT_EQ(lineCount("a\nb"), 2U);
}

TEST(FileSize, NoFileIsTooLongToRead) {
  for (const SourceFile& file : sourceFiles()) EXPECT_LE(lineCount(file.text), kLongest) << file.path;
}

TEST(FileSize, MostFilesAreShort) {
  std::vector<std::size_t> lengths;
  for (const SourceFile& file : sourceFiles()) lengths.push_back(lineCount(file.text));
  ASSERT_FALSE(lengths.empty());
  std::sort(lengths.begin(), lengths.end());
  EXPECT_LE(lengths[lengths.size() / 2], kMedian);
  EXPECT_LE(lengths[lengths.size() * 9 / 10], kNinetyPercent);
}

TEST(FileSize, TheMainWindowOnlyHoldsThingsTogether) {
  std::size_t found = 0;
  for (const SourceFile& file : sourceFiles()) {
    if (!std::regex_search(file.path, std::regex("^ui/.*/main_window\\.(h|cpp)$"))) continue;
    ++found;
    EXPECT_LE(lineCount(file.text), kMainWindow) << file.path;
  }
  EXPECT_EQ(found, 2U);
}

}  // namespace
}  // namespace voxmark::house
