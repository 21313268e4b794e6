#include <algorithm>

#include "tests/core/io/io_test_support.h"
#include "tests/support/run_command.h"

namespace voxmark::testing {
namespace {

/// A NIfTI-1 header built field by field, in either byte order, apart from the code under test.
class HeaderBuilder {
 public:
  explicit HeaderBuilder(bool big) : big_(big), bytes_(352, '\0') {
    put<std::int32_t>(0, 348);
    for (int n = 0; n < 8; ++n) put<std::int16_t>(static_cast<std::size_t>(40 + 2 * n), 1);
    put<std::int16_t>(40, 3);
    put<std::int16_t>(42, 2);  // 2 × 1 × 1 voxels
    put<std::int16_t>(70, 4);
    put<std::int16_t>(72, 16);
    for (std::size_t n = 0; n < 4; ++n) put<float>(76 + 4 * n, 1.0F + static_cast<float>(n));  // 1, 2, 3, 4
    put<float>(108, 352);
    bytes_.replace(344, 4, std::string("n+1\0", 4));
  }
  template <typename T>
  HeaderBuilder& put(std::size_t offset, T value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    if (big_) std::reverse(raw, raw + sizeof(T));
    bytes_.replace(offset, sizeof(T), raw, sizeof(T));
    return *this;
  }
  [[nodiscard]] std::string withVoxels() const {
    std::string out = bytes_;
    for (const std::int16_t value : {std::int16_t{-300}, std::int16_t{513}}) {
      const auto bits = static_cast<std::uint16_t>(value);
      const char high = static_cast<char>(bits >> 8), low = static_cast<char>(bits & 0xFF);
      out += big_ ? std::string{high, low} : std::string{low, high};
    }
    return out;
  }

