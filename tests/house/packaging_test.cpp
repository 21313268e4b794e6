#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace voxmark::house {
namespace {

std::set<std::string> split(const std::string& text, char at) {
  std::set<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) {
    if (!part.empty()) out.insert(part);
  }
  return out;
}

TEST(Packaging, EveryTypeThatTheDesktopEntryOpensIsKnown) {
  const std::string entry = readText(repositoryRoot() / "resources/voxmark.desktop");
  const std::string types = readText(repositoryRoot() / "resources/mime/voxmark.xml");
  std::smatch line;
  ASSERT_TRUE(std::regex_search(entry, line, std::regex("(?:^|\n)MimeType=([^\n]*)")));
  for (const std::string& type : split(line[1], ';')) {
    if (type == "inode/directory") continue;  // the system's own
    EXPECT_NE(types.find("type=\"" + type + "\""), std::string::npos) << type;
  }
}

TEST(Packaging, EveryExtensionHasAType) {
  const std::string types = readText(repositoryRoot() / "resources/mime/voxmark.xml");
  for (const char* extension : {".nii", ".nii.gz", ".hdr", ".nrrd", ".nhdr", ".mha", ".mhd", ".mgh", ".mgz", ".npy",
                                ".npz", ".safetensors", ".dcm"}) {
    EXPECT_NE(types.find(std::string("pattern=\"*") + extension + "\""), std::string::npos) << extension;
  }
}

TEST(Packaging, TheCommandsCanBeRun) {
  using std::filesystem::perms;
  for (const char* script : {"packaging/setup.sh", "packaging/run.sh", "packaging/test.sh", "packaging/package.sh",
                             "packaging/gpu_check.sh", "tests/fuzz/run.sh", "bench/peers/run.sh", ".ci/run"}) {
    const auto status = std::filesystem::status(repositoryRoot() / script);
    ASSERT_TRUE(std::filesystem::is_regular_file(status)) << script;
    EXPECT_NE(status.permissions() & perms::owner_exec, perms::none) << script;
    EXPECT_NE(readText(repositoryRoot() / script).find("set -euo pipefail"), std::string::npos) << script;
  }
}

TEST(Packaging, TheSampleIsSmallAndNamesItsLicence) {
  const std::filesystem::path sample = repositoryRoot() / "resources/sample";
  EXPECT_LT(std::filesystem::file_size(sample / "brain_t1.nii.gz"), 2U * 1024 * 1024);
  EXPECT_NE(readText(sample / "LICENSE").find("MIT License"), std::string::npos);
  EXPECT_NE(readText(sample / "README.md").find("Licence: MIT"), std::string::npos);
}

}  // namespace
}  // namespace voxmark::house
