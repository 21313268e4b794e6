#include "core/io/nifti_header.h"

#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

template <typename T>
T at(const std::string& bytes, std::size_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

template <typename T>
void set(std::string& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(T));
}

/// A file with two transforms of different spaces, timing, intent and description; places as in nifti1.h.
std::string richFile(const TemporaryFolder& folder) {
  const auto volume = sampleVolume(PixelType::I16, 1, 2);
  writeVolume(*volume, folder.file("plain.nii"));
  std::string bytes = contentsOf(folder.file("plain.nii"));
  set<std::uint8_t>(bytes, 39, 0x39);    // dim_info
  set<float>(bytes, 56, 12.5F);          // intent_p1
  set<std::int16_t>(bytes, 68, 3);       // intent_code
  set<std::int16_t>(bytes, 120, 2);      // slice_end
  set<std::uint8_t>(bytes, 122, 1);      // slice_code
  set<float>(bytes, 92, 2.5F);           // pixdim[4]
  set<std::uint8_t>(bytes, 123, 2 | 8);  // mm, s
  set<float>(bytes, 124, 90);            // cal_max
  set<float>(bytes, 128, 10);            // cal_min
  set<float>(bytes, 132, 0.08F);         // slice_duration
  set<float>(bytes, 136, 1.5F);          // toffset
  bytes.replace(148, 10, "made by me");
  set<std::int16_t>(bytes, 252, 1);  // qform_code
  set<std::int16_t>(bytes, 254, 4);  // sform_code
  set<float>(bytes, 268, 77);        // qoffset_x: the scanner's place, not that of the template
  bytes.replace(328, 4, "t-te");
  return folder.write("rich.nii", bytes);
}

TEST(NiftiHeader, survivesARoundTripByteForByte) {
  TemporaryFolder folder;
  const std::string path = richFile(folder);
  writeVolume(*readFile(path), folder.file("copy.nii"));
  const std::string before = contentsOf(path), after = contentsOf(folder.file("copy.nii"));
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t n = 0; n < before.size(); ++n) ASSERT_EQ(before[n], after[n]) << "byte " << n;
}

TEST(NiftiHeader, ofAnotherGridIsInTheSameSpaceWithoutSliceTiming) {
  TemporaryFolder folder;
  const auto whole = readFile(richFile(folder));
  VolumeInfo info = whole->info();
  info.geometry = cropped(info.geometry, {{1, 1, 1}, {2, 2, 2}});
  writeVolume(Volume(info), folder.file("crop.nii"));
  const std::string bytes = contentsOf(folder.file("crop.nii"));
  EXPECT_EQ(at<std::int16_t>(bytes, 252), 4);
  EXPECT_EQ(at<std::int16_t>(bytes, 254), 4);
  EXPECT_EQ(at<std::uint8_t>(bytes, 122), 0);
  EXPECT_EQ(at<float>(bytes, 132), 0);
  EXPECT_EQ(at<float>(bytes, 92), 2.5F);
  EXPECT_EQ(bytes.substr(148, 10), "made by me");
  EXPECT_TRUE(sameGrid(readFile(folder.file("crop.nii"))->geometry(), info.geometry, 1e-5));
}

TEST(NiftiHeader, withoutTransformsStaysWithoutThem) {
  TemporaryFolder folder;
  std::string bytes = contentsOf(richFile(folder));
  set<std::int16_t>(bytes, 252, 0);
  set<std::int16_t>(bytes, 254, 0);
  const auto volume = readFile(folder.write("bare.nii", bytes));
  writeVolume(*volume, folder.file("copy.nii"));
  EXPECT_TRUE(contentsOf(folder.file("copy.nii")) == bytes);
}

TEST(NiftiHeader, ofAnotherOriginSaysHowMuchIsKnownOfTheSpace) {
  TemporaryFolder folder;
  for (const auto& [format, code] :
       {std::pair{"DICOM series", 1}, {"DICOM", 1}, {"NRRD", 2}, {"", 2}, {"NIfTI-1", 2}}) {
    VolumeInfo info = sampleVolume(PixelType::U8)->info();
    info.format = format;
    writeVolume(Volume(info), folder.file("v.nii"), 2, {-1, true, 0});
    const std::string bytes = contentsOf(folder.file("v.nii"));
    EXPECT_EQ(at<std::int16_t>(bytes, 252), code) << format;
    EXPECT_EQ(at<std::int16_t>(bytes, 254), code) << format;
  }
}

TEST(NiftiHeader, ofVectorsHasThemAlongTheFifthDimension) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::F32, 3, 2);
  writeVolume(*volume, folder.file("v.nii"), 1);
  const std::string bytes = contentsOf(folder.file("v.nii"));
  const std::vector<std::int16_t> dim{5, 5, 4, 3, 2, 3, 1, 1};
  for (std::size_t n = 0; n < 8; ++n) EXPECT_EQ(at<std::int16_t>(bytes, 40 + 2 * n), dim[n]);
  EXPECT_EQ(at<std::int16_t>(bytes, 68), 1007);
  EXPECT_EQ(at<std::int16_t>(bytes, 70), 16);
  EXPECT_EQ(at<std::int16_t>(bytes, 72), 32);
  // Component 2 of voxel (1, 2, 0) in frame 1 lies behind two components of two frames, and one frame.
  const std::size_t index = 60 * (2 * 2 + 1) + 2 * 5 + 1;
  EXPECT_EQ(static_cast<double>(at<float>(bytes, 352 + 4 * index)), volume->valueAt(1, {1, 2, 0}, 2));
  const auto back = readFile(folder.file("v.nii"));
  EXPECT_EQ(back->info().meaning, ComponentMeaning::Vector);
  // A region too, from both kinds of file.
  writeVolume(*volume, folder.file("v.nii.gz"), 1);
  for (const char* name : {"v.nii", "v.nii.gz"}) {
    const ReadRequest request{{{1, 2, 1}, {3, 2, 2}}, 1};
    std::vector<std::byte> expected(12 * 12), found(12 * 12);
    copyRegion(*volume, request, expected);
    JobContext job;
    openFile(folder.file(name))->read(request, found, {}, job);
    EXPECT_EQ(found, expected) << name;
  }
}

TEST(NiftiHeader, ofOtherProgramsVectorsStillCountsFrames) {
  TemporaryFolder folder;
  writeVolume(*sampleVolume(PixelType::F32, 3), folder.file("v.nii"));
  std::string bytes = contentsOf(folder.file("v.nii"));
  bytes.replace(328, 16, std::string(16, '\0'));
  const auto source = openFile(folder.write("w.nii", bytes));
  EXPECT_EQ(source->info().components, 1);
  EXPECT_EQ(source->info().frames, 3);
}

}  // namespace
}  // namespace voxmark::testing
