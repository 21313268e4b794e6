#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

class RoundTrip : public ::testing::TestWithParam<std::tuple<PixelType, std::string>> {
 protected:
  [[nodiscard]] static PixelType type() { return std::get<0>(GetParam()); }
  [[nodiscard]] static std::string extension() { return std::get<1>(GetParam()); }
  /// Half precision has a type code in NIfTI alone.
  [[nodiscard]] static bool refused() {
    const bool half = type() == PixelType::F16 || type() == PixelType::BF16;
    return half && extension().find("nii") == std::string::npos && extension() != ".hdr";
  }
  [[nodiscard]] static bool pair() { return extension() == ".hdr" || extension() == ".nhdr" || extension() == ".mhd"; }
  TemporaryFolder folder_;
};

TEST_P(RoundTrip, keepsEveryByteAndTheGrid) {
  const auto volume = sampleVolume(type());
  const std::string path = folder_.file("v" + extension());
  if (refused()) {
    EXPECT_EQ(errorOf([&] { writeVolume(*volume, path); }), ErrorCode::Unsupported);
    EXPECT_EQ(folder_.entries(), 0U);
    return;
  }
  writeVolume(*volume, path);
  const auto back = readFile(path);
  expectSameVoxels(*volume, *back);
  EXPECT_TRUE(sameGrid(volume->geometry(), back->geometry(), 1e-5));
  EXPECT_TRUE(back->info().warnings.empty());
  EXPECT_EQ(folder_.entries(), pair() ? 2U : 1U);
}

TEST_P(RoundTrip, keepsFramesInOrder) {
  if (refused()) GTEST_SKIP() << "refused, see above";
  const auto volume = sampleVolume(type(), 1, 3);
  const std::string path = folder_.file("v" + extension());
  writeVolume(*volume, path, 1);
  expectSameVoxels(*volume, *readFile(path));
}

TEST_P(RoundTrip, readsARegionAsTheWholeHasIt) {
  if (refused()) GTEST_SKIP() << "refused, see above";
  const auto volume = sampleVolume(type(), 1, 2);
  const std::string path = folder_.file("v" + extension());
  writeVolume(*volume, path);
  const auto source = openFile(path);
  JobContext job;
  // Out of order on purpose: a kept stream must not be used for what lies behind it.
  for (const std::int64_t frame : {1, 0}) {
    for (const Region& region :
         {Region{{1, 2, 1}, {3, 2, 2}}, Region{{0, 0, 2}, {5, 4, 1}}, Region{{0, 1, 0}, {5, 2, 3}},
          Region{{4, 3, 2}, {1, 1, 1}}, Region{{0, 0, 0}, {5, 4, 3}}}) {
      const std::size_t bytes = static_cast<std::size_t>(region.voxels()) * volume->info().voxelBytes();
      std::vector<std::byte> expected(bytes), found(bytes);
      copyRegion(*volume, {region, frame}, expected);
      std::int64_t filled = 0;
      source->read(
          {region, frame}, found, [&](const Region& part) { filled += part.voxels(); }, job);
      EXPECT_EQ(found, expected) << toString(region);
      EXPECT_EQ(filled, region.voxels());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllTypes, RoundTrip,
                         ::testing::Combine(::testing::ValuesIn(kAllPixelTypes),
                                            ::testing::Values(".nii", ".nii.gz", ".hdr", ".nrrd", ".nhdr", ".mha",
                                                              ".mhd")),
                         [](const auto& about) {
                           std::string name = std::get<1>(about.param);
                           std::replace(name.begin(), name.end(), '.', '_');
                           return std::string(pixelTypeName(std::get<0>(about.param))) + name;
                         });

TEST(RoundTripComponents, coloursAndVectors) {
  TemporaryFolder folder;
  for (const auto& [extension, type, components] : {std::tuple{".nii", PixelType::U8, 3},
                                                    {".nii.gz", PixelType::U8, 4},
                                                    {".nii", PixelType::F32, 3},
                                                    {".nii.gz", PixelType::I16, 2},
                                                    {".nii", PixelType::U8, 2},
                                                    {".hdr", PixelType::F64, 6},
                                                    {".nrrd", PixelType::F32, 6},
                                                    {".nrrd", PixelType::U8, 3},
                                                    {".mha", PixelType::I16, 2},
                                                    {".mha", PixelType::U8, 3}}) {
    const auto volume = sampleVolume(type, components, 2);
    const std::string path = folder.file(std::string(pixelTypeName(type)) + std::to_string(components) + extension);
    writeVolume(*volume, path);
    expectSameVoxels(*volume, *readFile(path));
  }
}

TEST(RoundTripScale, niftiKeepsItAndOthersStoreScaledValues) {
  TemporaryFolder folder;
  VolumeInfo info = sampleVolume(PixelType::I16)->info();
  info.scale = ValueScale(0.5, -3);
  Volume volume(info);
  std::memcpy(volume.mutableFrameData(0), sampleVolume(PixelType::I16)->frameData(0), info.frameBytes());
  for (const char* name : {"n.nii", "g.nii.gz", "p.hdr", "r.nrrd", "d.nhdr", "a.mha", "m.mhd"}) {
    writeVolume(volume, folder.file(name));
    const auto back = readFile(folder.file(name));
    const bool nifti = std::string(name).find("nii") != std::string::npos || std::string(name) == "p.hdr";
    EXPECT_EQ(back->info().pixelType, nifti ? PixelType::I16 : PixelType::F32) << name;
    EXPECT_EQ(back->info().scale.identity(), !nifti) << name;
    for (std::int64_t i = 0; i < 5; ++i) EXPECT_EQ(back->valueAt(0, {i, 1, 2}), volume.valueAt(0, {i, 1, 2})) << name;
  }
}

TEST(RoundTripScale, oneScaleASliceIsAppliedEverywhere) {
  TemporaryFolder folder;
  VolumeInfo info = sampleVolume(PixelType::U8)->info();
  info.scale = ValueScale(std::vector<LinearScale>{{1, 0}, {2, 1}, {4, -1}});
  Volume volume(info);
  std::memcpy(volume.mutableFrameData(0), sampleVolume(PixelType::U8)->frameData(0), info.frameBytes());
  for (const char* name : {"g.nii.gz", "p.hdr", "r.nrrd", "d.nhdr", "a.mha", "m.mhd"}) {
    writeVolume(volume, folder.file(name), 3);
    const auto back = readFile(folder.file(name));
    for (std::int64_t k = 0; k < 3; ++k) EXPECT_EQ(back->valueAt(0, {2, 3, k}), volume.valueAt(0, {2, 3, k}));
  }
}

}  // namespace
}  // namespace voxmark::testing
