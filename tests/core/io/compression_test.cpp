#include <cstdlib>
#include <random>

#include <libdeflate.h>

#include "core/io/deflate_chunk.h"
#include "core/io/gzip_writer.h"
#include "core/io/inflater.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// More than 2 MiB that compress about as an image does: several chunks at any level.
std::string compressibleText() {
  std::mt19937 random(7);
  std::string text;
  double value = 0;
  while (text.size() < (std::size_t{2} << 20) + 12345) {
    value = 0.98 * value + static_cast<double>(random() % 64) - 31.5;
    text += static_cast<char>(static_cast<int>(value / 8));
    text += static_cast<char>(static_cast<int>(value) >> 11);
  }
  return text;
}

std::string packed(const std::string& text, Wrapper wrapper, int level, int threads, std::size_t step) {
  TemporaryFolder folder;
  AtomicFile file(folder.file("v"), false);
  GzipWriter writer(file, wrapper, level, threads);
  JobContext job;
  const auto bytes = std::as_bytes(std::span(text));
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    writer.append(bytes.subspan(at, std::min(step, bytes.size() - at)), job);
  }
  writer.finish(job);
  file.commit();
  return contentsOf(folder.file("v"));
}

struct Unpacked {
  std::string text;
  std::size_t consumed = 0;
};

Unpacked unpacked(const std::string& bytes, Wrapper wrapper, std::size_t size) {
  Unpacked out{std::string(size, '\0'), 0};
  libdeflate_decompressor* inflater = libdeflate_alloc_decompressor();
  std::size_t produced = 0;
  const auto unpack = wrapper == Wrapper::Gzip ? libdeflate_gzip_decompress_ex : libdeflate_zlib_decompress_ex;
  EXPECT_EQ(unpack(inflater, bytes.data(), bytes.size(), out.text.data(), size, &out.consumed, &produced),
            LIBDEFLATE_SUCCESS);
  EXPECT_EQ(produced, size);
  libdeflate_free_decompressor(inflater);
  return out;
}

TEST(Compression, isOneStreamThatAnotherInflaterAcceptsAtEveryLevel) {
  const std::string text = compressibleText();
  for (const Wrapper wrapper : {Wrapper::Gzip, Wrapper::Zlib}) {
    for (const int level : {-1, 0, 1, 2, 3, 4, 6, 9}) {
      const std::string bytes = packed(text, wrapper, level, 3, std::size_t{1} << 20);
      const Unpacked back = unpacked(bytes, wrapper, text.size());
      EXPECT_EQ(back.consumed, bytes.size()) << level;  // one member, nothing behind it
      EXPECT_TRUE(back.text == text) << level;
    }
  }
}

TEST(Compression, doesNotDependOnThreadsNorOnHowTheBytesCome) {
  const std::string text = compressibleText();
  for (const int level : {1, 6}) {
    const std::string one = packed(text, Wrapper::Gzip, level, 1, text.size());
    EXPECT_TRUE(packed(text, Wrapper::Gzip, level, 4, 777777) == one) << level;
    EXPECT_TRUE(packed(text, Wrapper::Gzip, level, 2, std::size_t{5} << 18) == one) << level;
  }
}

TEST(Compression, headerAndVoxelsMayRunAcrossGzipMembers) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::I16);
  writeVolume(*volume, folder.file("v.nii"));
  const std::string plain = contentsOf(folder.file("v.nii"));
  for (const std::size_t step : {std::size_t{50}, std::size_t{333}, std::size_t{401}}) {
    std::string members;
    for (std::size_t at = 0; at < plain.size(); at += step) {
      members += packed(plain.substr(at, step), Wrapper::Gzip, 1, 1, step);
    }
    expectSameVoxels(*volume, *readFile(folder.write(std::to_string(step) + ".nii.gz", members)));
  }
}

TEST(Compression, blocksAreNotedAllTheSameHoweverLittleIsDecodedAtATime) {
  TemporaryFolder folder;
  const std::string text = compressibleText();
  const auto file = std::make_shared<File>(folder.write("v", packed(text, Wrapper::Gzip, 1, 1, text.size())));
  const auto noted = [&](std::size_t step) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> out;
    Inflater inflater(ChunkedInput(file, 0), Wrapper::Gzip);
    inflater.watchBlocks(std::uint64_t{50} << 10, [&](const BlockStart& b) { out.emplace_back(b.out, b.bit); });
    std::vector<std::byte> part(step);
    JobContext job;
    while (inflater.decode(part, job) == step) {
    }
    return out;
  };
  const auto expected = noted(text.size());
  ASSERT_GT(expected.size(), 3U);
  EXPECT_GT(expected.back().first, text.size() / 2);
  for (const std::size_t step : {1000, 10007, 300000}) EXPECT_EQ(noted(step), expected) << step;
}

TEST(Compression, ofNothingIsAnEmptyMember) {
  const std::string bytes = packed({}, Wrapper::Gzip, 1, 0, 1);
  EXPECT_EQ(bytes.size(), 20U);
  EXPECT_EQ(unpacked(bytes, Wrapper::Gzip, 0).consumed, bytes.size());
}

TEST(Compression, higherLevelsAreSmaller) {
  std::string text;
  for (std::uint64_t n = 0; text.size() < 1000000; ++n) text += "voxel " + std::to_string(n * n % 9973) + '\n';
  const auto sizeAt = [&](int level) { return packed(text, Wrapper::Gzip, level, 0, text.size()).size(); };
  EXPECT_LT(sizeAt(9), sizeAt(4));
  EXPECT_LT(sizeAt(9), sizeAt(3));
}

TEST(Compression, joinsChecksumsOfParts) {
  const std::string text = "The checksum of two parts is that of the whole.";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const std::uint32_t first = libdeflate_crc32(0, text.data(), cut);
    const std::uint32_t second = libdeflate_crc32(0, text.data() + cut, text.size() - cut);
    EXPECT_EQ(joinedCrc(first, second, text.size() - cut), libdeflate_crc32(0, text.data(), text.size()));
  }
}

TEST(Compression, isAcceptedByGzipItself) {
  TemporaryFolder folder;
  VolumeInfo info;
  info.geometry.size = {300, 300, 40};
  Volume volume(info);
  for (std::uint64_t n = 0; n < info.frameBytes(); ++n) volume.mutableFrameData(0)[n] = std::byte((n * n >> 7) & 0x3F);
  for (const int level : {0, 1, 9}) {
    const std::string path = folder.file("v" + std::to_string(level) + ".nii.gz");
    writeVolume(volume, path, 7, {level, false, 4});
    EXPECT_EQ(std::system(("gzip -t " + path).c_str()), 0) << level;
    expectSameVoxels(volume, *readFile(path));
  }
}

}  // namespace
}  // namespace voxmark::testing
