#include "gpu/pass_parameters.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/gpu/random_volume.h"

// The kernels' bodies, run by the host one element after another on what the planner makes, against the CPU backend.
namespace voxmark::gpu {
namespace {

struct Emulated {
  std::vector<std::byte> bytes;
  LossCell loss;
};

std::vector<std::byte> boxOf(const Volume& volume, const Region& box, std::int64_t frame) {
  std::vector<std::byte> out(static_cast<std::size_t>(box.voxels()) * volume.info().voxelBytes());
  copyRegion(volume, {box, frame}, out);
  return out;
}

ValueChain chainOf(const Plan& plan, const VolumePtr& input) {
  MemorySource source(input);
  JobContext job;
  return resolveValues(plan, plan.passes.front(), source, 1, job);
}

Emulated emulate(const Plan& plan, const VolumePtr& input, const Region& region) {
  const Pass& pass = plan.passes.front();
  const Region held = neededInput(pass, region);
  const PassParameters parameters = transformParameters(pass, chainOf(plan, input), region, held);
  Emulated out;
  for (std::int64_t frame = 0; frame < pass.input.frames; ++frame) {
    const std::int64_t sourceFrame = plan.firstFrame() + frame;
    const std::vector<std::byte> voxels = boxOf(*input, held, sourceFrame);
    const std::vector<LinearScale> scales = frameScales(pass, sourceFrame);
    std::vector<std::byte> result(static_cast<std::size_t>(region.voxels()) * pass.output.voxelBytes());
    for (std::int64_t n = 0; n < parameters.gather.elements(); ++n) {
      transformElement(parameters, scales.data(), voxels.data(), result.data(), n,
                       static_cast<int>(voxmark::bytesOf(pass.input.pixelType)), out.loss);
    }
    out.bytes.insert(out.bytes.end(), result.begin(), result.end());
  }
  return out;
}

void expectAsOnCpu(const RandomVolume& kind, std::optional<std::int64_t> frame = std::nullopt) {
  const VolumePtr input = makeVolume(kind);
  const auto cpu = makeCpuBackend(1);
  for (const NamedPipeline& pipeline : pipelines()) {
    SCOPED_TRACE(pipeline.name + " of " + std::string(pixelTypeName(kind.type)));
    const Plan made = plan(pipeline.steps, input->info(), frame);
    const Region whole = wholeOf(made.output.geometry.size);
    Region part = whole;
    part.start = {1, 0, 1};
    for (std::size_t a = 0; a < 3; ++a) part.size[a] -= part.start[a];
    for (const Region& region : {whole, part}) {
      const Outcome expected = runOn(*cpu, made, input, region);
      const Emulated found = emulate(made, input, region);
      ASSERT_EQ(found.bytes, bytesOf(*expected.volume));
      EXPECT_EQ(found.loss.clipped, expected.report.loss.clipped);
      EXPECT_EQ(found.loss.count, expected.report.loss.count);
      EXPECT_EQ(found.loss.maxAbsError, expected.report.loss.maxAbsError);
      EXPECT_NEAR(found.loss.sumAbsError, expected.report.loss.sumAbsError,
                  1e-5 * (1 + expected.report.loss.sumAbsError));
    }
  }
}

class EveryStoredType : public testing::TestWithParam<PixelType> {};

TEST_P(EveryStoredType, PipelinesGiveTheBytesOfTheCpu) {
  expectAsOnCpu({.type = GetParam()});
}

INSTANTIATE_TEST_SUITE_P(PassParameters, EveryStoredType, testing::ValuesIn(kAllPixelTypes),
                         [](const auto& one) { return std::string(pixelTypeName(one.param)); });

TEST(PassParameters, ComponentsStayTogether) {
  expectAsOnCpu({.type = PixelType::U8, .components = 3});
}

TEST(PassParameters, EverySliceOfEveryFrameHasItsOwnScale) {
  expectAsOnCpu({.type = PixelType::I16, .frames = 3, .scalePerSlice = true});
}

TEST(PassParameters, OneFrameOfSeveral) {
  expectAsOnCpu({.type = PixelType::U16, .frames = 3, .scalePerSlice = true}, 2);
  expectAsOnCpu({.type = PixelType::F32, .frames = 3}, 1);
}

TEST(PassParameters, MeasuresWhatTheCoreMeasures) {
  const VolumePtr input = makeVolume({.type = PixelType::I16, .scalePerSlice = true});
  const Plan made = plan({Crop{{{1, 2, 1}, {5, 3, 4}}}, Reorient{"RAS"}, Clamp{-5000, 9000},
                          Normalize{NormalizeMethod::ZScore, 0, 0, true}},
                         input->info());
  const Pass& pass = made.passes.front();
  ASSERT_EQ(pass.values.size(), 2U);
  const ValueStep& step = pass.values[1];
  const Region held = neededInput(pass, wholeOf(made.output.geometry.size));
  EXPECT_EQ(held, (Region{{1, 2, 1}, {5, 3, 4}}));
  const ValueChain before{{ResolvedStep::Kind::Clamp, -5000, 9000, 0, {}}};
  const PassParameters parameters = measureParameters(pass, before, step.domain, held);
  const std::vector<std::byte> voxels = boxOf(*input, held, 0);
  const std::vector<LinearScale> scales = frameScales(pass, 0);
  MomentsCell cell;
  for (std::int64_t n = 0; n < parameters.gather.elements(); ++n) {
    cell.add(valueOf(parameters, scales.data(), voxels.data(), n, nullptr), true);
  }
  MemorySource source(input);
  JobContext job;
  const Statistics expected = measureOnHost(made, step, before, source, 1, job);
  const Statistics found = toStatistics(cell);
  ASSERT_GT(expected.count, 20U);
  EXPECT_EQ(found.count, expected.count);
  EXPECT_EQ(found.min, expected.min);
  EXPECT_EQ(found.max, expected.max);
  EXPECT_NEAR(found.mean, expected.mean, 1e-12 * std::abs(expected.mean));
  EXPECT_NEAR(found.std, expected.std, 1e-12 * expected.std);
}

TEST(PassParameters, StatisticsOfAWiderBoxThanTheResultAreKeptAtHand) {
  const VolumePtr input = makeVolume({});
  const Plan made =
      plan({Normalize{NormalizeMethod::MinMax, 0, 0, false}, Crop{{{2, 2, 2}, {1, 1, 1}}}}, input->info());
  EXPECT_EQ(neededInput(made.passes.front(), wholeOf({1, 1, 1})), wholeOf({7, 6, 5}));
  const Plan ranked =
      plan({Normalize{NormalizeMethod::Percentile, 1, 99, false}, Crop{{{2, 2, 2}, {1, 1, 1}}}}, input->info());
  EXPECT_EQ(neededInput(ranked.passes.front(), wholeOf({1, 1, 1})), (Region{{2, 2, 2}, {1, 1, 1}}));
}

TEST(PassParameters, TooManyStepsAreRefusedInWords) {
  const VolumePtr input = makeVolume({});
  const Pipeline many(kMaxSteps + 1, ScaleShift{2, 1});
  const Plan made = plan(many, input->info());
  const Region whole = wholeOf(input->geometry().size);
  try {
    static_cast<void>(transformParameters(made.passes.front(), chainOf(made, input), whole, whole));
    FAIL() << "expected an Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
    EXPECT_NE(std::string(error.what()).find("found 25"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace voxmark::gpu
