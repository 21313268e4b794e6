#include <unistd.h>

#include "core/io/writer_registry.h"
#include "tests/core/io/dicom_test_support.h"

namespace voxmark {
namespace {

using test::Dicom;
using test::DicomSlice;
using test::littleEndian;
using test::sliceAt;

TEST_F(Dicom, sortsSlicesByPositionNotByNameOrNumber) {
  write("a", sliceAt(9, {9, 9, 9, 9}));
  write("b", sliceAt(1, {1, 2, 3, 4}));
  write("sub/c", sliceAt(5, {5, 5, 5, 5}));
  std::ofstream(folder_ / "notes.txt") << "no image";
  const auto source = open();
  const auto volume = load(*source);
  EXPECT_EQ(volume->geometry().size, (Index3{2, 2, 3}));
  EXPECT_EQ(volume->geometry().spacing, (Vec3{3, 2, 4}));
  EXPECT_EQ(volume->geometry().origin, (Vec3{10, 20, 1}));
  EXPECT_EQ(volume->valueAt(0, {1, 0, 0}), 2);
  EXPECT_EQ(volume->valueAt(0, {0, 1, 0}), 3);
  EXPECT_EQ(volume->valueAt(0, {0, 0, 1}), 5);
  EXPECT_EQ(volume->valueAt(0, {0, 0, 2}), 9);
  EXPECT_TRUE(source->info().warnings.empty());
}

TEST_F(Dicom, readsOnlyTheRegionAskedFor) {
  for (int z = 0; z < 3; ++z) write(std::to_string(z), sliceAt(z, {10 * z, 10 * z + 1, 10 * z + 2, 10 * z + 3}));
  const auto source = open();
  std::filesystem::remove(folder_ / "0");  // not touched by the read below
  std::vector<std::uint16_t> target(2);
  JobContext job;
  int filled = 0;
  source->read(
      {{{1, 0, 1}, {1, 1, 2}}, 0}, std::as_writable_bytes(std::span(target)),
      [&](const Region& region) { filled += static_cast<int>(region.voxels()); }, job);
  EXPECT_EQ(target, (std::vector<std::uint16_t>{11, 21}));
  EXPECT_EQ(filled, 2);
}

TEST_F(Dicom, listsSeveralSeriesAndTakesOneByNumberOrUid) {
  DicomSlice other = sliceAt(0, {7, 7, 7, 7});
  other.series = "9.9.9";
  write("a", sliceAt(0, {1, 1, 1, 1}));
  write("b", other);
  const auto error = errorOf([&] { static_cast<void>(open()); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::Usage);
  const std::string message = error->what();
  EXPECT_NE(message.find("1: CT"), std::string::npos) << message;
  EXPECT_NE(message.find("2: CT"), std::string::npos) << message;
  EXPECT_NE(message.find("9.9.9"), std::string::npos) << message;
  EXPECT_EQ(load(*open("9.9.9"))->valueAt(0, {0, 0, 0}), 7);
  EXPECT_EQ(load(*open("1"))->valueAt(0, {0, 0, 0}), 1);
  const auto absent = errorOf([&] { static_cast<void>(open("3")); });
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->code(), ErrorCode::NotFound);
}

TEST_F(Dicom, warnsOfAMissingSlice) {
  for (const int z : {0, 1, 3, 4}) write(std::to_string(z), sliceAt(z, {z, z, z, z}));
  const auto source = open();
  EXPECT_TRUE(warnsOf(source->info(), "unevenly spaced"));
  EXPECT_EQ(source->info().geometry.spacing[2], 1);
}

TEST_F(Dicom, keepsTheShearOfATiltedGantryAndSaysSo) {
  for (int z = 0; z < 3; ++z) {
    DicomSlice slice = sliceAt(z, {z, z, z, z});
    slice.position = "0\\" + std::to_string(3 * z) + "\\" + std::to_string(4 * z);
    write(std::to_string(z), slice);
  }
  const auto source = open();
  EXPECT_TRUE(warnsOf(source->info(), "gantry tilt 36.87"));
  EXPECT_DOUBLE_EQ(source->info().geometry.spacing[2], 5);
  EXPECT_NEAR(axisDirection(source->info().geometry, 2)[1], 0.6, 1e-12);
  EXPECT_NEAR(axisDirection(source->info().geometry, 2)[2], 0.8, 1e-12);
}

TEST_F(Dicom, appliesEachSlicesOwnRescale) {
  for (int z = 0; z < 2; ++z) {
    DicomSlice slice = sliceAt(z, {100, 200, 300, 400});
    slice.slope = z == 0 ? "1" : "2.5";
    slice.intercept = z == 0 ? "-1000" : "0.5";
    write(std::to_string(z), slice);
  }
  const auto source = open();
  EXPECT_TRUE(source->info().scale.perSlice());
  const auto volume = load(*source);
  EXPECT_EQ(volume->valueAt(0, {0, 0, 0}), -900);
  EXPECT_EQ(volume->valueAt(0, {0, 0, 1}), 250.5);
}

TEST_F(Dicom, readsSeveralImagesAtAPositionAsFrames) {
  for (int i = 0; i < 4; ++i) {
    DicomSlice slice = sliceAt(i / 2, {i, i, i, i});
    slice.instance = i;
    write(std::to_string(9 - i), slice);
  }
  const auto volume = load(*open());
  EXPECT_EQ(volume->info().frames, 2);
  EXPECT_EQ(volume->valueAt(0, {0, 0, 0}), 0);
  EXPECT_EQ(volume->valueAt(1, {0, 0, 0}), 1);
  EXPECT_EQ(volume->valueAt(1, {0, 0, 1}), 3);
  write("extra", sliceAt(0, {5, 5, 5, 5}));
  const auto error = errorOf([&] { static_cast<void>(open()); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::Format);
}

TEST_F(Dicom, extendsTheSignOfTwelveBitsAndDropsWhatLiesAbove) {
  DicomSlice slice = sliceAt(0, {0x0FFF, 0x0800, 0x07FF, 0xF001});
  slice.bitsStored = 12;
  slice.isSigned = true;
  write("a", slice);
  const auto volume = load(*open());
  EXPECT_EQ(volume->valueAt(0, {0, 0, 0}), -1);
  EXPECT_EQ(volume->valueAt(0, {1, 0, 0}), -2048);
  EXPECT_EQ(volume->valueAt(0, {0, 1, 0}), 2047);
  EXPECT_EQ(volume->valueAt(0, {1, 1, 0}), 1);
}

TEST_F(Dicom, interleavesColourPlanes) {
  DicomSlice slice = sliceAt(0, {});
  slice.photometric = "RGB";
  slice.components = 3;
  slice.bitsAllocated = slice.bitsStored = 8;
  slice.planar = true;
  slice.pixels = {1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24};
  write("a", slice);
  const auto volume = load(*open());
  ASSERT_EQ(volume->info().components, 3);
  EXPECT_EQ(volume->valueAt(0, {1, 0, 0}, 0), 2);
  EXPECT_EQ(volume->valueAt(0, {1, 0, 0}, 1), 12);
  EXPECT_EQ(volume->valueAt(0, {1, 0, 0}, 2), 22);
}

TEST_F(Dicom, refusesPixelsThatEndEarlyWithoutDecoding) {
  DicomSlice slice = sliceAt(0, {1, 2, 3});
  write("a", slice);
  const auto error = errorOf([&] { static_cast<void>(open({}, "a")); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), ErrorCode::Truncated);
}

TEST_F(Dicom, sumsUpTheFilesItLeavesOut) {
  for (int z = 0; z < 2; ++z) write("slice" + std::to_string(z), sliceAt(z, {1, 2, 3, 4}));
  for (const char* name : {"broken1", "broken2", "broken3", "broken4", "sub/broken0"}) write(name, sliceAt(0, {1}));
  const auto source = open();
  const auto& warnings = source->info().warnings;
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings.front().find("5 files are left out (broken1, broken2, broken3, …): the first one "), 0U)
      << warnings.front();
  EXPECT_EQ(warnings.front().find(folder_.string()), std::string::npos) << warnings.front();
}

/// Permissions do not keep root out: what root tests, it tests as somebody else.
class WithoutPrivilege {
 public:
  WithoutPrivilege() : before_(::geteuid()) {
    if (before_ == 0) {
      EXPECT_EQ(::seteuid(65534), 0);
    }
  }
  ~WithoutPrivilege() { EXPECT_EQ(::seteuid(before_), 0); }
  WithoutPrivilege(const WithoutPrivilege&) = delete;
  WithoutPrivilege& operator=(const WithoutPrivilege&) = delete;

