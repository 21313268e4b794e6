#include "tests/core/io/dicom_test_support.h"

namespace voxmark {
namespace {

using test::DicomSlice;
using test::sliceAt;

class DicomPalette : public test::Dicom {
 protected:
  [[nodiscard]] std::unique_ptr<VolumeSource> openColours(bool applyPalette = true) const {
    SourceRegistry registry;
    addItkReaders(registry);
    OpenOptions options;
    options.applyPalette = applyPalette;
    return registry.readers().front().open((folder_ / "a").string(), options);
  }
  [[nodiscard]] static std::vector<int> colourAt(const Volume& volume, const Index3& voxel) {
    std::vector<int> out;
    for (int c = 0; c < 3; ++c) out.push_back(static_cast<int>(volume.valueAt(0, voxel, c)));
    return out;
  }
};

/// Indices 9, 10, 12 and 200 for a palette of the indices 10 to 12.
DicomSlice indexed(int bits, const DicomSlice::Palette& palette) {
  DicomSlice slice = sliceAt(0, {9, 10, 12, 200});
  if (bits == 8) {
    slice.bitsAllocated = slice.bitsStored = 8;
    slice.pixels = {9, 10, 12, 200};
  }
  slice.photometric = "PALETTE COLOR";
  slice.palette = palette;
  return slice;
}

TEST_F(DicomPalette, givesIndicesUnlessColoursAreAskedFor) {
  write("a", indexed(8, {10, 16, {0, 0x8000, 0xFF00}, {0, 0x1000, 0x2000}, {0xFFFF, 0, 0x0100}}));
  const auto source = openColours(false);
  EXPECT_EQ(source->info().components, 1);
  EXPECT_TRUE(warnsOf(source->info(), "palette indices"));
  EXPECT_EQ(load(*source)->valueAt(0, {1, 1, 0}), 200);
}

TEST_F(DicomPalette, ofSixteenBitsIsScaledToEight) {
  for (const int bits : {8, 16}) {
    write("a", indexed(bits, {10, 16, {0, 0x8000, 0xFF00}, {0, 0x1000, 0x2000}, {0xFFFF, 0, 0x0100}}));
    const auto source = openColours();
    EXPECT_TRUE(source->info().warnings.empty());
    EXPECT_EQ(source->info().meaning, ComponentMeaning::Colour);
    EXPECT_EQ(source->info().pixelType, PixelType::U8);
    const auto volume = load(*source);
    EXPECT_EQ(colourAt(*volume, {0, 0, 0}), (std::vector<int>{0, 0, 255}));  // below the palette: its first colour
    EXPECT_EQ(colourAt(*volume, {1, 0, 0}), (std::vector<int>{0, 0, 255}));
    EXPECT_EQ(colourAt(*volume, {0, 1, 0}), (std::vector<int>{255, 32, 1}));
    EXPECT_EQ(colourAt(*volume, {1, 1, 0}), (std::vector<int>{255, 32, 1}));  // above it: its last
  }
}

TEST_F(DicomPalette, ofEightBitsHasTwoEntriesAWord) {
  write("a", indexed(8, {10, 8, {1, 2, 3}, {11, 12, 13}, {21, 22, 23}}));
  const auto volume = load(*openColours());
  EXPECT_EQ(colourAt(*volume, {1, 0, 0}), (std::vector<int>{1, 11, 21}));
  EXPECT_EQ(colourAt(*volume, {0, 1, 0}), (std::vector<int>{3, 13, 23}));
}

TEST_F(DicomPalette, thatIsFilledWithSmallNumbersIsBelieved) {
  write("a", indexed(8, {10, 16, {1, 2, 3}, {11, 12, 13}, {21, 22, 255}}));
  EXPECT_EQ(colourAt(*load(*openColours()), {0, 1, 0}), (std::vector<int>{3, 13, 255}));
}

TEST_F(DicomPalette, thatIsMissingLeavesIndicesWithAWarning) {
  DicomSlice slice = indexed(8, {});
  slice.palette.reset();
  write("a", slice);
  const auto source = openColours();
  EXPECT_EQ(source->info().components, 1);
  EXPECT_TRUE(warnsOf(source->info(), "palette indices"));
}

}  // namespace
}  // namespace voxmark
