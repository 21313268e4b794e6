#include <libdeflate.h>

#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

struct Pair {
  std::string name, data;
  int level;
  friend std::ostream& operator<<(std::ostream& out, const Pair& pair) { return out << pair.name << "+" << pair.data; }
};

class Pairs : public ::testing::TestWithParam<Pair> {
 protected:
  [[nodiscard]] std::string header() const { return folder_.file(GetParam().name); }
  [[nodiscard]] std::string data() const { return folder_.file(GetParam().data); }
  void write(const Volume& volume, bool overwrite = false) const {
    writeVolume(volume, header(), 2, {GetParam().level, overwrite, 0});
  }
  TemporaryFolder folder_;
};

TEST_P(Pairs, readBackAsTheyWere) {
  const auto volume = sampleVolume(PixelType::I16, 1, 2);
  write(*volume);
  EXPECT_EQ(folder_.entries(), 2U);
  EXPECT_TRUE(std::filesystem::exists(data()));
  const auto back = readFile(header());
  expectSameVoxels(*volume, *back);
  EXPECT_TRUE(sameGrid(volume->geometry(), back->geometry(), 1e-5));
  EXPECT_TRUE(back->info().warnings.empty());
}

TEST_P(Pairs, areRefusedWhereEitherFileExists) {
  const auto volume = sampleVolume(PixelType::U8);
  for (const std::string& path : {header(), data()}) {
    std::ofstream(path) << "precious";
    EXPECT_EQ(errorOf([&] { write(*volume); }), ErrorCode::Usage);
    EXPECT_EQ(contentsOf(path), "precious");
    EXPECT_EQ(folder_.entries(), 1U);
    std::filesystem::remove(path);
  }
}

TEST_P(Pairs, areReplacedTogether) {
  write(*sampleVolume(PixelType::F32));
  const auto volume = sampleVolume(PixelType::U8);
  write(*volume, true);
  EXPECT_EQ(folder_.entries(), 2U);
  expectSameVoxels(*volume, *readFile(header()));
}

TEST_P(Pairs, appearTogetherOrNotAtAll) {
  const auto volume = sampleVolume(PixelType::U8);
  JobContext job;
  const auto sink = sinkFor(header(), {GetParam().level, false, 0});
  sink->begin(volume->info());
  sink->write(wholeOf({5, 4, 3}), 0, {volume->frameData(0), volume->info().frameBytes()}, job);
  EXPECT_EQ(folder_.entries(), 0U);
  // Somebody takes the header's name meanwhile: the voxels, which get theirs first, must not stay either.
  const bool image = GetParam().name.ends_with(".img");
  const std::string taken = image ? folder_.write("v.hdr", "precious") : folder_.write(GetParam().name, "precious");
  EXPECT_EQ(errorOf([&] { sink->finish(job); }), ErrorCode::Usage);
  EXPECT_EQ(folder_.entries(), 1U);
  EXPECT_EQ(contentsOf(taken), "precious");
}

INSTANTIATE_TEST_SUITE_P(Containers, Pairs,
                         ::testing::Values(Pair{"v.mhd", "v.raw", -1}, Pair{"v.mhd", "v.zraw", 6},
                                           Pair{"v.nhdr", "v.raw.gz", -1}, Pair{"v.nhdr", "v.raw", 0},
                                           Pair{"v.hdr", "v.img", -1}, Pair{"v.img", "v.hdr", -1}));

TEST(PairContents, headersNameTheirFileAndItsSize) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::U8);
  writeVolume(*volume, folder.file("v.mhd"), 2, {9, false, 0});
  const std::string packed = contentsOf(folder.file("v.zraw"));
  const std::string header = contentsOf(folder.file("v.mhd"));
  EXPECT_NE(header.find("CompressedDataSize = " + std::to_string(packed.size()) + "\n"), std::string::npos) << header;
  EXPECT_NE(header.find("ElementDataFile = v.zraw\n"), std::string::npos) << header;
  std::vector<std::byte> out(60);
  libdeflate_decompressor* inflater = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_zlib_decompress(inflater, packed.data(), packed.size(), out.data(), out.size(), nullptr),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(inflater);
  EXPECT_EQ(out, bytesOfFrame(*volume, 0));
  writeVolume(*volume, folder.file("w.nhdr"), 2, {0, false, 0});
  EXPECT_NE(contentsOf(folder.file("w.nhdr")).find("data file: w.raw\n"), std::string::npos);
  EXPECT_EQ(contentsOf(folder.file("w.raw")).size(), 60U);
}

TEST(PairContents, voxelsThatHoldAnotherFormatsWordsAreStillVoxels) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::U8);
  const std::string words = std::string(1, '\0') + "ObjectType NDims ElementDataFile";
  std::memcpy(volume->mutableFrameData(0), words.data(), words.size());
  writeVolume(*volume, folder.file("v.hdr"));
  expectSameVoxels(*volume, *readFile(folder.file("v.img")));
}

TEST(PairContents, anAnalyzeStylePairIsNifti) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::I16);
  writeVolume(*volume, folder.file("v.img"));
  const std::string header = contentsOf(folder.file("v.hdr"));
  ASSERT_EQ(header.size(), 352U);
  EXPECT_EQ(header.substr(344, 4), std::string("ni1\0", 4));
  EXPECT_EQ(header.substr(108, 4), std::string(4, '\0'));  // vox_offset 0
  EXPECT_EQ(contentsOf(folder.file("v.img")).size(), 120U);
}

TEST(Pairs, NameTheFilesThatAreReadAndWritten) {
  TemporaryFolder folder;
  writeVolume(*sampleVolume(PixelType::I16), folder.file("v.hdr"));
  writeVolume(*sampleVolume(PixelType::I16), folder.file("w.mhd"));
  for (const auto& [path, other] :
       {std::pair{"v.hdr", "v.img"}, std::pair{"v.img", "v.hdr"}, std::pair{"w.mhd", "w.raw"}}) {
    const auto read = openFile(folder.file(path))->files();
    const auto written = WriterRegistry::filesOf(folder.file(path));
    EXPECT_EQ(std::count(written.begin(), written.end(), folder.file(other)), 1) << path;
    const auto holds = [&](const std::string& file) { return std::count(read.begin(), read.end(), file) > 0; };
    EXPECT_TRUE(holds(folder.file(path)) || holds(folder.file(other))) << path;
  }
}

}  // namespace
}  // namespace voxmark::testing