 private:
  bool big_;
  std::string bytes_;
};

TEST(Nifti, bothByteOrdersGiveTheSameValues) {
  TemporaryFolder folder;
  for (const bool big : {false, true}) {
    const auto path = folder.write("v.nii", HeaderBuilder(big).put<float>(112, 2).put<float>(116, 1).withVoxels());
    const auto source = openFile(path);
    EXPECT_EQ(source->info().byteOrder, big ? ByteOrder::Big : ByteOrder::Little);
    const auto volume = readFile(path);
    EXPECT_EQ(volume->valueAt(0, {0, 0, 0}), -599);
    EXPECT_EQ(volume->valueAt(0, {1, 0, 0}), 1027);
  }
}

TEST(Nifti, withoutMatricesTheGridIsCentredAndXRunsToTheLeft) {
  TemporaryFolder folder;
  const auto source = openFile(folder.write("v.nii", HeaderBuilder(false).withVoxels()));
  const Geometry& g = source->info().geometry;
  EXPECT_EQ(g.spacing, (Vec3{2, 3, 4}));
  EXPECT_EQ(orientationOf(g), "LAS");
  EXPECT_EQ(g.origin, (Vec3{-1, 0, 0}));
}

TEST(Nifti, qformIsUsedWithoutSformAndSformBeatsIt) {
  TemporaryFolder folder;
  HeaderBuilder header(true);
  // A quarter turn about z: a = d = √½, so i points to RAS +y and j to −x; qfac −1 turns k round.
  header.put<std::int16_t>(252, 1).put<float>(264, 0.70710678F).put<float>(268, 7).put<float>(76, -1);
  const auto byQform = openFile(folder.write("q.nii", header.withVoxels()));
  const Geometry& q = byQform->info().geometry;
  EXPECT_EQ(orientationOf(q), "ALI");
  EXPECT_NEAR(q.origin[0], -7, 1e-6);
  EXPECT_NEAR(q.spacing[1], 3, 1e-5);
  header.put<std::int16_t>(254, 1).put<float>(280, 5).put<float>(300, 6).put<float>(320, 7).put<float>(324, 8);
  const auto bySform = openFile(folder.write("s.nii", header.withVoxels()));
  const Geometry& s = bySform->info().geometry;
  EXPECT_EQ(orientationOf(s), "RAS");
  EXPECT_EQ(s.spacing, (Vec3{5, 6, 7}));
  EXPECT_EQ(s.origin, (Vec3{0, 0, 8}));
}

TEST(Nifti, unusableNumbersAreReplacedWithAWarning) {
  TemporaryFolder folder;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  HeaderBuilder header(false);
  header.put<std::int16_t>(254, 1).put<float>(80, nan).put<float>(112, nan);  // a zero sform, spacing and slope NaN
  const auto source = openFile(folder.write("v.nii", header.withVoxels()));
  EXPECT_EQ(source->info().warnings.size(), 3U);
  EXPECT_EQ(source->info().geometry.spacing, (Vec3{1, 3, 4}));
  EXPECT_TRUE(source->info().scale.identity());
}

TEST(Nifti, pairsNeedBothFilesAndEitherNameOpensThem) {
  TemporaryFolder folder;
  const std::string whole = HeaderBuilder(false).put<float>(108, 0).withVoxels();
  std::string head = whole.substr(0, 352);
  head.replace(344, 3, "ni1");
  const auto hdr = folder.write("v.hdr", head);
  EXPECT_EQ(errorOf([&] { (void)openFile(hdr); }), ErrorCode::NotFound);
  const auto img = folder.write("v.img", whole.substr(352));
  EXPECT_EQ(readFile(hdr)->valueAt(0, {1, 0, 0}), 513);
  EXPECT_EQ(readFile(img)->valueAt(0, {0, 0, 0}), -300);
}

TEST(Nifti, filesOfTheSameNameButForGzAreNotConfused) {
  TemporaryFolder folder;
  // Every file of one stem, each with its own number in all voxels; pairs of each kind have an image of their own.
  std::int16_t number = 0;
  for (const char* name : {"v.nii", "v.nii.gz", "v.hdr"}) {
    VolumeInfo info = sampleVolume(PixelType::I16)->info();
    Volume volume(info);
    ++number;
    for (std::size_t n = 0; n < 60; ++n) std::memcpy(volume.mutableFrameData(0) + 2 * n, &number, 2);
    writeVolume(volume, folder.file(name));
  }
  const auto packedPair = [&](const std::string& from, const std::string& to) {
    const Outcome done = runCommand("gzip -c " + folder.file(from) + " > " + folder.file(to));
    ASSERT_EQ(done.code, 0) << done.out;
  };
  writeVolume(*sampleVolume(PixelType::I16), folder.file("w.hdr"));
  packedPair("w.hdr", "v.hdr.gz");
  packedPair("w.img", "v.img.gz");
  const auto first = [&](const char* name) { return readFile(folder.file(name))->valueAt(0, {1, 0, 0}); };
  EXPECT_EQ(first("v.nii"), 1);
  EXPECT_EQ(first("v.nii.gz"), 2);
  for (const char* name : {"v.hdr", "v.img"}) EXPECT_EQ(first(name), 3) << name;
  for (const char* name : {"v.hdr.gz", "v.img.gz"}) EXPECT_EQ(first(name), 7) << name;
}

TEST(Nifti, aRowLongerThanNifti1CanSayIsAsLongAsFreeSurferSays) {
  TemporaryFolder folder;
  HeaderBuilder header(true);
  header.put<std::int16_t>(42, -1).put<std::int32_t>(144, 40000);
  const std::string path = folder.write("v.nii", header.withVoxels() + std::string(2 * 39998, '\1'));
  const auto volume = readFile(path);
  EXPECT_EQ(volume->geometry().size, (Index3{40000, 1, 1}));
  EXPECT_EQ(volume->valueAt(0, {1, 0, 0}), 513);
  EXPECT_EQ(volume->valueAt(0, {39999, 0, 0}), 257);
  // Written again, it takes the version that can say it.
  writeVolume(*volume, folder.file("w.nii"));
  EXPECT_EQ(openFile(folder.file("w.nii"))->info().format, "NIfTI-2");
  expectSameVoxels(*volume, *readFile(folder.file("w.nii")));
  // Without the number it is a header like any other that lies.
  const auto lie = folder.write("l.nii", header.put<std::int32_t>(144, 0).withVoxels());
  EXPECT_EQ(errorOf([&] { (void)openFile(lie); }), ErrorCode::Format);
}

TEST(Nifti, anAnalyzeFileOfSpmHasItsOriginAndItsScale) {
  TemporaryFolder folder;
  HeaderBuilder header(true);
  header.put<float>(108, 0).put<float>(112, 0.5F).put<float>(116, -2).put<std::int32_t>(344, 0);
  for (std::size_t n = 0; n < 3; ++n) header.put<std::int16_t>(253 + 2 * n, static_cast<std::int16_t>(n == 0 ? 2 : 1));
  const std::string whole = header.withVoxels();
  (void)folder.write("v.hdr", whole.substr(0, 348));
  (void)folder.write("v.img", whole.substr(352));
  const auto volume = readFile(folder.file("v.hdr"));
  // The second voxel of two, 2 mm apart and running to the left, is the world's origin.
  EXPECT_EQ(volume->geometry().origin, (Vec3{-2, 0, 0}));
  EXPECT_EQ(orientationOf(volume->geometry()), "LAS");
  EXPECT_EQ(volume->valueAt(0, {0, 0, 0}), -152);
  if (!pythonHas("nibabel")) return;
  const Outcome said = runPython("core/io/print_affine.py", folder.file("v.hdr"));
  EXPECT_EQ(said.out, "-2 0 0 2 0 3 0 0 0 0 4 0\n-152 254.5\n");
}

TEST(Nifti, severalGzipMembersAreOneFile) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::U8);
  writeVolume(*volume, folder.file("v.nii.gz"));
  writeVolume(*volume, folder.file("v.nii"));
  // A second member after the first: the reader drains it, verifies it and says that it was there.
  const std::string packed = contentsOf(folder.file("v.nii.gz"));
  const auto path = folder.write("w.nii.gz", packed + packed);
  JobContext job;
  const auto source = openFile(path);
  expectSameVoxels(*volume, *readVolume(*source, job));
  ASSERT_EQ(source->readWarnings().size(), 1U);
  EXPECT_NE(source->readWarnings().front().find(std::to_string(contentsOf(folder.file("v.nii")).size())),
            std::string::npos);
}

}  // namespace
}  // namespace voxmark::testing
