#include "core/document/autosave_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/document/session_file.h"
#include "tests/support/temporary_folder.h"

namespace voxmark {
namespace {

namespace fs = std::filesystem;

class Autosaving : public ::testing::Test {
 protected:
  Autosaving() : folder_(temporary_.path() / "kept") {}
  static Document named(const std::string& name) {
    Document d;
    Layer layer;
    layer.id = 1;
    layer.name = name;
    layer.path = "/data/" + name;
    d.layers = {layer};
    d.nextLayerId = 2;
    return d;
  }
  /// A process that saves and ends without cleaning up.
  void crash(const std::string& name) const {
    const pid_t child = fork();
    if (child == 0) {
      AutosaveFile file(folder_.string());
      file.save(named(name));
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
  }
  [[nodiscard]] std::vector<Orphan> orphans() const { return findOrphans(folder_.string()); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  testing::TemporaryFolder temporary_;
  fs::path folder_;
};

TEST_F(Autosaving, NothingIsLeftOfACleanEnd) {
  {
    AutosaveFile file(folder_.string());
    file.save(named("a"));
    EXPECT_EQ(readSession(file.path()).layers[0].name, "a");
    file.save(named("b"));
    EXPECT_EQ(readSession(file.path()).layers[0].name, "b");
    EXPECT_TRUE(orphans().empty());
    file.clear();
    EXPECT_FALSE(fs::exists(file.path()));
  }
  EXPECT_EQ(files(), 0U);
  EXPECT_EQ(fs::status(folder_).permissions() & fs::perms::others_all, fs::perms::none);
}

TEST_F(Autosaving, TwoWindowsKeepTheirOwn) {
  AutosaveFile one(folder_.string());
  AutosaveFile two(folder_.string());
  one.save(named("one"));
  two.save(named("two"));
  EXPECT_NE(one.path(), two.path());
  EXPECT_EQ(readSession(one.path()).layers[0].name, "one");
}

TEST_F(Autosaving, WhatACrashLeavesIsFoundAndTakenOnce) {
  crash("lost.nii");
  ASSERT_EQ(orphans().size(), 1U);
  EXPECT_EQ(orphans()[0].layers, (std::vector<std::string>{"lost.nii"}));
  const std::string path = orphans()[0].path;
  {
    const auto claim = OrphanClaim::take(path);
    ASSERT_NE(claim, nullptr);
    EXPECT_EQ(OrphanClaim::take(path), nullptr);
    EXPECT_TRUE(orphans().empty());
  }
  EXPECT_EQ(orphans().size(), 1U);  // given back unused
  OrphanClaim::take(path)->discard();
  EXPECT_TRUE(orphans().empty());
  EXPECT_EQ(OrphanClaim::take(path), nullptr);
}

TEST_F(Autosaving, WhatCannotBeReadIsNotOffered) {
  fs::create_directories(folder_);
  std::ofstream(folder_ / "1-2-0.voxmark.json") << "{";
  EXPECT_TRUE(orphans().empty());
  EXPECT_TRUE(findOrphans((folder_ / "none").string()).empty());
}

}  // namespace
}  // namespace voxmark
