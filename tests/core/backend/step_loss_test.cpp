// What each step of a pipeline loses, in whichever pass it is; and steps that name files.
#include <nlohmann/json.hpp>

#include "core/backend/references.h"
#include "core/ops/voxel_mask.h"
#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

std::shared_ptr<Volume> ramp(const Index3& size) {
  return makeVolume<std::int16_t>(sized(size), [](std::uint64_t n) { return static_cast<int>(n % 500) - 50; });
}

std::uint64_t outside(const Volume& volume, double low, double high) {
  std::uint64_t out = 0;
  const auto count = static_cast<std::size_t>(wholeOf(volume.geometry().size).voxels());
  const auto* data = reinterpret_cast<const std::int16_t*>(volume.frameData(0));
  for (std::size_t n = 0; n < count; ++n) out += data[n] < low || data[n] > high ? 1 : 0;
  return out;
}

TEST(StepLoss, OfCastsInEarlierPassesCountsEachVoxelOnce) {
  const auto volume = ramp({7, 6, 40});
  Resample finer;
  finer.shape = Index3{14, 6, 80};
  ExecutionReport report;
  const Pipeline pipeline{Cast{PixelType::U8}, finer, Reorient{"LPI"}, Normalize{}, Cast{PixelType::I8}};
  (void)process(volume, pipeline, 2, {}, &report);
  ASSERT_EQ(report.steps.size(), 2U);
  EXPECT_EQ(report.steps[0].step, 0U);
  EXPECT_EQ(report.steps[0].loss.count, 7U * 6 * 40);
  EXPECT_EQ(report.steps[0].loss.clipped, outside(*volume, 0, 255));
  EXPECT_EQ(report.steps[0].loss.maxAbsError, 449 - 255);
  EXPECT_EQ(report.steps[1].step, 4U);
  EXPECT_EQ(report.steps[1].loss.count, 14U * 6 * 80);
  EXPECT_GT(report.steps[1].loss.maxAbsError, 0.1);
  EXPECT_EQ(report.loss.clipped, report.steps[0].loss.clipped + report.steps[1].loss.clipped);
}

TEST(StepLoss, OfClampsIsTheDistance) {
  const auto volume = ramp({9, 8, 70});
  for (const Pipeline& pipeline : {Pipeline{Clamp{10, 400}}, Pipeline{ScaleShift{1, 0}, Clamp{10, 400}}}) {
    ExecutionReport report;
    (void)process(volume, pipeline, 1, {}, &report);
    ASSERT_EQ(report.steps.size(), 1U);
    EXPECT_EQ(report.steps[0].loss.clipped, outside(*volume, 10, 400));
    EXPECT_EQ(report.steps[0].loss.maxAbsError, 60);
    EXPECT_EQ(report.steps[0].loss.low, -50);
  }
}

TEST(References, GiveMasksTheirVoxelsAndHistogramsTheirQuantiles) {
  const auto volume = ramp({10, 10, 5});
  const auto reference = makeVolume<float>(sized({4, 5, 6}), [](std::uint64_t n) { return static_cast<float>(n); });
  const auto mask = makeVolume<std::uint8_t>(sized({10, 10, 5}), [](std::uint64_t n) { return n < 100 ? 3 : 0; });
  Normalize inMask;
  inMask.mask = "mask";
  Pipeline pipeline{inMask, HistogramMatch{"reference", {}, false}};
  MemorySource source(volume);
  JobContext job;
  EXPECT_THROW((void)plan(pipeline, volume->info()), Error);  // nothing is known of the files yet
  resolveReferences(
      pipeline, source,
      [&](const std::string& path) {
        return std::make_unique<MemorySource>(path == "mask" ? VolumePtr(mask) : reference);
      },
      job);
  EXPECT_EQ(std::get<Normalize>(pipeline[0]).voxels->count(), 100U);
  const auto& landmarks = std::get<HistogramMatch>(pipeline[1]).landmarks;
  ASSERT_EQ(landmarks.size(), 101U);
  EXPECT_NEAR(landmarks[50].value, 59.5, 1e-9);
  const auto zscored = process(volume, {pipeline[0]});
  EXPECT_NEAR(zscored->valueAt(0, {0, 0, 0}), -49.5 / std::sqrt((100.0 * 100 - 1) / 12), 1e-6);  // of 0 … 99
  const auto matched = process(volume, pipeline);
  EXPECT_NEAR(matched->valueAt(0, {0, 0, 0}), 0, 1e-4);
  EXPECT_NEAR(matched->valueAt(0, {9, 9, 4}), 119, 1e-4);
}

TEST(References, RefuseAMaskOnAnotherGrid) {
  const auto volume = ramp({10, 10, 5});
  const auto mask = makeVolume<std::uint8_t>(sized({10, 10, 6}), [](std::uint64_t) { return 1; });
  Normalize step;
  step.mask = "other.nii";
  Pipeline pipeline{step};
  MemorySource source(volume);
  JobContext job;
  resolveReferences(
      pipeline, source, [&](const std::string&) { return std::make_unique<MemorySource>(mask); }, job);
  try {
    (void)plan(pipeline, volume->info());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("other.nii"), std::string::npos) << error.what();
  }
}

TEST(HistogramMatching, IsWrittenAsJson) {
  Normalize step;
  step.mask = "brain.nii";
  const Pipeline pipeline{HistogramMatch{"a.nii", {}, true}, HistogramMatch{"", {{0, 1}, {100, 5.5}}, false}, step};
  EXPECT_EQ(pipelineFromJson(nlohmann::json::parse(toJson(pipeline).dump())), pipeline);
  EXPECT_THROW((void)operationFromJson({{"op", "match"}, {"landmarks", {1, 2}}}), Error);
  EXPECT_THROW((void)plan({HistogramMatch{"", {{0, 1}, {100, 0}}, false}}, sized({2, 2, 2})), Error);
}

}  // namespace
}  // namespace voxmark::testing
