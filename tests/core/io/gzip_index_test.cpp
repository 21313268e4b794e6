// Indexes of compressed files: those kept in the cache, and those that a file brings along.
#include "core/io/gzip_index.h"

#include <random>

#include "core/base/parallel_for.h"
#include "core/io/byte_order.h"
#include "core/io/gzip_index_file.h"
#include "core/io/seekable_gzip.h"
#include "core/trace/counters.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// More than two MiB a frame, compressible about as an image is.
std::shared_ptr<Volume> picture(std::int64_t frames = 1) {
  VolumeInfo info;
  info.geometry.size = {160, 120, 61};
  info.pixelType = PixelType::I16;
  info.frames = frames;
  auto volume = std::make_shared<Volume>(info);
  std::mt19937 random(11);
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    auto* to = reinterpret_cast<std::int16_t*>(volume->mutableFrameData(frame));
    for (std::uint64_t n = 0; n < info.frameBytes() / 2; ++n) {
      to[n] = static_cast<std::int16_t>(n / 400 % 500 + random() % 40);
    }
  }
  return volume;
}

class Index : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override { setDefaultThreads(GetParam()); }
  void TearDown() override { setDefaultThreads(0); }
  /// The volume as another program writes it.
  [[nodiscard]] std::string ordinary(const Volume& volume) const {
    writeVolume(volume, folder_.file("v.nii"), 7, {-1, true, 0});
    return folder_.write("v.nii.gz", gzippedByOthers(contentsOf(folder_.file("v.nii"))));
  }
  [[nodiscard]] std::vector<std::string> kept() const {
    std::vector<std::string> out;
    waitForSavedIndexes();
    if (!std::filesystem::exists(folder_.file("cache/gzip-index"))) return out;
    for (const auto& one : std::filesystem::directory_iterator(folder_.file("cache/gzip-index"))) {
      out.push_back(one.path().string());
    }
    return out;
  }
  /// Reads a region and compares it; returns how many bytes that inflated.
  static std::uint64_t cost(const std::string& path, const Volume& volume, const ReadRequest& request) {
    const auto source = openFile(path);
    std::vector<std::byte> found(static_cast<std::size_t>(request.region.voxels()) * volume.info().voxelBytes());
    std::vector<std::byte> expected(found.size());
    copyRegion(volume, request, expected);
    JobContext job;
    const std::uint64_t inflated = trace::snapshot().bytesInflated;
    source->read(request, found, {}, job);
    EXPECT_EQ(found, expected) << toString(request.region);
    return trace::snapshot().bytesInflated - inflated;
  }

  TemporaryFolder folder_;
  OwnCache cache_{folder_.file("cache")};
};

INSTANTIATE_TEST_SUITE_P(Threads, Index, ::testing::Values(1, 3));

TEST_P(Index, OfAWholeReadServesLaterCrops) {
  const auto volume = picture(2);
  const std::string path = ordinary(*volume);
  expectSameVoxels(*volume, *readFile(path));
  ASSERT_EQ(kept().size(), 1U);
  const std::uint64_t frame = volume->info().frameBytes();
  EXPECT_LT(cost(path, *volume, {{{150, 110, 60}, {10, 10, 1}}, 1}), frame / 4);
  EXPECT_LT(cost(path, *volume, {{{0, 0, 0}, {1, 1, 1}}, 0}), frame / 4);
  EXPECT_LT(cost(path, *volume, {{{20, 30, 40}, {64, 1, 2}}, 0}), frame / 4);
  (void)cost(path, *volume, {{{3, 4, 5}, {100, 90, 50}}, 1});
  expectSameVoxels(*volume, *readFile(path));
}

TEST_P(Index, IsNotOfAFileThatHasChanged) {
  const auto volume = picture();
  const std::string path = ordinary(*volume);
  (void)readFile(path);
  ASSERT_EQ(kept().size(), 1U);
  auto other = picture();
  other->mutableFrameData(0)[5] ^= std::byte{1};
  (void)ordinary(*other);
  (void)cost(path, *other, {{{0, 0, 0}, {9, 1, 1}}, 0});
  (void)cost(path, *other, {{{7, 7, 50}, {9, 9, 9}}, 0});
  expectSameVoxels(*other, *readFile(path));
  EXPECT_EQ(kept().size(), 1U);  // of the new one
}

TEST_P(Index, ThatIsDamagedIsAsGoodAsNone) {
  const auto volume = picture();
  const std::string path = ordinary(*volume);
  (void)readFile(path);
  const std::string index = kept().at(0);
  const std::string right = contentsOf(index);
  for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{30}, std::size_t{70}, right.size() - 100}) {
    std::string wrong = right;
    wrong[at] = static_cast<char>(wrong[at] ^ 0x55);
    std::ofstream(index, std::ios::binary) << wrong;
    (void)cost(path, *volume, {{{7, 7, 57}, {9, 9, 3}}, 0});
    expectSameVoxels(*volume, *readFile(path));
    waitForSavedIndexes();
  }
  std::ofstream(index, std::ios::binary) << right.substr(0, right.size() / 2);
  expectSameVoxels(*volume, *readFile(path));
}

