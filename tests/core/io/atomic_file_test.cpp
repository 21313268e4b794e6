#include "core/io/atomic_file.h"

#include <sys/stat.h>

#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

std::span<const std::byte> bytes(const std::string& text) {
  return std::as_bytes(std::span(text));
}

void replace(const std::string& path, const std::string& text) {
  AtomicFile file(path, true);
  file.append(bytes(text));
  file.commit();
}

unsigned modeOf(const std::string& path) {
  struct stat about {};
  EXPECT_EQ(::stat(path.c_str(), &about), 0);
  return about.st_mode & 07777U;
}

TEST(AtomicFile, hasThePermissionsOfAnyNewFile) {
  TemporaryFolder folder;
  const ::mode_t before = ::umask(027);
  replace(folder.file("v"), "new");
  ::umask(before);
  EXPECT_EQ(modeOf(folder.file("v")), 0640U);
  EXPECT_EQ(contentsOf(folder.file("v")), "new");
}

TEST(AtomicFile, keepsThePermissionsOfTheFileItReplaces) {
  TemporaryFolder folder;
  const std::string path = folder.write("v", "old");
  ASSERT_EQ(::chmod(path.c_str(), 0604), 0);
  replace(path, "new");
  EXPECT_EQ(modeOf(path), 0604U);
  EXPECT_EQ(contentsOf(path), "new");
}

TEST(AtomicFile, replacesWhatALinkPointsTo) {
  TemporaryFolder folder;
  const std::string path = folder.write("v", "old");
  std::filesystem::create_symlink("v", folder.file("link"));
  replace(folder.file("link"), "new");
  EXPECT_EQ(contentsOf(path), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.file("link")));
}

TEST(AtomicFile, leavesDevicesAndPipesAlone) {
  TemporaryFolder folder;
  ASSERT_EQ(::mkfifo(folder.file("pipe").c_str(), 0600), 0);
  EXPECT_EQ(errorOf([&] { AtomicFile file(folder.file("pipe"), true); }), ErrorCode::Usage);
  EXPECT_TRUE(std::filesystem::is_fifo(folder.file("pipe")));
}

TEST(AtomicFile, leavesNothingBehindWhenItIsGivenUpOrCannotBeNamed) {
  TemporaryFolder folder;
  {
    AtomicFile file(folder.file("v"), false);
    file.append(bytes("half"));
  }
  EXPECT_EQ(folder.entries(), 0U);
  {
    AtomicFile file(folder.file("v"), false);
    file.append(bytes("late"));
    (void)folder.write("v", "someone else's");
    EXPECT_EQ(errorOf([&] { file.commit(); }), ErrorCode::Usage);
  }
  EXPECT_EQ(contentsOf(folder.file("v")), "someone else's");
  {
    AtomicFile file(folder.file("v"), true);
    file.append(bytes("mine"));
    std::filesystem::remove(folder.file("v"));
    std::filesystem::create_directory(folder.file("v"));
    EXPECT_EQ(errorOf([&] { file.commit(); }), ErrorCode::Io);
  }
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(AtomicFile, revokesOnlyWhatItDidNotReplace) {
  TemporaryFolder folder;
  for (const bool existed : {false, true}) {
    const std::string path = existed ? folder.write("old", "old") : folder.file("new");
    AtomicFile file(path, true);
    file.append(bytes("text"));
    file.commit();
    file.revoke();
    EXPECT_EQ(std::filesystem::exists(path), existed);
  }
}

TEST(AtomicFile, isPatchedInPlaceAndOnlyWhereItHasBytes) {
  TemporaryFolder folder;
  const auto bytes = [](const char* text) { return std::as_bytes(std::span(text, std::strlen(text))); };
  AtomicFile file(folder.file("v"), false);
  file.append(bytes("0123456789"));
  file.patch(3, bytes("abc"));
  file.append(bytes("end"));
  file.patch(0, bytes("X"));
  file.patch(12, bytes("D"));
  EXPECT_EQ(file.size(), 13U);
  EXPECT_EQ(errorOf([&] { file.patch(12, bytes("dd")); }), ErrorCode::Usage);
  EXPECT_EQ(errorOf([&] { file.patch(~std::uint64_t{0}, bytes("dd")); }), ErrorCode::Usage);
  file.commit();
  EXPECT_EQ(contentsOf(folder.file("v")), "X12abc6789enD");
}

TEST(AtomicFile, saysThatAFolderIsMissing) {
  TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] { AtomicFile file(folder.file("none/v"), false); }), ErrorCode::Io);
}

}  // namespace
}  // namespace voxmark::testing
