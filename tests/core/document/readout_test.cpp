#include "core/document/readout.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/document/coordinate_text.h"
#include "core/document/load_layer.h"

namespace voxmark {
namespace {

/// 4 × 3 × 2 voxels of 2 mm, numbered from 0; two components where `pairs`.
VolumePtr numbered(bool pairs = false) {
  VolumeInfo info;
  info.geometry.size = {4, 3, 2};
  info.geometry.spacing = {2, 2, 2};
  info.geometry.origin = {10, 20, 30};
  info.components = pairs ? 2 : 1;
  auto volume = std::make_shared<Volume>(info);
  for (std::size_t n = 0; n < info.totalBytes(); ++n) volume->mutableFrameData(0)[n] = std::byte(n);
  return volume;
}

Document documentOf(VolumePtr volume) {
  return withLayer({}, makeLayer(std::move(volume), 1, "one"));
}

TEST(Readout, ReadsTheNearestVoxelOfEachLayersOwnGrid) {
  Document document = documentOf(numbered());
  document = withLayer(document, makeLayer(numbered(true), 2, "two"));
  const std::vector<Reading> readings = readingsAt(document, {12.9, 22.1, 31.9});
  ASSERT_EQ(readings.size(), 2U);
  EXPECT_EQ(readings[0].name, "two");  // the top one first
  EXPECT_EQ(readings[1].voxel, (Index3{1, 1, 1}));
  EXPECT_EQ(readings[1].values, (std::vector<double>{1 + 4 + 12}));
  EXPECT_EQ(readings[0].values, (std::vector<double>{34, 35}));
  EXPECT_EQ(valueText(readings[0]), "34, 35");
  EXPECT_EQ(voxelText(readings[0]), "1 1 1");
  document.layers[1].display.visible = false;
  EXPECT_EQ(readingsAt(document, {12.9, 22.1, 31.9}).size(), 1U);
}

TEST(Readout, SaysWhatIsOutsideAndWhatIsNotReadYet) {
  const Layer layer = makeLayer(numbered(), 1, "one");
  EXPECT_EQ(valueText(readingAt(layer, 0, {8.9, 20, 30})), "outside");
  EXPECT_EQ(valueText(readingAt(layer, 0, {1e300, 20, 30})), "outside");
  EXPECT_EQ(voxelText(readingAt(layer, 0, {8.9, 20, 30})), "");
  VolumeInfo info = numbered()->info();
  auto volume = std::make_shared<Volume>(info);
  std::fill_n(volume->mutableFrameData(0), info.totalBytes(), std::byte{9});
  const auto filled = std::make_shared<FilledSlices>(info.geometry.size, 1);
  volume->setFilled(filled);
  Layer opening = layer;
  opening.volume = volume;
  EXPECT_EQ(valueText(readingAt(opening, 0, {10, 20, 30})), "not read yet");
  filled->addWhole(0);
  EXPECT_EQ(valueText(readingAt(opening, 0, {10, 20, 30})), "9");
}

TEST(Readout, NamesLabels) {
  Layer layer = makeLayer(numbered(), 1, "one");
  auto table = std::make_shared<LabelTable>();
  table->labels[5].name = "Hippocampus";
  layer.display.labelTable = table;
  EXPECT_EQ(valueText(readingAt(layer, 0, {12, 22, 30})), "5");  // not shown as labels
  layer.display.labels = true;
  EXPECT_EQ(valueText(readingAt(layer, 0, {12, 22, 30})), "5 Hippocampus");
  EXPECT_EQ(valueText(readingAt(layer, 0, {14, 22, 30})), "6");
}

TEST(Readout, SaysThePlaceInLetters) {
  EXPECT_EQ(placeText({-17.6, 35.3, 12.1}), "R 17.6 P 35.3 S 12.1");
  EXPECT_EQ(placeText({17.64, -35.3, -12.1}), "L 17.6 A 35.3 I 12.1");
}

TEST(CoordinateText, UnderstandsVoxelsMillimetresAndLetters) {
  const Document document = documentOf(numbered());
  EXPECT_EQ(placeFromText("1 2 1", CoordinateKind::Voxel, document), (Vec3{12, 24, 32}));
  EXPECT_EQ(placeFromText(" 1,\t2 ; 1 ", CoordinateKind::Voxel, document), (Vec3{12, 24, 32}));
  EXPECT_EQ(placeFromText("11.5 21 31", CoordinateKind::Lps, document), (Vec3{11.5, 21, 31}));
  EXPECT_EQ(placeFromText("-11.5 -21 +31", CoordinateKind::Ras, document), (Vec3{11.5, 21, 31}));
  EXPECT_EQ(placeFromText("S31 L 11.5 p 21", CoordinateKind::Voxel, document), (Vec3{11.5, 21, 31}));
  EXPECT_EQ(placeFromText("L 12.0 P 24.0 S 32.0 | 1 2 1 | value 3", CoordinateKind::Ras, document), (Vec3{12, 24, 32}));
}

std::string complaint(const std::string& text, const Document& document, CoordinateKind kind = CoordinateKind::Voxel) {
  try {
    (void)placeFromText(text, kind, document);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Usage);
    return error.what();
  }
  return "taken";
}

TEST(CoordinateText, SaysWhatIsWrong) {
  const Document document = documentOf(numbered());
  const auto contains = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
  EXPECT_TRUE(contains(complaint("", document), "found 0 numbers"));
  EXPECT_TRUE(contains(complaint("7", document), "found 1 number)"));
  EXPECT_TRUE(contains(complaint("1 2 3 4", document), "found 4 numbers"));
  EXPECT_TRUE(contains(complaint("1 two 3", document), "found \"two 3\""));
  EXPECT_TRUE(contains(complaint("1 2 nan", document), "found \"nan\""));
  EXPECT_TRUE(contains(complaint("1 2 1e999", document), "found \"1e999\""));
  EXPECT_TRUE(contains(complaint("R 1 L 2 S 3", document), "two numbers along one direction"));
  EXPECT_TRUE(contains(complaint("R 1 P 2", document), "another count"));
  EXPECT_TRUE(contains(complaint("R P 1 2 S 3", document), "another order"));
  EXPECT_TRUE(contains(complaint("4 0 0", document), "outside of every layer (voxel 4 0 0, expected 0 0 0 to 3 2 1)"));
  EXPECT_TRUE(contains(complaint("1e300 0 0", document, CoordinateKind::Lps), "outside"));
  EXPECT_TRUE(contains(complaint("1 1 1", {}), "no volume"));
}

}  // namespace
}  // namespace voxmark