TEST_P(Index, IsNotMadeOfSeveralMembers) {
  const auto volume = picture();
  (void)ordinary(*volume);
  const std::string bytes = contentsOf(folder_.file("v.nii"));
  const std::string path =
      folder_.write("v.nii.gz", gzippedByOthers(bytes.substr(0, 1234567)) + gzippedByOthers(bytes.substr(1234567)));
  expectSameVoxels(*volume, *readFile(path));
  EXPECT_EQ(kept().size(), 0U);
}

TEST_P(Index, ThatAFileBringsAlongServesAtOnce) {
  const auto volume = picture(2);
  const std::string path = folder_.file("s.nii.gz");
  writeVolume(*volume, path, 5);
  EXPECT_LT(cost(path, *volume, {{{20, 30, 40}, {64, 10, 2}}, 1}), std::uint64_t{6} << 16);
  expectSameVoxels(*volume, *readFile(path));
  EXPECT_EQ(kept().size(), 0U);
}

TEST_P(Index, DoesNotHideDamage) {
  const auto volume = picture();
  const std::string path = folder_.file("s.nii.gz");
  writeVolume(*volume, path, 5);
  const std::string right = contentsOf(path);
  // The checksum, and the middle of the voxels.
  for (const std::size_t at : {right.size() - 6, right.size() / 2}) {
    std::string wrong = right;
    wrong[at] = static_cast<char>(wrong[at] ^ 0x10);
    std::ofstream(path, std::ios::binary) << wrong;
    const ErrorCode code = errorOf([&] { (void)readFile(path); });
    EXPECT_TRUE(code == ErrorCode::Format || code == ErrorCode::Truncated) << at;
  }
}

TEST_P(Index, WhoseSizesAreWrongIsLeftAside) {
  const auto volume = picture();
  const std::string path = folder_.file("s.nii.gz");
  writeVolume(*volume, path, 5);
  std::string wrong = contentsOf(path);
  // A chunk takes a byte from the next one: the sum is still right.
  wrong[kTableAt + 6] = static_cast<char>(wrong[kTableAt + 6] + 1);
  wrong[kTableAt + 9] = static_cast<char>(wrong[kTableAt + 9] - 1);
  std::ofstream(path, std::ios::binary) << wrong;
  expectSameVoxels(*volume, *readFile(path));
}

TEST(SeekableGzip, ListsItsChunksWhereTheLayoutSays) {
  TemporaryFolder folder;
  const auto volume = picture();
  writeVolume(*volume, folder.file("s.nii.gz"), 5);
  writeVolume(*volume, folder.file("s.nii"), 5);
  const std::string all = contentsOf(folder.file("s.nii"));
  const std::string file = contentsOf(folder.file("s.nii.gz"));
  const HeaderBytes at(std::as_bytes(std::span(file)), ByteOrder::Little);
  ASSERT_EQ(file.substr(0, 4), "\x1F\x8B\x08\x04");
  ASSERT_EQ(file.substr(12, 2), "VM");
  EXPECT_EQ(at.get<std::uint64_t>(18), all.size());
  const std::size_t chunk = std::size_t{1} << at.get<std::uint8_t>(17);
  const auto chunks = at.get<std::uint32_t>(26);
  ASSERT_EQ(chunks, (all.size() + chunk - 1) / chunk);
  std::size_t place = 30 + 3 * std::size_t{chunks};
  for (std::uint32_t n = 0; n < chunks; ++n) {
    const std::size_t bytes = at.get<std::uint32_t>(30 + 3 * n) & 0xFFFFFF;
    // Behind an end of its own each chunk is a stream that another program reads.
    const std::string stream = file.substr(place, bytes) + std::string("\x03\x00", 2);
    std::string out(std::min(chunk, all.size() - n * chunk), '\0');
    std::size_t got = 0;
    libdeflate_decompressor* other = libdeflate_alloc_decompressor();
    EXPECT_EQ(libdeflate_deflate_decompress(other, stream.data(), stream.size(), out.data(), out.size(), &got),
              LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(other);
    EXPECT_TRUE(out == all.substr(n * chunk, out.size())) << n;
    place += bytes;
  }
  EXPECT_EQ(place + 10, file.size());
}

TEST(SeekableGzip, GrowsItsChunksUntilTheHeaderHasRoom) {
  EXPECT_EQ(chunkLogFor(1, 16), 16U);
  EXPECT_EQ(chunkLogFor(21000ULL << 16, 16), 16U);
  EXPECT_EQ(chunkLogFor((21000ULL << 16) + 1, 16), 17U);
  EXPECT_EQ(chunkLogFor(21000ULL << 20, 16), 20U);
  EXPECT_LT(seekableHeader(21000ULL << 16, 16).size(), 65536U);
}

TEST(SeekableGzip, OfConstantVoxelsIsPackedInLargerPieces) {
  TemporaryFolder folder;
  VolumeInfo info;
  info.geometry.size = {256, 256, 48};
  Volume volume(info);
  std::memset(volume.mutableFrameData(0), 3, info.frameBytes());
  writeVolume(volume, folder.file("c.nii.gz"), 5);
  const File file(folder.file("c.nii.gz"));
  const auto table = readChunkTable(file, 0);
  ASSERT_TRUE(table.has_value());
  EXPECT_GT(std::count(table->chunkBytes.begin(), table->chunkBytes.end(), 0U), 40);
  expectSameVoxels(volume, *readFile(folder.file("c.nii.gz")));
}

}  // namespace
}  // namespace voxmark::testing
