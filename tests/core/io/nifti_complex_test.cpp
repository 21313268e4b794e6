#include <algorithm>
#include <cmath>

#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// A single-file NIfTI-1 of 3 × 2 × 2 voxels with two frames, of numbers n + (n+1)i scaled by `slope` and `inter`.
template <typename T>
std::string complexFile(bool big, float slope = 0, float inter = 0) {
  const auto put = [big](std::string& bytes, std::size_t offset, auto value) {
    char raw[sizeof(value)];
    std::memcpy(raw, &value, sizeof(value));
    if (big) std::reverse(raw, raw + sizeof(value));
    bytes.replace(offset, sizeof(value), raw, sizeof(value));
  };
  std::string bytes(352 + 24 * 2 * sizeof(T), '\0');
  put(bytes, 0, std::int32_t{348});
  const std::int16_t dim[8] = {4, 3, 2, 2, 2, 1, 1, 1};
  for (std::size_t n = 0; n < 8; ++n) put(bytes, 40 + 2 * n, dim[n]);
  put(bytes, 70, static_cast<std::int16_t>(sizeof(T) == 4 ? 32 : 1792));
  put(bytes, 72, static_cast<std::int16_t>(16 * sizeof(T)));
  for (std::size_t n = 0; n < 5; ++n) put(bytes, 76 + 4 * n, 1.0F);
  put(bytes, 108, 352.0F);
  put(bytes, 112, slope);
  put(bytes, 116, inter);
  bytes.replace(344, 4, std::string("n+1\0", 4));
  for (std::size_t n = 0; n < 24; ++n) {
    put(bytes, 352 + 2 * n * sizeof(T), static_cast<T>(n));
    put(bytes, 352 + (2 * n + 1) * sizeof(T), static_cast<T>(n + 1));
  }
  return bytes;
}

/// The magnitude of voxel n, in double precision.
double magnitude(double n, double slope = 1, double inter = 0) {
  return std::sqrt((n * slope + inter) * (n * slope + inter) + (n + 1) * slope * (n + 1) * slope);
}

void expectMagnitudes(const Volume& volume, double tolerance, double slope = 1, double inter = 0) {
  double n = 0;
  for (std::int64_t frame = 0; frame < 2; ++frame) {
    for (std::int64_t k = 0; k < 2; ++k) {
      for (std::int64_t j = 0; j < 2; ++j) {
        for (std::int64_t i = 0; i < 3; ++i, ++n) {
          EXPECT_NEAR(volume.valueAt(frame, {i, j, k}), magnitude(n, slope, inter), tolerance * (n + 1)) << n;
        }
      }
    }
  }
}

TEST(NiftiComplex, bothPrecisionsAndByteOrdersGiveTheMagnitudeWithAWarning) {
  TemporaryFolder folder;
  for (const bool big : {false, true}) {
    const auto singles = readFile(folder.write("c64.nii", complexFile<float>(big)));
    EXPECT_EQ(singles->info().pixelType, PixelType::F32);
    EXPECT_EQ(singles->info().components, 1);
    EXPECT_EQ(singles->info().meaning, ComponentMeaning::Scalar);
    ASSERT_EQ(singles->info().warnings.size(), 1U);
    EXPECT_NE(singles->info().warnings[0].find("magnitude"), std::string::npos);
    expectMagnitudes(*singles, 1e-6);
    const auto doubles = readFile(folder.write("c128.nii", complexFile<double>(big)));
    EXPECT_EQ(doubles->info().pixelType, PixelType::F64);
    expectMagnitudes(*doubles, 1e-14);
  }
}

TEST(NiftiComplex, scalesBeforeTheMagnitudeIsTaken) {
  TemporaryFolder folder;
  const auto volume = readFile(folder.write("c.nii", complexFile<double>(false, -2, 3)));
  EXPECT_TRUE(volume->info().scale.identity());
  expectMagnitudes(*volume, 1e-14, -2, 3);
}

TEST(NiftiComplex, aRegionIsWhatTheWholeHasThere) {
  TemporaryFolder folder;
  const std::string path = folder.write("c.nii", complexFile<float>(false));
  const auto whole = readFile(path);
  const auto source = openFile(path);
  const ReadRequest request{{{1, 1, 0}, {2, 1, 2}}, 1};
  std::vector<std::byte> expected(16), found(16);
  copyRegion(*whole, request, expected);
  std::int64_t filled = 0;
  JobContext job;
  source->read(
      request, found, [&](const Region& part) { filled += part.voxels(); }, job);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(filled, 4);
}

TEST(NiftiComplex, isWrittenAsNumbersThatReadBack) {
  TemporaryFolder folder;
  const auto volume = readFile(folder.write("c.nii", complexFile<float>(true)));
  writeVolume(*volume, folder.file("m.nii.gz"));
  const auto back = readFile(folder.file("m.nii.gz"));
  expectSameVoxels(*volume, *back);
  EXPECT_TRUE(back->info().warnings.empty());
}

TEST(NiftiComplex, cutShortIsRefused) {
  TemporaryFolder folder;
  const std::string bytes = complexFile<float>(false);
  const auto path = folder.write("c.nii", bytes.substr(0, bytes.size() - 1));
  EXPECT_EQ(errorOf([&] { (void)openFile(path); }), ErrorCode::Truncated);
}

TEST(NiftiComplex, longDoublesAreRefusedByName) {
  TemporaryFolder folder;
  for (const auto& [code, name] : {std::pair{std::int16_t{1536}, "float128"}, {std::int16_t{2048}, "complex256"}}) {
    std::string bytes = complexFile<double>(false);
    std::memcpy(&bytes[70], &code, 2);
    const auto path = folder.write("c.nii", bytes);
    try {
      (void)openFile(path);
      ADD_FAILURE() << name << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Unsupported);
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace voxmark::testing
