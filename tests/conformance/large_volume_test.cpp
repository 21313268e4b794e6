// Volumes of more voxels than 2^31, made while they are read; and how much memory operations take.
#include <algorithm>
#include <cstring>

#include <gtest/gtest.h>

#include "core/backend/backend.h"
#include "core/memory/buffer_pool.h"
#include "core/ops/statistics.h"
#include "tests/conformance/operation_cases.h"
#include "tests/support/counted_heap.h"

namespace voxmark::testing {
namespace {

/// Slice k holds the value k % 251 everywhere.
class TallSource final : public VolumeSource {
 public:
  explicit TallSource(const Index3& size) {
    info_.pixelType = PixelType::U8;
    info_.geometry.size = size;
  }
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback&, JobContext&) override {
    checkRequest(request, target);
    const auto slice = static_cast<std::size_t>(request.region.size[0] * request.region.size[1]);
    for (std::int64_t k = 0; k < request.region.size[2]; ++k) {
      std::memset(target.data() + static_cast<std::size_t>(k) * slice,
                  static_cast<int>((request.region.start[2] + k) % 251), slice);
    }
  }

 private:
  VolumeInfo info_;
};

/// Looks at one voxel of every slice that comes, and keeps none.
class ProbeSink final : public VolumeSink {
 public:
  void begin(const VolumeInfo& info) override { info_ = info; }
  void write(const Region& region, std::int64_t, std::span<const std::byte> voxels, JobContext&) override {
    const auto slice = static_cast<std::size_t>(region.size[0] * region.size[1]);
    for (std::int64_t k = 0; k < region.size[2]; ++k) {
      probes.push_back(static_cast<int>(voxels[static_cast<std::size_t>(k) * slice + slice / 2]));
    }
    count += static_cast<std::uint64_t>(region.voxels());
  }
  void finish(JobContext&) override {}

  std::vector<int> probes;
  std::uint64_t count = 0;

 private:
  VolumeInfo info_;
};

constexpr Index3 kTall{1024, 1021, 2061};  // 2,154,798,… voxels: above 2^31

TEST(LargeVolumes, StreamThroughCropFlipAndCastSlabBySlab) {
  TallSource source(kTall);
  ASSERT_GT(wholeOf(kTall).voxels(), std::int64_t{1} << 31);
  ProbeSink sink;
  JobContext job;
  BufferPool::global().trim();
  BufferPool::global().resetHighWater();
  const Plan steps = plan({Reorient{"LPI"}, Clamp{0, 100}}, source.info());
  const ExecutionReport report =
      makeCpuBackend(2)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  ASSERT_EQ(sink.count, static_cast<std::uint64_t>(wholeOf(kTall).voxels()));
  for (std::int64_t k = 0; k < kTall[2]; ++k) {
    ASSERT_EQ(sink.probes.at(static_cast<std::size_t>(k)), std::min<std::int64_t>(100, (kTall[2] - 1 - k) % 251)) << k;
  }
  std::uint64_t clipped = 0;
  for (std::int64_t k = 0; k < kTall[2]; ++k) clipped += k % 251 > 100 ? 1 : 0;
  EXPECT_EQ(report.loss.clipped, clipped * static_cast<std::uint64_t>(kTall[0] * kTall[1]));
  EXPECT_LT(BufferPool::global().usage().highWater, std::uint64_t{256} << 20);
}

TEST(LargeVolumes, HaveExactStatistics) {
  TallSource source(kTall);
  StatisticsRequest request;
  request.percentiles = {0, 50, 100};
  JobContext job;
  const Statistics found = computeStatistics(source, request, job);
  EXPECT_EQ(found.count, static_cast<std::uint64_t>(wholeOf(kTall).voxels()));
  std::vector<double> values;
  double sum = 0;
  for (std::int64_t k = 0; k < kTall[2]; ++k) values.push_back(static_cast<double>(k % 251));
  for (const double v : values) sum += v;
  std::sort(values.begin(), values.end());
  EXPECT_NEAR(found.mean, sum / static_cast<double>(values.size()), 1e-10);
  EXPECT_EQ(found.percentiles.at(1).second, values[values.size() / 2]);
  EXPECT_EQ(found.max, 250);
}

TEST(LargeVolumes, ShowOneSliceWithoutTheOthers) {
  TallSource source(kTall);
  MemorySink sink;
  JobContext job;
  const Plan steps = plan({ScaleShift{2, 1}}, source.info());
  (void)makeCpuBackend(1)->execute(steps, source, sink, {{0, 0, 2060}, {1024, 1021, 1}}, job);
  EXPECT_EQ(sink.take()->valueAt(0, {1023, 1020, 0}), 2 * (2060 % 251) + 1);
}

/// Operations on a volume in memory, that is large enough for slabs not to hide in it.
TEST(Memory, NoOperationTakesMoreThanItsResultAndFivePercent) {
  const auto volume = randomVolume(PixelType::F32, {191, 181, 157}, true);
  for (const OperationCase& one : operationCases(*volume)) {
    if (std::holds_alternative<CropToMask>(one.operation)) continue;  // its box is a made one
    MemorySource source(volume);
    MemorySink sink;
    JobContext job;
    const Plan steps = plan({one.operation}, volume->info());
    BufferPool::global().trim();  // else a larger buffer that is there may serve
    BufferPool::global().resetHighWater();
    resetHeapHighWater();
    const std::uint64_t before = BufferPool::global().usage().inUse + heapUsage().inUse;
    (void)makeCpuBackend(2)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
    const std::uint64_t taken = BufferPool::global().usage().highWater + heapUsage().highWater - before;
    const auto output = static_cast<double>(steps.output.totalBytes());
    // The pool hands out whole pages; each thread has a little of its own, whatever the size of the volume.
    EXPECT_LE(static_cast<double>(taken), 1.05 * output + (2 << 20)) << one.name;
  }
}

}  // namespace
}  // namespace voxmark::testing
