#include "gpu/cuda_backend.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/trace/counters.h"
#include "tests/gpu/random_volume.h"

// Runs only where there is a device: every pipeline of the tests, there and on the CPU.
namespace voxmark::gpu {
namespace {

class CudaBackendTest : public testing::Test {
 protected:
  void SetUp() override {
    const DeviceList list = listDevices();
    for (const Device& device : list.devices) {
      if (!device.reason.empty()) continue;
      backend_ = makeCudaBackend(device, list.driver, list.runtime);
      return;
    }
    GTEST_SKIP() << "no CUDA device can be used: "
                 << (list.devices.empty() ? list.reason : list.devices.front().reason);
  }

  void expectAsOnCpu(const RandomVolume& kind) {
    const VolumePtr input = makeVolume(kind);
    const auto cpu = makeCpuBackend();
    for (const NamedPipeline& pipeline : pipelines()) {
      SCOPED_TRACE(pipeline.name + " of " + std::string(pixelTypeName(kind.type)));
      const Plan made = plan(pipeline.steps, input->info());
      const Region whole = wholeOf(made.output.geometry.size);
      const Outcome expected = runOn(*cpu, made, input, whole);
      const Outcome found = runOn(*backend_, made, input, whole);
      expectClose(*expected.volume, *found.volume);
      EXPECT_EQ(found.report.loss.count, expected.report.loss.count);
    }
  }

  /// Means and deviations differ in their last digits, so floats may too, and a rounding may fall the other way.
  static void expectClose(const Volume& expected, const Volume& found) {
    ASSERT_EQ(found.info().pixelType, expected.info().pixelType);
    ASSERT_EQ(found.info().geometry, expected.info().geometry);
    const Index3& size = expected.geometry().size;
    const bool whole = isInteger(expected.info().pixelType);
    for (std::int64_t frame = 0; frame < expected.info().frames; ++frame) {
      for (std::int64_t n = 0; n < expected.info().voxelsPerFrame(); ++n) {
        const Index3 voxel{n % size[0], n / size[0] % size[1], n / (size[0] * size[1])};
        for (int c = 0; c < expected.info().components; ++c) {
          const double want = expected.valueAt(frame, voxel, c);
          const double have = found.valueAt(frame, voxel, c);
          if (std::isnan(want) && std::isnan(have)) continue;
          ASSERT_NEAR(have, want, whole ? 1 : 1e-6 * (1 + std::abs(want)));
        }
      }
    }
  }

  std::shared_ptr<Backend> backend_;
};

TEST_F(CudaBackendTest, GivesTheValuesOfTheCpuForEveryType) {
  for (const PixelType type : kAllPixelTypes) expectAsOnCpu({.type = type});
}

TEST_F(CudaBackendTest, GivesTheValuesOfTheCpuForVectorsFramesAndSlicesWithScales) {
  expectAsOnCpu({.type = PixelType::U8, .components = 3});
  expectAsOnCpu({.type = PixelType::I16, .frames = 3, .scalePerSlice = true});
}

TEST_F(CudaBackendTest, RepeatsItselfBitForBit) {
  const VolumePtr input = makeVolume({.type = PixelType::F32, .size = {70, 61, 53}});
  const Plan made = plan({Normalize{}}, input->info());
  const Region whole = wholeOf(input->geometry().size);
  const auto first = bytesOf(*runOn(*backend_, made, input, whole).volume);
  for (int run = 0; run < 3; ++run) EXPECT_EQ(bytesOf(*runOn(*backend_, made, input, whole).volume), first);
}

TEST_F(CudaBackendTest, UploadsTheVoxelsOnceForStatisticsAndResult) {
  const VolumePtr input = makeVolume({.type = PixelType::I16, .size = {64, 64, 64}});
  const Plan made = plan({Normalize{}}, input->info());
  const auto before = trace::snapshot();
  static_cast<void>(runOn(*backend_, made, input, wholeOf(input->geometry().size)));
  const auto used = trace::snapshot() - before;
  const std::uint64_t voxels = input->info().totalBytes();
  EXPECT_GE(used.bytesUploaded, voxels);
  EXPECT_LT(used.bytesUploaded, voxels + 4096);  // and the tables of scales
}

TEST_F(CudaBackendTest, StopsWhenCancelled) {
  const VolumePtr input = makeVolume({});
  const Plan made = plan({Normalize{}}, input->info());
  MemorySource source(input);
  MemorySink sink;
  JobContext job;
  job.token()->cancel();
  EXPECT_THROW(backend_->execute(made, source, sink, wholeOf(input->geometry().size), job), Cancelled);
}

}  // namespace
}  // namespace voxmark::gpu
