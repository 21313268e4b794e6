// Runs the kept inputs of one harness (VOXMARK_HARNESS) without a fuzzer. A rule that does not hold ends the process.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace voxmark::fuzz {
namespace {

/// "corpus/header/NAME": below tests/fuzz.
std::vector<std::string> keptInputs() {
  const char* sources = std::getenv("VOXMARK_SOURCE_DIR");
  const std::filesystem::path root = std::filesystem::path(sources == nullptr ? "." : sources) / "tests/fuzz";
  std::vector<std::string> inputs;
  for (const char* part : {"corpus", "regressions"}) {
    const auto folder = root / part / VOXMARK_HARNESS;
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) inputs.push_back(entry.path().string());
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

class Replay : public ::testing::TestWithParam<std::string> {};

TEST_P(Replay, aKeptInputBreaksNoRule) {
  std::ifstream in(GetParam(), std::ios::binary);
  ASSERT_TRUE(in) << GetParam();
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
}

INSTANTIATE_TEST_SUITE_P(Kept, Replay, ::testing::ValuesIn(keptInputs()), [](const auto& about) {
  const std::filesystem::path path = about.param;
  std::string name = path.parent_path().parent_path().filename().string() + "_" + path.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace voxmark::fuzz
