// Steps that name files, and what they find there.
#include "core/backend/references.h"

#include <nlohmann/json.hpp>

#include "core/ops/statistics.h"
#include "core/ops/voxel_mask.h"
#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

std::shared_ptr<Volume> ramp(const Index3& size) {
  return makeVolume<std::int16_t>(sized(size), [](std::uint64_t n) { return static_cast<int>(n % 500) - 50; });
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
  VolumeInfo shifted = sized({10, 10, 5});
  shifted.geometry.origin[1] += shifted.geometry.spacing[1] / 2;
  const auto mask = makeVolume<std::uint8_t>(shifted, [](std::uint64_t) { return 1; });
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

/// Statistics of the voxels that a mask marks, whatever the steps before have cut off and turned.
TEST(References, MasksFollowTheVoxelsThroughCropsAndTurns) {
  const auto volume = ramp({10, 10, 5});
  const auto marks = [](std::uint64_t n) { return n % 10 >= 4 && n % 3 == 0 ? 1 : 0; };
  const auto mask = makeVolume<std::uint8_t>(sized({10, 10, 5}), marks);
  const Region box{{3, 2, 1}, {6, 7, 3}};
  Normalize inMask;
  inMask.mask = "mask";
  Pipeline pipeline{Crop{box}, Reorient{"SRA"}, inMask};
  MemorySource source(volume);
  JobContext job;
  resolveReferences(
      pipeline, source, [&](const std::string&) { return std::make_unique<MemorySource>(mask); }, job);
  double sum = 0, squares = 0, count = 0;
  for (std::int64_t k = 1; k < 4; ++k) {
    for (std::int64_t j = 2; j < 9; ++j) {
      for (std::int64_t i = 3; i < 9; ++i) {
        if (marks(static_cast<std::uint64_t>(i + 10 * (j + 10 * k))) == 0) continue;
        const double value = volume->valueAt(0, {i, j, k});
        sum += value;
        squares += value * value;
        ++count;
      }
    }
  }
  const double mean = sum / count, deviation = std::sqrt(squares / count - mean * mean);
  EXPECT_EQ(static_cast<double>(std::get<Normalize>(pipeline[2]).voxels->count()), count);
  const auto result = process(volume, pipeline);
  Statistics expected;
  JobContext quiet;
  MemorySource found(result);
  expected = computeStatistics(found, {}, quiet);
  MemorySource cropped(process(volume, {Crop{box}}));
  const Statistics before = computeStatistics(cropped, {}, quiet);
  EXPECT_NEAR(expected.max, (before.max - mean) / deviation, 1e-5);
  EXPECT_NEAR(expected.min, (before.min - mean) / deviation, 1e-5);
}

TEST(References, CropToAMaskFollowsACropBeforeIt) {
  const auto volume = ramp({10, 10, 5});
  const auto mask = makeVolume<std::uint8_t>(
      sized({10, 10, 5}), [](std::uint64_t n) { return n % 10 >= 2 && n % 10 < 6 && n / 100 >= 1 ? 1 : 0; });
  Pipeline pipeline{Crop{{{4, 0, 0}, {6, 10, 3}}}, CropToMask{"mask", {}, {}}};
  MemorySource source(volume);
  JobContext job;
  resolveReferences(
      pipeline, source, [&](const std::string&) { return std::make_unique<MemorySource>(mask); }, job);
  const auto result = process(volume, pipeline);
  EXPECT_EQ(result->geometry().size, (Index3{2, 10, 2}));
  EXPECT_EQ(result->valueAt(0, {0, 0, 0}), volume->valueAt(0, {4, 0, 1}));
}

TEST(References, AMaskWithoutAVoxelIsRefusedAndNotANumberIsNone) {
  const auto volume = ramp({10, 10, 5});
  JobContext job;
  for (const float value : {0.0F, std::numeric_limits<float>::quiet_NaN()}) {
    const auto mask = makeVolume<float>(sized({10, 10, 5}), [&](std::uint64_t) { return value; });
    const auto open = [&](const std::string&) { return std::make_unique<MemorySource>(mask); };
    Normalize step;
    step.mask = "mask";
    for (Pipeline pipeline : {Pipeline{step}, Pipeline{CropToMask{"mask", {}, {}}}}) {
      MemorySource source(volume);
      EXPECT_THROW(resolveReferences(pipeline, source, open, job), Error) << value;
    }
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
