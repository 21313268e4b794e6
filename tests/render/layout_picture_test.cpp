#include <cmath>

#include <gtest/gtest.h>

#include "core/document/lightbox_slices.h"
#include "tests/render/phantom.h"
#include "tests/render/picture_support.h"
#include "ui/render/color_map.h"
#include "ui/render/legend.h"

namespace voxmark::render {
namespace {

using testing::documentOf;
using testing::meanDifference;

Image picture(const Document& document, const std::string& view, int width, int height) {
  return renderOffscreen({document, view, width, height});
}

/// A part of a picture, counted from its upper left.
Image part(const Image& image, int x, int y, int width, int height) {
  Image out{width, height, {}};
  for (int row = y; row < y + height; ++row) {
    const auto from = image.rgb.begin() + 3 * (static_cast<std::ptrdiff_t>(row) * image.width + x);
    out.rgb.insert(out.rgb.end(), from, from + 3 * static_cast<std::ptrdiff_t>(width));
  }
  return out;
}

TEST(LayoutPictures, ARowIsTheThreeSlicesSideBySide) {
  const Document document = documentOf(testing::phantom("LPS", 0));
  const Image row = picture(document, "row", 604, 200);  // 200 + 2 + 200 + 2 + 200
  EXPECT_EQ(part(row, 0, 0, 200, 200).rgb, picture(document, "axial", 200, 200).rgb);
  EXPECT_EQ(part(row, 202, 0, 200, 200).rgb, picture(document, "sagittal", 200, 200).rgb);
  EXPECT_EQ(part(row, 404, 0, 200, 200).rgb, picture(document, "coronal", 200, 200).rgb);
}

TEST(LayoutPictures, OneLargeViewHasThreeSmallOnesBesideIt) {
  const Document document = documentOf(testing::phantom("LPS", 0));
  const Image all = picture(document, "1+3", 552, 304);  // (552 - 2)·3/11 = 150 wide, (304 - 4)/3 = 100 high
  EXPECT_LT(meanDifference(part(all, 0, 0, 400, 304), picture(document, "axial", 400, 304)), 0.02);
  EXPECT_LT(meanDifference(part(all, 402, 0, 150, 100), picture(document, "sagittal", 150, 100)), 0.02);
  EXPECT_LT(meanDifference(part(all, 402, 102, 150, 100), picture(document, "coronal", 150, 100)), 0.02);
}

TEST(LayoutPictures, AnyViewCanBeTheLargeOneAndTheOthersKeepTheirOrder) {
  const Document document = documentOf(testing::phantom("LPS", 0));
  const Image coronal = picture(document, "1+3:coronal", 552, 304);
  EXPECT_LT(meanDifference(part(coronal, 0, 0, 400, 304), picture(document, "coronal", 400, 304)), 0.02);
  EXPECT_LT(meanDifference(part(coronal, 402, 0, 150, 100), picture(document, "axial", 150, 100)), 0.02);
  EXPECT_LT(meanDifference(part(coronal, 402, 102, 150, 100), picture(document, "sagittal", 150, 100)), 0.02);
  const Image volume = picture(document, "1+3:3d", 552, 304);
  EXPECT_LT(meanDifference(part(volume, 402, 204, 150, 100), picture(document, "coronal", 150, 100)), 0.02);
}

TEST(LayoutPictures, EachCellOfALightboxIsThatSliceAlone) {
  Document document = documentOf(testing::phantom("SLP", 5));
  document.views.lightbox = {"coronal", 2, 3, 4};
  const auto& geometry = document.layers.front().volume->geometry();
  // Slices of the coronal plane are counted towards posterior: 48 of them, 1.1 mm apart.
  const LightboxSlices slices = lightboxSlices(document.views.lightbox, 0, 48);
  const Image all = picture(document, "lightbox", 304, 202);  // cells of 100 × 100
  const AxisMap map = axisMapOf(geometry);
  for (int n = 0; n < 6; ++n) {
    Vec3 voxel = worldToVoxel(geometry, document.views.crosshair);
    for (std::size_t a = 0; a < 3; ++a) {
      if (map.patientAxis[a] != 1) continue;
      const auto slice = static_cast<double>(slices.first + n * slices.step);
      voxel[a] = map.reversed[a] ? 47 - slice : slice;
    }
    Document one = document;
    one.views.crosshair = voxelToWorld(geometry, voxel);
    EXPECT_LT(meanDifference(part(all, (n % 3) * 102, (n / 3) * 102, 100, 100), picture(one, "coronal", 100, 100)),
              0.01)
        << "cell " << n;
  }
}

TEST(LayoutPictures, ALightboxMatchesTheBaseline) {
  Document document = documentOf(testing::phantom("LPS", 0));
  document.views.annotations = true;
  document.views.crosshairVisible = true;
  document.views.legend = true;
  document.layers.front().display.colorMap = "viridis";
  document.views.lightbox = {"axial", 2, 3, 0};
  testing::expectLooksLike(picture(document, "lightbox", 640, 400), "lightbox", 2.0);
}

TEST(LegendBar, HasTheColoursOfTheMapFromBottomToTop) {
  Document document = documentOf(testing::phantom("LPS", 0));
  document.views.legend = true;
  document.layers.front().display.colorMap = "inferno";
  const Image with = picture(document, "axial", 400, 400);
  const ColorMap& map = *findColorMap("inferno");
  // The bar ends 30 pixels before the right edge and is 12 wide; it spans the middle three fifths of the height.
  const auto at = [&](int y) { return &with.rgb[static_cast<std::size_t>(3 * (y * with.width + 400 - 36))]; };
  for (const double place : {0.1, 0.5, 0.9}) {
    const int y = static_cast<int>(std::lround(320 - place * 240));
    const Rgba& expected = map[static_cast<std::size_t>(std::lround(place * 255))];
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(at(y)[c], expected[c], 6) << place;
  }
  document.views.legend = false;
  EXPECT_GT(meanDifference(with, picture(document, "axial", 400, 400)), 0.5);
}

TEST(LegendTicks, AreRoundValuesWithinTheWindow) {
  const auto texts = [](double width, double level) {
    std::vector<std::string> out;
    for (const LegendTick& tick : legendTicks({width, level}, 6)) out.push_back(tick.text);
    return out;
  };
  EXPECT_EQ(texts(80, 40), (std::vector<std::string>{"0", "20", "40", "60", "80"}));
  EXPECT_EQ(texts(1500, -600), (std::vector<std::string>{"-1000", "-500", "0"}));
  EXPECT_EQ(texts(0.3, 0.15), (std::vector<std::string>{"0", "0.1", "0.2", "0.3"}));
  EXPECT_TRUE(texts(0, 5).empty());
  EXPECT_LE(texts(1e-300, 1).size(), 6U);
  const auto ticks = legendTicks({1500, -600}, 6);
  EXPECT_NEAR(ticks[1].place, (-500.0 + 1350) / 1500, 1e-12);
}

TEST(LegendList, NamesTheVisibleLabels) {
  LayerDisplay display;
  display.labels = true;
  VolumeInfo info;
  EXPECT_FALSE(legendOf(info, display));
  LabelTable table;
  table.labels[3] = {"Thalamus", {0, 118, 14}, 1, true};
  table.labels[4] = {"Hidden", {1, 2, 3}, 1, false};
  table.labels[9] = {"", {9, 9, 9}, 1, true};
  display.labelTable = std::make_shared<const LabelTable>(table);
  const auto legend = legendOf(info, display);
  ASSERT_TRUE(legend);
  ASSERT_EQ(legend->entries.size(), 2U);
  EXPECT_EQ(legend->entries[0].text, "Thalamus");
  EXPECT_EQ(legend->entries[0].colour, (std::array<std::uint8_t, 3>{0, 118, 14}));
  EXPECT_EQ(legend->entries[1].text, "9");
  EXPECT_FALSE(legend->bar);
}

TEST(LegendList, ListsWhatIsThereWithNumbersWhereTheTableHasNoNames) {
  LayerDisplay display;
  display.labels = true;
  const std::vector<std::int64_t> present{0, 3, 12};
  const auto numbers = legendOf({}, display, &present);
  ASSERT_TRUE(numbers);
  ASSERT_EQ(numbers->entries.size(), 2U) << "0 is what lies between the labels";
  EXPECT_EQ(numbers->entries[0].text, "3");
  EXPECT_EQ(numbers->entries[1].text, "12");
  EXPECT_EQ(numbers->entries[1].colour, labelOf(nullptr, 12).colour);
  LabelTable table;
  table.labels[3] = {"Thalamus", {0, 118, 14}, 1, true};
  table.labels[77] = {"Elsewhere", {1, 2, 3}, 1, true};
  display.labelTable = std::make_shared<const LabelTable>(table);
  const auto named = legendOf({}, display, &present);
  ASSERT_TRUE(named);
  ASSERT_EQ(named->entries.size(), 2U);
  EXPECT_EQ(named->entries[0].text, "Thalamus");
  EXPECT_EQ(named->entries[1].text, "12");
}

}  // namespace
}  // namespace voxmark::render
