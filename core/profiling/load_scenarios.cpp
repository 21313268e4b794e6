#include <cstring>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/profiling/file_scenario.h"
#include "core/profiling/output_checks.h"
#include "core/profiling/reading_scenario.h"

namespace voxmark::profiling {
namespace {

class LoadScenario final : public ReadingScenario {
 public:
  using ReadingScenario::ReadingScenario;

  void prepare(JobContext& job) override {
    locate(job);
    run(job);
    expected_ = checksumOf(*volume_);
    if (spec().file.empty() && checksumOf(*store().volume(spec(), job)) != *expected_) {
      throw Error(ErrorCode::Verification, path() + ": the voxels are not those that were written");
    }
    // Another way to the same voxels: the last slice read by itself.
    const auto source = open();
    const Index3& size = source->info().geometry.size;
    const Region last = slab(wholeOf(size), size[2] - 1, size[2]);
    std::vector<std::byte> slice(static_cast<std::size_t>(last.voxels()) * source->info().voxelBytes());
    source->read({last, 0}, slice, {}, job);
    const std::byte* whole = volume_->frameData(0) + volume_->info().frameBytes() - slice.size();
    if (std::memcmp(whole, slice.data(), slice.size()) != 0) {
      throw Error(ErrorCode::Verification, path() + ": a slice read by itself differs from the whole volume");
    }
    volume_.reset();
  }
  void run(JobContext& job) override {
    const auto source = open();
    JobContext quiet(job.token(), {});
    volume_ = readVolume(*source, quiet);
  }
  void check() override {
    if (expected_ && checksumOf(*volume_) != *expected_) {
      throw Error(ErrorCode::Verification, path() + ": two reads gave different voxels");
    }
    volume_.reset();
  }
  void release() override { volume_.reset(); }

 private:
  std::shared_ptr<Volume> volume_;
  std::optional<std::uint64_t> expected_;
};

class SliceScenario final : public ReadingScenario {
 public:
  using ReadingScenario::ReadingScenario;

  void prepare(JobContext& job) override {
    locate(job);
    run(job);
    std::vector<std::byte> expected(voxels_.size());
    copyRegion(*store().volume(spec(), job), {region_, 0}, expected);
    if (expected != voxels_)
      throw Error(ErrorCode::Verification, path() + ": the slice differs from that of the volume");
    expected_ = std::move(expected);
  }
  void run(JobContext& job) override {
    const auto source = open();
    const Index3& size = source->info().geometry.size;
    const std::string plane = spec().value("plane");
    const std::size_t across = plane == "sagittal" ? 0 : plane == "coronal" ? 1 : 2;
    region_ = wholeOf(size);
    region_.start[across] = size[across] / 2;
    region_.size[across] = 1;
    voxels_.resize(static_cast<std::size_t>(region_.voxels()) * source->info().voxelBytes());
    JobContext quiet(job.token(), {});
    source->read({region_, 0}, voxels_, {}, quiet);
  }
  void check() override {
    if (voxels_ != expected_) throw Error(ErrorCode::Verification, path() + ": two reads gave different voxels");
    std::fill(voxels_.begin(), voxels_.end(), std::byte{0});
  }
  void release() override {
    voxels_ = {};
    expected_ = {};
  }

 private:
  Region region_;
  std::vector<std::byte> voxels_;
  std::vector<std::byte> expected_;
};

/// Reads, computes on a device and brings one slice back.
class LoadToDeviceScenario final : public ReadingScenario {
 public:
  LoadToDeviceScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store,
                       std::shared_ptr<Backend> backend)
      : ReadingScenario(spec, std::move(info), std::move(store)), backend_(std::move(backend)) {}

  void prepare(JobContext& job) override {
    locate(job);
    run(job);
    const VolumePtr found = std::move(slice_);
    const VolumePtr expected = execute(*makeCpuBackend(), job);
    const Index3& size = expected->geometry().size;
    for (std::int64_t j = 0; j < size[1]; ++j) {
      for (std::int64_t i = 0; i < size[0]; ++i) {
        const double difference = found->valueAt(0, {i, j, 0}) - expected->valueAt(0, {i, j, 0});
        if (!(std::abs(difference) < 1e-4)) {
          throw Error(ErrorCode::Verification, "the device's z-scores differ from those of the processor");
        }
      }
    }
  }
  void run(JobContext& job) override { slice_ = execute(*backend_, job); }
  void check() override { slice_.reset(); }
  void release() override { slice_.reset(); }

 private:
  VolumePtr execute(Backend& backend, JobContext& job) const {
    const auto source = open();
    JobContext quiet(job.token(), {});
    const Plan steps = plan({Normalize{}}, source->info());
    const Index3& size = steps.output.geometry.size;
    MemorySink sink;
    (void)backend.execute(steps, *source, sink, slab(wholeOf(size), size[2] / 2, size[2] / 2 + 1), quiet);
    return sink.take();
  }

  std::shared_ptr<Backend> backend_;
  VolumePtr slice_;
};

}  // namespace

std::unique_ptr<Scenario> makeLoadScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                           std::shared_ptr<InputStore> store) {
  return std::make_unique<LoadScenario>(spec, std::move(info), std::move(store));
}

std::unique_ptr<Scenario> makeSliceScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                            std::shared_ptr<InputStore> store) {
  return std::make_unique<SliceScenario>(spec, std::move(info), std::move(store));
}

std::unique_ptr<Scenario> makeLoadToDeviceScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                   std::shared_ptr<InputStore> store,
                                                   std::shared_ptr<Backend> backend) {
  return std::make_unique<LoadToDeviceScenario>(spec, std::move(info), std::move(store), std::move(backend));
}

}  // namespace voxmark::profiling
