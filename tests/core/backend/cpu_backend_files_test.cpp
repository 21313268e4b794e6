// Plans that run from sources that are not in memory, and into sinks that fail.
#include <atomic>

#include "tests/core/backend/backend_test_support.h"

namespace voxmark::testing {
namespace {

/// A volume that is not resident: each read is a copy, and is counted.
class CountingSource final : public VolumeSource {
 public:
  explicit CountingSource(VolumePtr volume) : inner_(std::move(volume)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return inner_.info(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    voxels += request.region.voxels();
    if (failAfter >= 0 && voxels > failAfter) throw Error(ErrorCode::Truncated, "v.nii: it ends");
    inner_.read(request, target, onFilled, job);
  }
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return {"a checksum is wrong"}; }
  std::int64_t voxels = 0;
  std::int64_t failAfter = -1;

 private:
  MemorySource inner_;
};

/// A sink that takes slabs one by one and offers no room of its own.
class SlabSink final : public VolumeSink {
 public:
  void begin(const VolumeInfo& given) override { info = given; }
  void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext&) override {
    EXPECT_EQ(frame * info.geometry.size[2] + region.start[2], slices);  // rising, without gaps
    EXPECT_EQ(region.start[0], 0);
    EXPECT_EQ(region.size[1], info.geometry.size[1]);
    slices += region.size[2];
    bytes.insert(bytes.end(), voxels.begin(), voxels.end());
    if (full) throw Error(ErrorCode::Io, "the disk is full");
  }
  void finish(JobContext&) override { finished = true; }
  VolumeInfo info;
  std::vector<std::byte> bytes;
  std::int64_t slices = 0;
  bool finished = false;
  bool full = false;
};

std::shared_ptr<Volume> ramp() {
  return makeVolume<std::int16_t>(sized({8, 7, 6}, 1, 2), [](std::uint64_t n) { return int(n % 500); });
}

struct Streamed {
  CountingSource source{ramp()};
  SlabSink sink;
  JobContext job;
  ExecutionReport operator()(const Pipeline& pipeline, std::optional<std::int64_t> frame = std::nullopt) {
    const Plan steps = plan(pipeline, source.info(), frame);
    return makeCpuBackend(2)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  }
};

TEST(CpuBackendFiles, ASinkGetsConsecutiveSlabsWithTheSameBytesAsAVolume) {
  const Pipeline pipeline{Crop{{{1, 2, 3}, {5, 4, 3}}}, ScaleShift{2, 1}, Cast{PixelType::I32}};
  Streamed run;
  const ExecutionReport report = run(pipeline);
  EXPECT_TRUE(run.sink.finished);
  const auto expected = process(ramp(), pipeline);
  ASSERT_EQ(run.sink.bytes.size(), expected->info().totalBytes());
  EXPECT_EQ(std::memcmp(run.sink.bytes.data(), expected->frameData(0), run.sink.bytes.size()), 0);
  EXPECT_EQ(report.warnings, std::vector<std::string>{"a checksum is wrong"});
}

/// A file whose parts may be read by several threads at once.
class PartsSource final : public VolumeSource {
 public:
  explicit PartsSource(VolumePtr volume) : inner_(std::move(volume)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return inner_.info(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    ++reads;
    if (request.region.contains(bad)) throw Error(ErrorCode::Truncated, "v.nii: it ends");
    inner_.read(request, target, onFilled, job);
  }
  [[nodiscard]] bool partsStandAlone() const override { return true; }
  std::atomic<int> reads{0};
  Index3 bad{-1, -1, -1};

 private:
  MemorySource inner_;
};

TEST(CpuBackendFiles, SlabsReadByThreadsOfTheirOwnGiveTheSameBitsAndLosses) {
  const auto volume = makeVolume<std::int16_t>(sized({640, 480, 37}, 1, 2),
                                               [](std::uint64_t n) { return static_cast<int>(n * 2654435761U >> 16); });
  const Pipeline pipelines[] = {
      {Cast{PixelType::F32}}, {Cast{PixelType::U8}}, {ScaleShift{0.37, 11}, Cast{PixelType::BF16}}};
  for (const Pipeline& pipeline : pipelines) {
    ExecutionReport alone;
    const auto expected = process(volume, pipeline, 1, {}, &alone);
    PartsSource source(volume);
    MemorySink sink;
    JobContext job;
    const Plan steps = plan(pipeline, source.info());
    const auto report = makeCpuBackend(3)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
    const auto found = sink.take();
    EXPECT_GT(source.reads, 4);  // in more than one part a frame
    for (std::int64_t frame = 0; frame < 2; ++frame) {
      EXPECT_EQ(std::memcmp(found->frameData(frame), expected->frameData(frame), expected->info().frameBytes()), 0);
    }
    EXPECT_EQ(report.loss.clipped, alone.loss.clipped);
    EXPECT_EQ(report.loss.count, alone.loss.count);
    EXPECT_EQ(report.loss.maxAbsError, alone.loss.maxAbsError);
  }
}

TEST(CpuBackendFiles, APartThatCannotBeReadEndsTheRun) {
  PartsSource source(makeVolume<std::int16_t>(sized({640, 480, 37}), [](std::uint64_t n) { return int(n % 500); }));
  source.bad = {0, 0, 30};
  MemorySink sink;
  JobContext job;
  const Plan steps = plan({Cast{PixelType::F32}}, source.info());
  EXPECT_THROW((void)makeCpuBackend(3)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job), Error);
}

TEST(CpuBackendFiles, ACropReadsTheBoxAndNothingElse) {
  Streamed run;
  (void)run({Crop{{{1, 2, 3}, {5, 4, 2}}}});
  EXPECT_EQ(run.source.voxels, 5 * 4 * 2 * 2);  // both frames
}

TEST(CpuBackendFiles, OneFrameReadsThatFrame) {
  Streamed run;
  (void)run({}, 1);
  EXPECT_EQ(run.source.voxels, 8 * 7 * 6);
  EXPECT_EQ(run.sink.info.frames, 1);
  const auto whole = ramp();
  EXPECT_EQ(std::memcmp(run.sink.bytes.data(), whole->frameData(1), whole->info().frameBytes()), 0);
}

TEST(CpuBackendFiles, AReadThatFailsEndsTheRunWithoutFinishing) {
  Streamed run;
  run.source.failAfter = 8 * 7 * 6;
  EXPECT_THROW((void)run({}), Error);
  EXPECT_FALSE(run.sink.finished);
}

TEST(CpuBackendFiles, ASinkThatFailsEndsTheRun) {
  Streamed run;
  run.sink.full = true;
  EXPECT_THROW((void)run({ScaleShift{2, 0}}), Error);
  EXPECT_FALSE(run.sink.finished);
}

TEST(CpuBackendFiles, ACancelledRunDoesNotFinish) {
  Streamed run;
  run.job.token()->cancel();
  EXPECT_THROW((void)run({Normalize{}}), Cancelled);
  EXPECT_FALSE(run.sink.finished);
}

TEST(CpuBackendFiles, ProgressRisesToTheEnd) {
  CountingSource source(ramp());
  SlabSink sink;
  std::vector<double> heard;
  JobContext job(std::make_shared<CancelToken>(), [&](const Progress& p) { heard.push_back(p.fraction); });
  const Plan steps = plan({Normalize{}}, source.info());
  (void)makeCpuBackend(1)->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  ASSERT_FALSE(heard.empty());
  for (std::size_t n = 1; n < heard.size(); ++n) EXPECT_GE(heard[n], heard[n - 1]);
  EXPECT_DOUBLE_EQ(heard.back(), 1);
}

}  // namespace
}  // namespace voxmark::testing
