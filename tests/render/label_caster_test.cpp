#include "ui/render/label_caster.h"

#include <cmath>

#include <gtest/gtest.h>

#include "ui/render/label_volume.h"

namespace voxmark::render {
namespace {

constexpr std::int64_t kSide = 24;

/// In front (low k) of a plate of 40 lies one of 7, which covers the left half (low i) alone.
Volume plates() {
  VolumeInfo info;
  info.geometry.size = {kSide, kSide, kSide};
  info.pixelType = PixelType::I16;
  Volume volume(info);
  auto* voxels = reinterpret_cast<std::int16_t*>(volume.mutableFrameData(0));
  for (std::int64_t n = 0; n < kSide * kSide * kSide; ++n) {
    const std::int64_t i = n % kSide;
    const std::int64_t k = n / (kSide * kSide);
    voxels[n] = static_cast<std::int16_t>(k == 6 && i < kSide / 2 ? 7 : k >= 14 && k < 18 ? 40 : 0);
  }
  return volume;
}

RayCamera alongK() {
  RayCamera camera;
  camera.focalPoint = {11.5, 11.5, 11.5};
  camera.position = {11.5, 11.5, -500};
  camera.up = {0, 1, 0};
  camera.parallel = true;
  camera.parallelScale = 0.5 * kSide;
  return camera;
}

/// The colours' directions: how bright they are is a matter of light.
std::array<double, 3> direction(const std::uint8_t* rgba) {
  const double length = std::hypot(rgba[0], rgba[1], rgba[2]);
  return {rgba[0] / length, rgba[1] / length, rgba[2] / length};
}

/// The middle row is what is looked at.
RayImage cast(const LabelTable& table) {
  JobContext job;
  const Volume volume = plates();
  const DisplayVolumePtr labels = makeLabelVolume(volume, 0, 64, job);
  return castRays(*labels, labelColours(*labels, &table), alongK(), {kSide, kSide, 0.5}, job);
}

const std::uint8_t* pixel(const RayImage& image, int x) {
  return image.rgba.data() + (kSide / 2 * image.width + x) * 4;
}

LabelTable redAndBlue() {
  LabelTable table;
  table.labels[7] = {"front", {255, 0, 0}, 1, true};
  table.labels[40] = {"back", {0, 0, 255}, 1, true};
  return table;
}

/// Columns of the picture that the front plate covers, and that it does not.
std::pair<int, int> columnsOf(const RayImage& image) {
  const bool leftIsRed = pixel(image, 4)[0] > pixel(image, 4)[2];
  return leftIsRed ? std::pair{4, 19} : std::pair{19, 4};
}

TEST(LabelCaster, DrawsEachLabelInTheColourOfItsTableAndNoOther) {
  const RayImage image = cast(redAndBlue());
  const auto [covered, open] = columnsOf(image);
  EXPECT_GT(pixel(image, covered)[0], 200);
  EXPECT_GT(pixel(image, open)[2], 200);
  EXPECT_EQ(pixel(image, open)[3], 255);
  // Nowhere a mixture of both, nor of labels between them: what is not red (but for its shine) is blue.
  for (int x = 0; x < kSide; ++x) {
    const std::array<double, 3> hue = direction(pixel(image, x));
    EXPECT_GT(std::max(hue[0], hue[2]), 0.95) << x;
  }
}

TEST(LabelCaster, LeavesOutHiddenLabelsAndLooksThroughThinOnes) {
  LabelTable table = redAndBlue();
  const RayImage both = cast(table);
  const auto [covered, open] = columnsOf(both);
  table.labels[7].visible = false;
  const RayImage hidden = cast(table);
  EXPECT_GT(pixel(hidden, covered)[2], 200);
  EXPECT_LT(pixel(hidden, covered)[0], 60);
  table.labels[7].visible = true;
  table.labels[7].opacity = 0.5;
  const RayImage thin = cast(table);
  // Half of the front's colour and half of what lies behind it.
  for (const int c : {0, 2}) {
    EXPECT_NEAR(pixel(thin, covered)[c], (pixel(both, covered)[c] + pixel(hidden, covered)[c]) / 2.0, 2) << c;
  }
  EXPECT_EQ(pixel(thin, open)[2], pixel(both, open)[2]);
}

TEST(LabelCaster, DoesNotDependOnLeaping) {
  JobContext job;
  const Volume volume = plates();
  const DisplayVolumePtr labels = makeLabelVolume(volume, 0, 64, job);
  LabelTable table = redAndBlue();
  table.labels[7].opacity = 0.4;
  RayCamera camera = alongK();
  camera.parallel = false;
  camera.position = {60, -70, -40};
  RayQuality quality{90, 90, 0.6};
  const RayImage leaping = castRays(*labels, labelColours(*labels, &table), camera, quality, job);
  quality.leapOver = false;
  EXPECT_EQ(castRays(*labels, labelColours(*labels, &table), camera, quality, job).rgba, leaping.rgba);
}

TEST(LabelVolume, HoldsPlacesInTheListOfLabelsAndNeverMeans) {
  JobContext job;
  const Volume volume = plates();
  const DisplayVolumePtr whole = makeLabelVolume(volume, 0, 64, job);
  EXPECT_EQ(whole->labels, (std::vector<std::int64_t>{0, 7, 40}));
  EXPECT_EQ(whole->reduction, 1);
  const DisplayVolumePtr half = makeLabelVolume(volume, 0, 12, job);
  EXPECT_EQ(half->reduction, 2);
  EXPECT_EQ(half->voxels->geometry().size, (Index3{12, 12, 12}));
  const auto* voxels = reinterpret_cast<const std::uint16_t*>(half->voxels->frameData(0));
  for (std::int64_t n = 0; n < 12 * 12 * 12; ++n) EXPECT_LT(voxels[n], half->labels.size());
}

TEST(LabelVolume, OfMoreThan65535LabelsThereIsNone) {
  JobContext job;
  VolumeInfo info;
  info.geometry.size = {300, 300, 1};
  info.pixelType = PixelType::I32;
  Volume volume(info);
  auto* voxels = reinterpret_cast<std::int32_t*>(volume.mutableFrameData(0));
  for (int n = 0; n < 300 * 300; ++n) voxels[n] = n;
  EXPECT_EQ(makeLabelVolume(volume, 0, 512, job), nullptr);
  LayerDisplay display;
  display.labels = true;
  EXPECT_NE(volumeFor(volume, display, 0, 512, job), nullptr);  // shown as values
}

}  // namespace
}  // namespace voxmark::render
