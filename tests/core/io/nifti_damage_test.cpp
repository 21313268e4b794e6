#include "core/io/nifti_bytes.h"
#include "core/io/nifti_header.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

/// A file with two extensions in which one byte has another value, as it opens: volume or Error, nothing else. What
/// opens has a header to be written again, which says the same.
void expectErrorOrVolume(const std::string& path, std::size_t& opened) {
  try {
    const auto volume = readFile(path);
    validate(volume->info());
    ++opened;
    const auto bytes = niftiHeaderBytes(volume->info(), false);
    const auto signature = niftiSignature(bytes, false);
    ASSERT_TRUE(signature.has_value());
    std::vector<std::string> warnings;
    const NiftiHeader again = parseNiftiHeader(path, bytes, *signature);
    EXPECT_EQ(again.voxOffset, static_cast<double>(bytes.size()));
    EXPECT_TRUE(sameGrid(niftiGeometry(again, warnings), volume->geometry(), 1e-4));
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
  }
}

TEST(NiftiDamage, anyByteOfAHeaderMayBeWrong) {
  TemporaryFolder folder;
  writeVolume(*sampleVolume(PixelType::I16, 1, 2), folder.file("plain.nii"));
  const std::string plain = contentsOf(folder.file("plain.nii"));
  for (const std::int16_t datatype : {std::int16_t{4}, std::int16_t{32}}) {  // i16; complex numbers
    std::string good = plain;
    good[348] = 1;
    std::string area(48, 'x');
    area[0] = area[16] = 16;
    area.replace(1, 3, 3, '\0').replace(17, 3, 3, '\0').replace(32, 16, 16, '\0');
    good.insert(352, area);
    const float offset = 400;
    std::memcpy(&good[108], &offset, 4);
    std::memcpy(&good[70], &datatype, 2);
    good.append(datatype == 32 ? 720 : 0, '\1');
    std::size_t opened = 0;
    for (std::size_t n = 0; n < 400; ++n) {
      for (const int change : {0x01, 0x80, 0xFF}) {
        std::string bad = good;
        bad[n] = static_cast<char>(bad[n] ^ change);
        SCOPED_TRACE(::testing::Message() << "byte " << n << " changed by " << change);
        expectErrorOrVolume(folder.write("bad.nii", bad), opened);
      }
    }
    // Most fields can say anything.
    EXPECT_GT(opened, 800U);
  }
}

}  // namespace
}  // namespace voxmark::testing
