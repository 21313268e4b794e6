#include <algorithm>

#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// Bytes that belong to nothing are left out of whatever is written next: the user is told.
class StrayBytes : public ::testing::Test {
 protected:
  void SetUp() override {
    writeVolume(*sampleVolume(PixelType::I16), folder_.file("good.nii"));
    good_ = contentsOf(folder_.file("good.nii"));
  }

  /// How often one of the warnings of opening and reading holds `words`.
  [[nodiscard]] std::int64_t said(const std::string& path, const std::string& words) const {
    JobContext job;
    const auto source = openFile(path);
    (void)readVolume(*source, job);
    std::vector<std::string> all = source->info().warnings;
    const auto read = source->readWarnings();
    all.insert(all.end(), read.begin(), read.end());
    return std::count_if(all.begin(), all.end(),
                         [&](const std::string& text) { return text.find(words) != std::string::npos; });
  }

  /// The file with `area` between header and voxels, and nothing that says that it is an extension.
  [[nodiscard]] std::string withGap(const std::string& area) const {
    std::string bytes = good_;
    bytes.insert(352, area);
    const auto offset = static_cast<float>(352 + area.size());
    std::memcpy(&bytes[108], &offset, 4);
    return bytes;
  }

  TemporaryFolder folder_;
  OwnCache cache_{folder_.file("cache")};
  std::string good_;
};

TEST_F(StrayBytes, BehindTheVoxelsAreTold) {
  EXPECT_EQ(said(folder_.file("good.nii"), "follow the voxels"), 0);
  EXPECT_EQ(said(folder_.write("more.nii", good_ + "leftover"), "8 bytes follow the voxels and were ignored"), 1);
  EXPECT_EQ(said(folder_.write("padded.nii", good_ + std::string(512, '\0')), "follow the voxels"), 0);
}

TEST_F(StrayBytes, InsideTheCompressedDataAreTold) {
  const std::string path = folder_.write("more.nii.gz", gzippedByOthers(good_ + "leftover"));
  EXPECT_EQ(said(path, "8 bytes follow the voxels and were ignored"), 1);
}

TEST_F(StrayBytes, BehindTheCompressedDataAreToldAtEachReading) {
  const std::string path = folder_.write("more.nii.gz", gzippedByOthers(good_) + "leftover");
  for (int time = 0; time < 2; ++time) EXPECT_EQ(said(path, "8 bytes follow the compressed data"), 1);
  const std::string padded = folder_.write("padded.nii.gz", gzippedByOthers(good_) + std::string(512, '\0'));
  EXPECT_EQ(said(padded, "follow"), 0);
}

TEST_F(StrayBytes, OfAnIndexedFileAreToldTheSecondTimeToo) {
  VolumeInfo info = sampleVolume(PixelType::I16)->info();
  info.geometry.size = {128, 128, 64};
  Volume volume(std::move(info));
  writeVolume(volume, folder_.file("large.nii"));
  const std::string path =
      folder_.write("large.nii.gz", gzippedByOthers(contentsOf(folder_.file("large.nii"))) + "leftover");
  EXPECT_EQ(said(path, "8 bytes follow the compressed data"), 1);
  EXPECT_EQ(said(path, "8 bytes follow the compressed data"), 1);
}

TEST_F(StrayBytes, BetweenHeaderAndVoxelsAreTold) {
  const std::string words = "48 bytes between the header and the voxels are no header extension";
  EXPECT_EQ(said(folder_.write("gap.nii", withGap(std::string(48, 'x'))), words), 1);
  EXPECT_EQ(said(folder_.write("gap.nii.gz", gzippedByOthers(withGap(std::string(48, 'x')))), words), 1);
  EXPECT_EQ(said(folder_.write("padding.nii", withGap(std::string(48, '\0'))), "between"), 0);
}

}  // namespace
}  // namespace voxmark::testing
