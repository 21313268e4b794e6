#include "core/backend/plan_source.h"

#include "tests/core/backend/backend_test_support.h"

namespace voxmark {
namespace {

using testing::makeVolume;
using testing::process;
using testing::sized;

std::vector<std::byte> part(PlanSource& source, const Region& region) {
  std::vector<std::byte> out(static_cast<std::size_t>(region.voxels()) * source.info().voxelBytes());
  JobContext job;
  source.read({region, 0}, out, {}, job);
  return out;
}

std::vector<std::byte> part(const Volume& volume, const Region& region) {
  std::vector<std::byte> out(static_cast<std::size_t>(region.voxels()) * volume.info().voxelBytes());
  copyRegion(volume, {region, 0}, out);
  return out;
}

/// Counts what is read of another source.
class CountingSource final : public VolumeSource {
 public:
  explicit CountingSource(VolumePtr volume) : inner_(std::move(volume)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return inner_.info(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& filled,
            JobContext& job) override {
    voxels += request.region.voxels();
    inner_.read(request, target, filled, job);
  }
  std::int64_t voxels = 0;

 private:
  MemorySource inner_;
};

TEST(PlanSource, OneSliceAlongAnyAxisIsThatOfTheWholeResult) {
  const auto volume = makeVolume<std::int16_t>(sized({19, 17, 13}), [](std::uint64_t n) { return (n * 37) % 501; });
  const Pipeline pipelines[] = {{Normalize{NormalizeMethod::ZScore}, Cast{PixelType::F16}},
                                {Smooth{1.2}, Normalize{NormalizeMethod::Percentile, 2, 98, false}},
                                {Crop{{{2, 1, 3}, {11, 12, 8}}}, Reorient{"ASL"}, Cast{PixelType::U8}},
                                {Resample{Vec3{0.7, 0.9, 1.1}, {}, {}, {}, Interpolation::Cubic, 0}, Clamp{10, 300}}};
  for (const Pipeline& pipeline : pipelines) {
    const auto whole = process(volume, pipeline);
    MemorySource input(volume);
    JobContext job;
    PlanSource source(plan(pipeline, volume->info()), input, 1, job);
    const Index3& size = whole->geometry().size;
    ASSERT_EQ(source.info().geometry, whole->geometry());
    for (std::size_t a = 0; a < 3; ++a) {
      Region slice = wholeOf(size);
      slice.start[a] = size[a] / 3;
      slice.size[a] = 1;
      EXPECT_EQ(part(source, slice), part(*whole, slice)) << describe(pipeline.front()) << " along " << a;
    }
  }
}

TEST(PlanSource, ASliceReadsAsMuchAsItNeeds) {
  const auto volume = makeVolume<std::int16_t>(sized({40, 40, 40}), [](std::uint64_t n) { return n % 100; });
  CountingSource input(volume);
  JobContext job;
  PlanSource source(plan({Clamp{5, 50}, Cast{PixelType::U8}}, volume->info()), input, 1, job);
  EXPECT_EQ(input.voxels, 0);
  (void)part(source, {{0, 0, 20}, {40, 40, 1}});
  EXPECT_EQ(input.voxels, 1600);
}

TEST(PlanSource, WhatTheWholeMustTellIsMeasuredOnce) {
  const auto volume = makeVolume<std::int16_t>(sized({10, 10, 10}), [](std::uint64_t n) { return n % 100; });
  CountingSource input(volume);
  JobContext job;
  PlanSource source(plan({Normalize{NormalizeMethod::ZScore}}, volume->info()), input, 1, job);
  const std::int64_t measured = input.voxels;
  EXPECT_GE(measured, 1000);
  (void)part(source, {{0, 0, 2}, {10, 10, 1}});
  (void)part(source, {{0, 0, 5}, {10, 10, 1}});
  EXPECT_EQ(input.voxels, measured + 200);
}

TEST(PlanSource, TellsWhatStepsLoseInTheSlicesThatWereRead) {
  const auto volume = makeVolume<std::int16_t>(sized({10, 10, 10}), [](std::uint64_t n) { return n; });
  MemorySource input(volume);
  JobContext job;
  PlanSource source(plan({Clamp{0, 950}, Cast{PixelType::U8}}, volume->info()), input, 1, job);
  (void)part(source, {{0, 0, 0}, {10, 10, 1}});
  std::vector<StepLoss> losses = source.losses();
  ASSERT_EQ(losses.size(), 2U);
  EXPECT_EQ(losses[0].step, 0U);
  EXPECT_EQ(losses[0].loss.clipped, 0U);
  EXPECT_EQ(losses[1].loss.clipped, 0U);
  EXPECT_EQ(losses[1].loss.count, 100U);
  (void)part(source, {{0, 0, 9}, {10, 10, 1}});  // 900 to 999 become 950 at most, and 255
  losses = source.losses();
  EXPECT_EQ(losses[0].loss.clipped, 49U);
  EXPECT_EQ(losses[0].loss.maxAbsError, 49);
  EXPECT_EQ(losses[1].loss.clipped, 100U);
  EXPECT_EQ(losses[1].loss.maxAbsError, 950 - 255);
}

}  // namespace
}  // namespace voxmark
