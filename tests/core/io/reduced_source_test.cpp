#include "core/io/reduced_source.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

/// 7×5×6 voxels whose values are 100 k + 10 j + i.
template <typename T>
std::shared_ptr<Volume> digits(std::int64_t frames = 1) {
  VolumeInfo info;
  info.geometry.size = {7, 5, 6};
  info.geometry.spacing = {1, 2, 3};
  info.geometry.origin = {10, 20, 30};
  info.geometry.direction = {0, 1, 0, 1, 0, 0, 0, 0, -1};
  info.pixelType = pixelTypeOf<T>();
  info.frames = frames;
  auto volume = std::make_shared<Volume>(info);
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    auto* out = reinterpret_cast<T*>(volume->mutableFrameData(frame));
    for (int k = 0; k < 6; ++k) {
      for (int j = 0; j < 5; ++j) {
        for (int i = 0; i < 7; ++i) *out++ = static_cast<T>(1000 * frame + 100 * k + 10 * j + i);
      }
    }
  }
  return volume;
}

std::unique_ptr<VolumeSource> sourceOf(const std::shared_ptr<Volume>& volume) {
  return std::make_unique<MemorySource>(volume);
}

template <typename T>
std::vector<T> read(VolumeSource& source, const Region& region, std::int64_t frame = 0) {
  std::vector<T> out(static_cast<std::size_t>(region.voxels()));
  JobContext job;
  source.read({region, frame}, std::as_writable_bytes(std::span(out)), {}, job);
  return out;
}

TEST(ReducedSource, EveryNthVoxelStaysWhereItLies) {
  const auto volume = digits<std::int16_t>();
  ReducedSource source(sourceOf(volume), {{}, {3, 2, 4}, false});
  const Geometry& g = source.info().geometry;
  EXPECT_EQ(g.size, (Index3{3, 3, 2}));
  EXPECT_EQ(g.spacing, (Vec3{3, 4, 12}));
  EXPECT_EQ(read<std::int16_t>(source, wholeOf(g.size)),
            (std::vector<std::int16_t>{0, 3, 6, 20, 23, 26, 40, 43, 46, 400, 403, 406, 420, 423, 426, 440, 443, 446}));
  EXPECT_EQ(voxelToWorld(g, {1, 2, 1}), voxelToWorld(volume->geometry(), {3, 4, 4}));
}

TEST(ReducedSource, MeansLieInTheMiddleOfTheirBlocksAndCountTheVoxelsThatAreLeftAtTheEnd) {
  const auto volume = digits<float>();
  ReducedSource source(sourceOf(volume), {{}, {2, 2, 4}, true});
  const Geometry& g = source.info().geometry;
  EXPECT_EQ(g.size, (Index3{4, 3, 2}));
  const auto got = read<float>(source, wholeOf(g.size));
  // The first block: i 0…1, j 0…1, k 0…3; the last: i 6, j 4, k 4…5.
  EXPECT_FLOAT_EQ(got.front(), 150 + 5 + 0.5F);
  EXPECT_FLOAT_EQ(got.back(), 450 + 40 + 6);
  EXPECT_EQ(voxelToWorld(g, {0, 0, 0}), voxelToWorld(volume->geometry(), {0.5, 0.5, 1.5}));
}

TEST(ReducedSource, IntegersAreRoundedHalfToEvenAndWhatIsNotFiniteDoesNotCount) {
  auto bytes = digits<std::uint8_t>();
  ReducedSource pairs(sourceOf(bytes), {{{0, 0, 0}, {4, 1, 1}}, {2, 1, 1}, true});
  EXPECT_EQ(read<std::uint8_t>(pairs, wholeOf({2, 1, 1})), (std::vector<std::uint8_t>{0, 2}));  // 0.5 and 2.5
  auto holes = digits<float>();
  auto* voxels = reinterpret_cast<float*>(holes->mutableFrameData(0));
  voxels[0] = std::numeric_limits<float>::quiet_NaN();
  voxels[2] = voxels[3] = std::numeric_limits<float>::infinity();
  ReducedSource source(sourceOf(holes), {{{0, 0, 0}, {4, 1, 1}}, {2, 1, 1}, true});
  const auto got = read<float>(source, wholeOf({2, 1, 1}));
  EXPECT_EQ(got[0], 1);
  EXPECT_TRUE(std::isnan(got[1]));
  auto large = digits<std::int64_t>();
  auto* longs = reinterpret_cast<std::int64_t*>(large->mutableFrameData(0));
  std::fill_n(longs, 4, std::numeric_limits<std::int64_t>::max());
  ReducedSource top(sourceOf(large), {{{0, 0, 0}, {4, 1, 1}}, {4, 1, 1}, true});
  EXPECT_GT(read<std::int64_t>(top, wholeOf({1, 1, 1}))[0], std::int64_t{1} << 62);
}

TEST(ReducedSource, ABoxIsCutOutFirstAndAnyPartOfTheRestCanBeRead) {
  const auto volume = digits<std::int16_t>(2);
  ReducedSource source(sourceOf(volume), {{{1, 1, 2}, {6, 4, 4}}, {2, 1, 3}, false});
  EXPECT_EQ(source.info().geometry.size, (Index3{3, 4, 2}));
  EXPECT_EQ(source.info().frames, 2);
  EXPECT_EQ(read<std::int16_t>(source, {{1, 2, 0}, {2, 1, 2}}, 1), (std::vector<std::int16_t>{1233, 1235, 1533, 1535}));
  std::vector<Region> filled;
  std::vector<std::int16_t> out(4);
  JobContext job;
  source.read(
      {{{1, 2, 0}, {2, 1, 2}}, 0}, std::as_writable_bytes(std::span(out)),
      [&](const Region& part) { filled.push_back(part); }, job);
  EXPECT_EQ(filled, (std::vector<Region>{{{1, 2, 0}, {2, 1, 1}}, {{1, 2, 1}, {2, 1, 1}}}));
}

TEST(ReducedSource, SlicesKeepTheirOwnScales) {
  VolumeInfo info = digits<std::int16_t>()->info();
  std::vector<LinearScale> scales;
  for (int k = 0; k < 6; ++k) scales.push_back({1.0 + k, 0});
  info.scale = ValueScale(scales);
  const VolumeInfo out = reducedInfo({{{0, 0, 1}, {7, 5, 5}}, {1, 1, 2}, false}, info);
  ASSERT_EQ(out.geometry.size[2], 3);
  EXPECT_EQ(out.scale.at(0, 2, 3).slope, 6);
  EXPECT_THROW((void)reducedInfo({{}, {1, 1, 2}, true}, info), Error);
  EXPECT_NO_THROW((void)reducedInfo({{}, {2, 2, 1}, true}, info));
}

TEST(ReducedSource, SaysThatNotEverythingIsThereAndRefusesWhatDoesNotFit) {
  const VolumeInfo info = digits<std::int16_t>()->info();
  EXPECT_EQ(reducedInfo({{}, {2, 2, 2}, true}, info).warnings.size(), info.warnings.size() + 1);
  EXPECT_THROW((void)reducedInfo({{{0, 0, 0}, {8, 5, 6}}, {1, 1, 1}, false}, info), Error);
  EXPECT_THROW((void)reducedInfo({{}, {0, 1, 1}, false}, info), Error);
  EXPECT_EQ(reducedInfo({{}, {100, 100, 100}, false}, info).geometry.size, (Index3{1, 1, 1}));
}

}  // namespace
}  // namespace voxmark