 private:
  ::uid_t before_;
};

TEST_F(Dicom, saysWhichFoldersItMayNotList) {
  namespace fs = std::filesystem;
  for (int z = 0; z < 2; ++z) write("slice" + std::to_string(z), sliceAt(z, {1, 2, 3, 4}));
  fs::permissions(folder_ / "sub", fs::perms::none);
  {
    const WithoutPrivilege asNobody;
    const auto warnings = open()->info().warnings;
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings.front(), "1 folder is left out (sub): cannot be listed (Permission denied)");
    const auto error = errorOf([&] { static_cast<void>(open({}, "sub")); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code(), ErrorCode::Io);
    EXPECT_EQ(error->what(), (folder_ / "sub").string() + ": cannot be listed (Permission denied)");
  }
  fs::permissions(folder_ / "sub", fs::perms::owner_all);
}

TEST_F(Dicom, doesNotFollowLinksToFolders) {
  for (int z = 0; z < 2; ++z) write("slice" + std::to_string(z), sliceAt(z, {1, 2, 3, 4}));
  std::filesystem::create_directory_symlink("..", folder_ / "sub" / "back");
  const auto source = open();
  EXPECT_TRUE(source->info().warnings.empty());
  EXPECT_EQ(source->info().geometry.size[2], 2);
}

TEST_F(Dicom, keepsThePatientOutOfTheMetadataAndOfWhatIsWritten) {
  DicomSlice slice = sliceAt(0, {1, 2, 3, 4});
  slice.patientName = "Doe^Jane";
  slice.patientId = "ID-4711";
  write("a", slice);
  const auto volume = load(*open({}, "a"));
  bool modality = false;
  for (const auto& [name, value] : volume->info().metadata) {
    EXPECT_EQ(name.find("Patient"), std::string::npos);
    EXPECT_EQ(value.find("Doe"), std::string::npos);
    EXPECT_EQ(value.find("4711"), std::string::npos);
    modality = modality || name == "Modality";
  }
  EXPECT_TRUE(modality);
  WriterRegistry writers;
  addNativeWriters(writers);
  for (const char* name : {"v.nii", "v.nrrd", "v.mha"}) {
    JobContext job;
    const auto sink = writers.create((folder_ / name).string(), {});
    sink->begin(volume->info());
    sink->write(wholeOf({2, 2, 1}), 0, {volume->frameData(0), 8}, job);
    sink->finish(job);
    std::ifstream in(folder_ / name, std::ios::binary);
    const std::string written((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(written.find("Jane"), std::string::npos) << name;
    EXPECT_EQ(written.find("4711"), std::string::npos) << name;
    EXPECT_EQ(written.find("1.2.3"), std::string::npos) << name;
  }
}

TEST_F(Dicom, marksInvertedDisplay) {
  DicomSlice slice = sliceAt(0, {1, 2, 3, 4});
  slice.photometric = "MONOCHROME1";
  write("a", slice);
  EXPECT_TRUE(open({}, "a")->info().invertDisplay);
}

/// Cutting a file anywhere gives an error, never a crash.
TEST_F(Dicom, refusesEveryPrefixOfAFile) {
  write("a", sliceAt(0, {1, 2, 3, 4}));
  std::ifstream in(folder_ / "a", std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    std::ofstream(folder_ / "cut", std::ios::binary) << whole.substr(0, length);
    EXPECT_TRUE(errorOf([&] { static_cast<void>(load(*open({}, "cut"))); })) << length;
  }
}

}  // namespace
}  // namespace voxmark
