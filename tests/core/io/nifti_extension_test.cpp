#include <algorithm>

#include "core/io/nifti_extensions.h"
#include "tests/core/io/io_test_support.h"
#include "tests/support/run_command.h"

namespace voxmark::testing {
namespace {

/// esize, ecode and content, built apart from the code under test.
std::string extension(std::int32_t size, std::int32_t code, const std::string& content, bool big = false) {
  std::string out;
  for (const std::int32_t number : {size, code}) {
    char raw[4];
    std::memcpy(raw, &number, 4);
    if (big) std::reverse(raw, raw + 4);
    out.append(raw, 4);
  }
  return out + content;
}

const std::string kPatient = std::string("(0010,0010) PN ") + std::string(9, '\1');
const std::string kComment = "made in March" + std::string(11, '\0');

/// A file of ours with `area` put between header and voxels.
std::string withArea(const TemporaryFolder& folder, const std::string& name, const std::string& area) {
  writeVolume(*sampleVolume(PixelType::I16, 1, 2), folder.file(name), 2, {-1, true, 0});
  std::string bytes = contentsOf(folder.file(name));
  bytes[348] = 1;
  bytes.insert(352, area);
  const auto offset = static_cast<float>(352 + area.size());
  std::memcpy(&bytes[108], &offset, 4);
  return folder.write(name, bytes);
}

std::string bothExtensions() {
  return extension(32, 2, kPatient) + extension(32, 6, kComment);
}

void expectBoth(const VolumeInfo& info) {
  ASSERT_NE(info.original, nullptr);
  const auto& found = info.original->extensions;
  ASSERT_EQ(found.size(), 2U);
  const auto text = [](const HeaderExtension& e) {
    return std::string(reinterpret_cast<const char*>(e.content.data()), e.content.size());
  };
  EXPECT_EQ(found[0].code, 2);
  EXPECT_EQ(text(found[0]), kPatient);
  EXPECT_EQ(found[1].code, 6);
  EXPECT_EQ(text(found[1]), kComment);
  EXPECT_TRUE(info.warnings.empty());
}

std::string listed(const VolumeInfo& info, const std::string& key) {
  for (const auto& [name, value] : info.metadata) {
    if (name == key) return value;
  }
  return {};
}

TEST(NiftiExtensions, areReadAndListed) {
  TemporaryFolder folder;
  const auto source = openFile(withArea(folder, "v.nii", bothExtensions()));
  expectBoth(source->info());
  EXPECT_EQ(listed(source->info(), "extensions"), "2");
  EXPECT_EQ(listed(source->info(), "extension 1"), "DICOM (code 2), 24 bytes");
  EXPECT_EQ(listed(source->info(), "extension 2"), "comment (code 6), 24 bytes");
}

TEST(NiftiExtensions, goWithTheVolumeIntoEveryKindOfNiftiFile) {
  TemporaryFolder folder;
  const auto volume = readFile(withArea(folder, "v.nii", bothExtensions()));
  for (const char* name : {"w.nii", "w.nii.gz", "p.hdr"}) {
    writeVolume(*volume, folder.file(name));
    const auto back = readFile(folder.file(name));
    expectBoth(back->info());
    expectSameVoxels(*volume, *back);
  }
  EXPECT_TRUE(contentsOf(folder.file("w.nii")) == contentsOf(folder.file("v.nii")));
  EXPECT_EQ(contentsOf(folder.file("p.hdr")).size(), 352U + 64U);
  // As a pair from the image's name, and from a packed header.
  expectBoth(openFile(folder.file("p.img"))->info());
}

TEST(NiftiExtensions, surviveAnotherGridAndAnotherType) {
  TemporaryFolder folder;
  VolumeInfo info = readFile(withArea(folder, "v.nii", bothExtensions()))->info();
  info.geometry = cropped(info.geometry, {{1, 1, 1}, {2, 2, 2}});
  info.pixelType = PixelType::F64;
  writeVolume(Volume(info), folder.file("w.nii"));
  expectBoth(openFile(folder.file("w.nii"))->info());
}

TEST(NiftiExtensions, ofNiftiNeverReachAnotherFormat) {
  TemporaryFolder folder;
  const auto volume = readFile(withArea(folder, "v.nii", bothExtensions()));
  for (const char* name : {"w.nrrd", "w.nhdr", "w.mha", "w.mhd"}) {
    writeVolume(*volume, folder.file(name), 2, {0, true, 0});
    EXPECT_EQ(contentsOf(folder.file(name)).find("0010,0010"), std::string::npos) << name;
    EXPECT_EQ(contentsOf(folder.file(name)).find("made in March"), std::string::npos) << name;
  }
  // Nor do they come back where the volume has come another way.
  VolumeInfo info = volume->info();
  info.format = "DICOM series";
  writeVolume(Volume(info), folder.file("d.nii"));
  EXPECT_TRUE(openFile(folder.file("d.nii"))->info().original->extensions.empty());
}

struct Lie {
  const char* name;
  std::int32_t size;
};

class LyingExtension : public ::testing::TestWithParam<Lie> {};

TEST_P(LyingExtension, isAWarningAndEndsTheList) {
  TemporaryFolder folder;
  for (const bool first : {true, false}) {
    const std::string good = extension(32, 6, kComment);
    const std::string lie = extension(GetParam().size, 4, std::string(24, 'x'));
    const auto volume = readFile(withArea(folder, "v.nii", first ? lie + good : good + lie));
    EXPECT_EQ(volume->info().original->extensions.size(), first ? 0U : 1U);
    ASSERT_EQ(volume->info().warnings.size(), 1U);
    EXPECT_NE(volume->info().warnings[0].find("extension"), std::string::npos);
    expectSameVoxels(*volume, *sampleVolume(PixelType::I16, 1, 2));
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, LyingExtension,
                         ::testing::Values(Lie{"zero", 0}, Lie{"negative", -16}, Lie{"eight", 8}, Lie{"odd", 31},
                                           Lie{"beyondTheVoxels", 96}, Lie{"huge", 0x7FFFFFF0}),
                         [](const auto& about) { return std::string(about.param.name); });

TEST(NiftiExtensions, zerosBehindThemArePadding) {
  TemporaryFolder folder;
  const auto source = openFile(withArea(folder, "v.nii", bothExtensions() + std::string(48, '\0')));
  expectBoth(source->info());
}

TEST(NiftiExtensions, withoutTheFlagAreNotLookedFor) {
  TemporaryFolder folder;
  std::string bytes = contentsOf(withArea(folder, "v.nii", bothExtensions()));
  bytes[348] = 0;
  EXPECT_TRUE(openFile(folder.write("w.nii", bytes))->info().original->extensions.empty());
}

TEST(NiftiExtensions, followTheByteOrderOfTheirFile) {
  const std::string area = extension(32, 6, kComment, true);
  std::vector<std::string> warnings;
  const std::span bytes{reinterpret_cast<const std::byte*>(area.data()), area.size()};
  const auto found = parseNiftiExtensions(bytes, ByteOrder::Big, warnings);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, 6);
  EXPECT_EQ(found[0].content.size(), 24U);
  EXPECT_TRUE(warnings.empty());
}

TEST(NiftiExtensions, moreOfThemThanCanBeMeantAreCutOff) {
  std::string area;
  for (std::size_t n = 0; n < kMostExtensions + 5; ++n) area += extension(16, 6, "12345678");
  std::vector<std::string> warnings;
  const std::span bytes{reinterpret_cast<const std::byte*>(area.data()), area.size()};
  EXPECT_EQ(parseNiftiExtensions(bytes, ByteOrder::Little, warnings).size(), kMostExtensions);
  EXPECT_EQ(warnings.size(), 1U);
}

TEST(NiftiExtensions, thatEndBeyondTheFileAreRefusedWithIt) {
  TemporaryFolder folder;
  std::string bytes = contentsOf(withArea(folder, "v.nii", bothExtensions()));
  const float offset = 1.0e9F;
  std::memcpy(&bytes[108], &offset, 4);
  EXPECT_EQ(errorOf([&] { (void)openFile(folder.write("w.nii", bytes)); }), ErrorCode::Truncated);
}

TEST(NiftiExtensions, areWhatNibabelReads) {
  if (!pythonHas("nibabel")) GTEST_SKIP() << "python3-nibabel is not installed";
  TemporaryFolder folder;
  const std::string area = extension(48, 4, "<AFNI_attributes>" + std::string(23, '.')) + extension(32, 6, kComment);
  const auto volume = readFile(withArea(folder, "v.nii", area));
  for (const char* name : {"w.nii", "w.nii.gz", "p.hdr"}) {
    writeVolume(*volume, folder.file(name));
    const Outcome said = runPython("core/io/print_extensions.py", folder.file(name));
    EXPECT_EQ(said.out, "4 <AFNI_attributes>.......................\n6 made in March\n") << name;
  }
}

}  // namespace
}  // namespace voxmark::testing
