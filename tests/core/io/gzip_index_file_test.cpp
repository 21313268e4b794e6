// When an index that is kept in the cache is taken, and when it is left alone.
#include "core/io/gzip_index_file.h"

#include <random>

#include <fcntl.h>
#include <sys/stat.h>

#include "core/io/inflater.h"
#include "core/io/layout_source.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

namespace fs = std::filesystem;

class IndexFile : public ::testing::Test {
 protected:
  void SetUp() override {
    VolumeInfo info;
    info.geometry.size = {128, 128, 120};
    info.pixelType = PixelType::I16;
    Volume volume(info);
    std::mt19937 random(3);
    auto* to = reinterpret_cast<std::int16_t*>(volume.mutableFrameData(0));
    for (std::uint64_t n = 0; n < info.frameBytes() / 2; ++n) to[n] = static_cast<std::int16_t>(random() % 900);
    writeVolume(volume, folder_.file("v.nii"), 7);
    content_ = gzippedByOthers(contentsOf(folder_.file("v.nii")));
    path_ = folder_.write("v.nii.gz", content_);
    (void)readFile(path_);
    waitForSavedIndexes();
    ASSERT_TRUE(taken());
  }
  [[nodiscard]] bool taken() const { return loadIndex(File(path_), 0) != nullptr; }
  /// Writes the content again, at the time that the file had before unless told.
  void rewrite(const std::string& content, std::int64_t laterBy = 0) const {
    struct stat before {};
    ::stat(path_.c_str(), &before);
    std::ofstream(path_, std::ios::binary) << content;
    before.st_mtim.tv_nsec = (before.st_mtim.tv_nsec + laterBy) % 1000000000;
    const timespec times[] = {before.st_atim, before.st_mtim};
    ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), times, 0), 0);
  }
  [[nodiscard]] std::string flipped(std::size_t at) const {
    std::string out = content_;
    out[at] = static_cast<char>(out[at] ^ 1);
    return out;
  }

  TemporaryFolder folder_;
  OwnCache cache_{folder_.file("cache")};
  std::string content_;
  std::string path_;
};

TEST_F(IndexFile, IsTakenForTheSameFileAgain) {
  rewrite(content_);
  EXPECT_TRUE(taken());
}

TEST_F(IndexFile, IsNotTakenForAnotherTime) {
  rewrite(content_, 1);
  EXPECT_FALSE(taken());
}

TEST_F(IndexFile, IsNotTakenForAnotherSize) {
  rewrite(content_ + '\0');
  EXPECT_FALSE(taken());
}

TEST_F(IndexFile, IsNotTakenForAnotherBeginning) {
  rewrite(flipped(5));
  EXPECT_FALSE(taken());
}

TEST_F(IndexFile, IsNotTakenForAnotherEnd) {
  rewrite(flipped(content_.size() - 3));
  EXPECT_FALSE(taken());
}

TEST_F(IndexFile, IsNotTakenForTheSameFileElsewhere) {
  fs::copy_file(path_, folder_.file("w.nii.gz"));
  EXPECT_EQ(loadIndex(File(folder_.file("w.nii.gz")), 0), nullptr);
  EXPECT_EQ(loadIndex(File(path_), 1), nullptr);  // nor for another member of it
}

TEST_F(IndexFile, IsTakenThroughALink) {
  fs::create_symlink(path_, folder_.file("link.nii.gz"));
  EXPECT_NE(loadIndex(File(folder_.file("link.nii.gz")), 0), nullptr);
}

TEST_F(IndexFile, IsGoneOnceItIsDropped) {
  dropIndex(File(path_), 0);
  EXPECT_FALSE(taken());
  EXPECT_TRUE(fs::is_empty(folder_.file("cache/gzip-index")));
}

TEST_F(IndexFile, OldOnesGiveWayWhenTheyTakeMoreThanAGibibyte) {
  const std::string where = folder_.file("cache/gzip-index/");
  const auto now = fs::file_time_type::clock::now();
  const auto hole = [&](const std::string& name, std::uint64_t bytes, std::chrono::hours age) {
    std::ofstream(where + name, std::ios::binary) << "x";
    fs::resize_file(where + name, bytes);  // takes no room on the disk
    fs::last_write_time(where + name, now - age);
  };
  hole("oldest.gzi", std::uint64_t{500} << 20, std::chrono::hours(72));
  hole("older.gzi", std::uint64_t{500} << 20, std::chrono::hours(48));
  hole("newer.gzi", std::uint64_t{500} << 20, std::chrono::hours(24));
  hole("other.txt", std::uint64_t{900} << 20, std::chrono::hours(96));  // not ours to count or remove
  dropIndex(File(path_), 0);
  (void)readFile(path_);
  waitForSavedIndexes();
  EXPECT_TRUE(taken());
  EXPECT_FALSE(fs::exists(where + "oldest.gzi"));
  EXPECT_TRUE(fs::exists(where + "older.gzi"));
  EXPECT_TRUE(fs::exists(where + "newer.gzi"));
  EXPECT_TRUE(fs::exists(where + "other.txt"));
}

/// A big-endian file whose header is longer than usual, so that neither the voxels' place nor their bytes are what a
/// reader would guess.
TEST_F(IndexFile, ServesBigEndianVoxelsBehindALongHeader) {
  std::string plain = contentsOf(folder_.file("v.nii"));
  const std::string voxels = plain.substr(352);
  std::string header(352 + 1000, '\0');
  const auto put = [&](std::size_t at, std::uint32_t value, int bytes) {
    for (int n = 0; n < bytes; ++n)
      header[at + static_cast<std::size_t>(n)] = static_cast<char>(value >> (8 * (bytes - 1 - n)));
  };
  put(0, 348, 4);
  const std::uint32_t dims[] = {3, 128, 128, 120, 1, 1, 1, 1};
  for (std::size_t n = 0; n < 8; ++n) put(40 + 2 * n, dims[n], 2);
  put(70, 4, 2);
  put(72, 16, 2);
  for (std::size_t n = 0; n < 4; ++n) put(76 + 4 * n, 0x3F800000, 4);
  put(108, 0x44A90000, 4);  // vox_offset 1352
  std::memcpy(header.data() + 344, "n+1", 4);
  std::string swapped = voxels;
  for (std::size_t n = 0; n < swapped.size(); n += 2) std::swap(swapped[n], swapped[n + 1]);
  const std::string path = folder_.write("big.nii.gz", gzippedByOthers(header + swapped));
  const auto expected = readFile(folder_.file("v.nii"));
  expectSameVoxels(*expected, *readFile(path));
  waitForSavedIndexes();
  ASSERT_NE(loadIndex(File(path), 0), nullptr);
  expectSameVoxels(*expected, *readFile(path));  // by the index now
  const ReadRequest request{{{100, 90, 80}, {20, 30, 31}}, 0};
  std::vector<std::byte> crop(20 * 30 * 31 * 2), right(crop.size());
  copyRegion(*expected, request, right);
  JobContext job;
  openFile(path)->read(request, crop, {}, job);
  EXPECT_EQ(crop, right);
}

}  // namespace
}  // namespace voxmark::testing
