#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// A written file, to be damaged.
std::string goodFile(const TemporaryFolder& folder, const std::string& name) {
  const std::string path = folder.file(name);
  writeVolume(*sampleVolume(PixelType::I16), path);
  return contentsOf(path);
}

TEST(Damage, anyTruncationIsAnErrorNeverACrash) {
  TemporaryFolder folder;
  for (const char* extension : {".nii", ".nii.gz", ".nrrd", ".mha"}) {
    const std::string good = goodFile(folder, std::string("good") + extension);
    for (std::size_t length = 0; length < good.size(); length += 1 + length / 16) {
      const std::string path = folder.write(std::string("cut") + extension, good.substr(0, length));
      (void)errorOf([&] { (void)readFile(path); });
    }
    const std::string last = folder.write(std::string("cut") + extension, good.substr(0, good.size() - 1));
    (void)errorOf([&] { (void)readFile(last); });
  }
}

TEST(Damage, aWrongChecksumIsAnError) {
  TemporaryFolder folder;
  for (const char* name : {"v.nii.gz", "v.nrrd"}) {
    std::string bytes = goodFile(folder, name);
    bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);  // inside the CRC-32
    const std::string path = folder.write(std::string("bad-") + name, bytes);
    EXPECT_EQ(errorOf([&] { (void)readFile(path); }), ErrorCode::Format);
  }
}

TEST(Damage, aHeaderThatClaimsMoreThanTheFileCanHoldIsRefusedOnOpening) {
  TemporaryFolder folder;
  const std::string nrrd = "NRRD0004\ntype: short\ndimension: 3\nsizes: 100000 100000 1000\nendian: little\nencoding: ";
  for (const char* encoding : {"raw", "gzip", "bzip2", "ascii", "hex"}) {
    const std::string path = folder.write("bomb.nrrd", nrrd + encoding + "\n\n1 2 3 4 5");
    EXPECT_EQ(errorOf([&] { (void)openFile(path); }), ErrorCode::Truncated) << encoding;
  }
  const std::string overflow = folder.write(
      "overflow.nrrd",
      "NRRD0004\ntype: short\ndimension: 3\nsizes: 1000000000000 1000000000000 1000000000000\nendian: little\n"
      "encoding: raw\n\n12");
  EXPECT_EQ(errorOf([&] { (void)openFile(overflow); }), ErrorCode::Format);
}

TEST(Damage, aHeaderCannotNameFilesOutsideItsFolder) {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder.file("inner"));
  (void)folder.write("secret.raw", std::string(8, 'x'));
  for (const std::string& name :
       {std::string("../secret.raw"), folder.file("secret.raw"), std::string("a/../../secret.raw")}) {
    const std::string nhdr = folder.write(
        "inner/v.nhdr", "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 2 2 2\nencoding: raw\ndata file: " + name + "\n");
    EXPECT_EQ(errorOf([&] { (void)openFile(nhdr); }), ErrorCode::Format) << name;
    const std::string mhd = folder.write(
        "inner/v.mhd", "NDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = " + name + "\n");
    EXPECT_EQ(errorOf([&] { (void)openFile(mhd); }), ErrorCode::Format) << name;
  }
}

TEST(Damage, missingFilesAndFoldersAreNamed) {
  TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] { (void)openFile(folder.file("none.nii")); }), ErrorCode::NotFound);
  EXPECT_EQ(errorOf([&] { (void)openFile(folder.file("")); }), ErrorCode::Format);
  const std::string text = folder.write("note.txt", "hello");
  EXPECT_EQ(errorOf([&] { (void)openFile(text); }), ErrorCode::Format);
}

TEST(Atomicity, nothingIsVisibleBeforeFinishAndNothingStaysWithoutIt) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::U8);
  JobContext job;
  for (const char* name : {"v.nii", "v.nii.gz", "v.nrrd", "v.mha"}) {
    {
      const auto sink = sinkFor(folder.file(name));
      sink->begin(volume->info());
      sink->write(slab(wholeOf({5, 4, 3}), 0, 2), 0, std::span(volume->frameData(0), 40), job);
      EXPECT_FALSE(std::filesystem::exists(folder.file(name)));
      EXPECT_EQ(errorOf([&] { sink->finish(job); }), ErrorCode::Usage);  // a slice is missing
    }
    EXPECT_EQ(folder.entries(), 0U) << name;
  }
}

TEST(Atomicity, anExistingFileIsKeptUnlessOverwritingIsAllowed) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::U8);
  const std::string path = folder.write("v.nii", "precious");
  EXPECT_EQ(errorOf([&] { writeVolume(*volume, path); }), ErrorCode::Usage);
  EXPECT_EQ(contentsOf(path), "precious");
  writeVolume(*volume, path, 2, {-1, true, 0});
  expectSameVoxels(*volume, *readFile(path));
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(Atomicity, unknownExtensionsAndSlabsOutOfOrderAreRefused) {
  TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] { (void)sinkFor(folder.file("v.xyz")); }), ErrorCode::Usage);
  const auto volume = sampleVolume(PixelType::U8);
  JobContext job;
  const auto sink = sinkFor(folder.file("v.nii"));
  sink->begin(volume->info());
  EXPECT_EQ(errorOf([&] {
              sink->write(slab(wholeOf({5, 4, 3}), 1, 2), 0, std::span(volume->frameData(0), 20), job);
            }),
            ErrorCode::Usage);
}

TEST(Cancelling, stopsARead) {
  TemporaryFolder folder;
  const std::string path = folder.file("v.nii.gz");
  writeVolume(*sampleVolume(PixelType::U8), path);
  JobContext job;
  job.token()->cancel();
  const auto source = openFile(path);
  EXPECT_THROW((void)readVolume(*source, job), Cancelled);
}

}  // namespace
}  // namespace voxmark::testing
