#include "core/profiling/normalise_scenario.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <libdeflate.h>

namespace voxmark::profiling {
namespace {

constexpr std::uint64_t kComparedValues = 1'000'000;

/// Calls f(value) for each scaled component of each `step`-th voxel, in storage order.
template <typename F>
void forEachValue(const Volume& volume, std::uint64_t step, F&& f) {
  const VolumeInfo& info = volume.info();
  const Index3& size = info.geometry.size;
  const auto sliceVoxels = static_cast<std::uint64_t>(size[0] * size[1]);
  const auto components = static_cast<std::uint64_t>(info.components);
  const auto voxels = static_cast<std::uint64_t>(info.voxelsPerFrame());
  visitPixelType(info.pixelType, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (std::int64_t frame = 0; frame < info.frames; ++frame) {
      const T* data = reinterpret_cast<const T*>(volume.frameData(frame));
      for (std::uint64_t voxel = 0; voxel < voxels; voxel += step) {
        const LinearScale scale = info.scale.at(frame, static_cast<std::int64_t>(voxel / sliceVoxels), size[2]);
        for (std::uint64_t c = 0; c < components; ++c) {
          f(scale.apply(static_cast<double>(data[voxel * components + c])));
        }
      }
    }
  });
}

/// value -> (value - shift) / divisor, clipped to [0, 1] where `clip`; 0 everywhere for a constant volume.
struct Reference {
  double shift = 0;
  double divisor = 0;
  bool clip = false;
  [[nodiscard]] double operator()(double value) const {
    if (divisor == 0) return 0;
    const double out = (value - shift) / divisor;
    return clip ? std::clamp(out, 0.0, 1.0) : out;
  }
};

Reference referenceFor(const Volume& volume, NormalizeMethod method, JobContext& job) {
  double low = 0;
  double high = 0;
  double sum = 0;
  std::uint64_t count = 0;
  forEachValue(volume, 1, [&](double value) {
    if (!std::isfinite(value)) return;
    low = count == 0 ? value : std::min(low, value);
    high = count == 0 ? value : std::max(high, value);
    sum += value;
    ++count;
  });
  job.throwIfCancelled();
  if (count == 0) return {};
  if (method == NormalizeMethod::MinMax) return {low, high - low, true};
  const double mean = sum / static_cast<double>(count);
  double squares = 0;
  forEachValue(volume, 1, [&](double value) {
    if (std::isfinite(value)) squares += (value - mean) * (value - mean);
  });
  job.throwIfCancelled();
  return {mean, low == high ? 0 : std::sqrt(squares / static_cast<double>(count)), false};
}

std::uint32_t checksum(const Volume& volume) {
  return libdeflate_crc32(libdeflate_crc32(0, nullptr, 0), volume.frameData(0), volume.info().totalBytes());
}

class NormaliseScenario final : public Scenario {
 public:
  NormaliseScenario(ScenarioInfo info, NormalizeMethod method, VolumeMaker maker, std::shared_ptr<Backend> backend)
      : Scenario(std::move(info)), method_(method), maker_(std::move(maker)), backend_(std::move(backend)) {}

  void prepare(JobContext& job) override {
    input_ = maker_(job);
    run(job);
    compare(job);
    expected_ = checksum(*output_);
    output_.reset();
  }
  void run(JobContext& job) override {
    JobContext quiet(job.token(), {});
    MemorySource source(input_);
    MemorySink sink;
    const Plan steps = plan({Normalize{method_}}, input_->info());
    (void)backend_->execute(steps, source, sink, wholeOf(steps.output.geometry.size), quiet);
    output_ = sink.take();
  }
  void check() override {
    if (!expected_ || checksum(*output_) != *expected_) {
      throw Error(ErrorCode::Verification, info().name + ": two runs gave different values");
    }
    output_.reset();
  }
  void release() override {
    input_.reset();
    output_.reset();
  }

 private:
  void compare(JobContext& job) const {
    const Reference reference = referenceFor(*input_, method_, job);
    const auto voxels = static_cast<std::uint64_t>(input_->info().voxelsPerFrame() * input_->info().frames);
    const std::uint64_t step = std::max<std::uint64_t>(1, voxels / kComparedValues);
    std::vector<double> found;
    forEachValue(*output_, step, [&](double value) { found.push_back(value); });
    std::size_t at = 0;
    forEachValue(*input_, step, [&](double value) {
      const double actual = found.at(at++);
      if (!std::isfinite(value)) return;
      const double expected = reference(value);
      if (std::abs(actual - expected) > 1e-5 * std::max(1.0, std::abs(expected))) {
        throw Error(ErrorCode::Verification,
                    fmt::format("{}: a value is wrong (expected {}, found {})", info().name, expected, actual));
      }
    });
  }

  NormalizeMethod method_;
  VolumeMaker maker_;
  std::shared_ptr<Backend> backend_;
  VolumePtr input_;
  VolumePtr output_;
  std::optional<std::uint32_t> expected_;
};

}  // namespace

std::unique_ptr<Scenario> makeNormaliseScenario(ScenarioInfo info, NormalizeMethod method, VolumeMaker maker,
                                                std::shared_ptr<Backend> backend) {
  return std::make_unique<NormaliseScenario>(std::move(info), method, std::move(maker), std::move(backend));
}

}  // namespace voxmark::profiling
