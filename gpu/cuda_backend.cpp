#include "gpu/cuda_backend.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/trace/trace.h"
#include "gpu/kernels/launch.h"
#include "gpu/pass_parameters.h"
#include "gpu/pinned_storage.h"
#include "gpu/resident_input.h"

namespace voxmark::gpu {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{256} << 20;

/// Moments of `step`'s domain over the frames of the plan, frame after frame.
Statistics measureOnDevice(const Plan& plan, const Pass& pass, const ValueStep& step, const ValueChain& before,
                           ResidentInput& input, const Stream& stream, JobContext& job) {
  const auto& normalize = std::get<Normalize>(step.operation);
  const PassParameters parameters = measureParameters(pass, before, step.domain, input.box());
  MomentsCell all;
  for (std::int64_t frame = 0; frame < pass.input.frames; ++frame) {
    job.throwIfCancelled();
    const std::int64_t sourceFrame = plan.firstFrame() + frame;
    const DeviceBuffer& voxels = input.frame(sourceFrame, job);
    trace::Scope scope("statistics", static_cast<std::uint64_t>(step.domain.voxels()) * pass.input.voxelBytes());
    all.join(launchMoments(parameters, frameScales(pass, sourceFrame), voxels, normalize.nonzero, stream));
    job.report(static_cast<double>(frame + 1) / static_cast<double>(pass.input.frames), "Measuring");
  }
  return toStatistics(all);
}

/// One execution: what its slabs have in common.
struct Execution {
  const Plan& plan;
  const Pass& pass;
  const ValueChain& chain;
  ResidentInput& input;
  VolumeSink& sink;
  Region region;
  const Stream& stream;
  JobContext& job;
  std::unique_ptr<Storage> staging;  ///< for sinks without room of their own; the first slab is the largest
};

Loss writeSlab(Execution& run, const Region& part, std::int64_t frame) {
  const std::uint64_t bytes = static_cast<std::uint64_t>(part.voxels()) * run.pass.output.voxelBytes();
  const std::int64_t sourceFrame = run.plan.firstFrame() + frame;
  const DeviceBuffer& voxels = run.input.frame(sourceFrame, run.job);
  const DeviceBuffer result(bytes, run.stream);
  LossCell loss;
  {
    trace::Scope scope("convert", bytes);
    const PassParameters parameters = transformParameters(run.pass, run.chain, part, run.input.box());
    loss = launchTransform(parameters, frameScales(run.pass, sourceFrame), voxels, result, run.stream);
  }
  Region target = part;
  for (std::size_t a = 0; a < 3; ++a) target.start[a] -= run.region.start[a];
  std::byte* host = run.sink.directTarget(target, frame);
  if (host == nullptr) {
    if (run.staging == nullptr) run.staging = allocatePinned(bytes);
    host = run.staging->mutableData();
  }
  {
    trace::Scope scope("download", bytes);
    download(result, {host, static_cast<std::size_t>(bytes)}, run.stream);
    run.stream.synchronize();
  }
  run.sink.write(target, frame, {host, static_cast<std::size_t>(bytes)}, run.job);
  return toLoss(loss);
}

Loss writeAll(Execution& run, const VolumeInfo& outInfo) {
  const Index3& size = run.region.size;
  const std::uint64_t slice = static_cast<std::uint64_t>(size[0] * size[1]) * outInfo.voxelBytes();
  const std::int64_t slices = std::clamp(static_cast<std::int64_t>(kSlabBytes / slice), std::int64_t{1}, size[2]);
  Loss loss;
  for (std::int64_t frame = 0; frame < outInfo.frames; ++frame) {
    for (std::int64_t begin = 0; begin < size[2]; begin += slices) {
      const std::int64_t end = std::min(size[2], begin + slices);
      run.job.throwIfCancelled();
      loss.add(writeSlab(run, slab(run.region, begin, end), frame));
      const double part = static_cast<double>(end) / static_cast<double>(size[2]);
      run.job.report((static_cast<double>(frame) + part) / static_cast<double>(outInfo.frames), "Processing");
    }
  }
  return loss;
}

class CudaBackend final : public Backend {
 public:
  CudaBackend(const Device& device, BackendInfo info) : device_(device.index), info_(std::move(info)) {}

  [[nodiscard]] BackendInfo info() const override { return info_; }

  ExecutionReport execute(const Plan& plan, VolumeSource& source, VolumeSink& sink, const Region& region,
                          JobContext& job) override {
    if (region.empty() || !wholeOf(plan.output.geometry.size).contains(region)) {
      throw Error(ErrorCode::Usage, fmt::format("the region {} does not lie inside the result", toString(region)));
    }
    if (!isSweep(plan)) {
      throw Error(ErrorCode::Unsupported, "resampling, padding and smoothing do not run on CUDA yet");
    }
    selectDevice(device_);
    const Pass& pass = plan.passes.front();
    const Stream stream;
    ResidentInput input(source, neededInput(pass, region), stream);
    const double measured = pass.values.empty() ? 0 : 0.4;
    const auto first = job.part(0, measured);
    const ValueChain chain = resolveValues(pass, [&](const ValueStep& step, const ValueChain& before) {
      return measuredOnDevice(step) ? measureOnDevice(plan, pass, step, before, input, stream, *first)
                                    : measureOnHost(plan, step, before, source, 0, *first);
    });
    const VolumeInfo outInfo =
        region == wholeOf(plan.output.geometry.size) ? plan.output : outputInfo(Crop{region}, plan.output);
    sink.begin(outInfo);
    const auto rest = job.part(measured, 1);
    Execution run{plan, pass, chain, input, sink, region, stream, *rest, nullptr};
    const Loss loss = writeAll(run, outInfo);
    sink.finish(*rest);
    std::vector<std::string> warnings = source.readWarnings();
    const auto found = warningsOf(chain);
    warnings.insert(warnings.end(), found.begin(), found.end());
    return {loss, std::move(warnings)};
  }

  [[nodiscard]] std::unique_ptr<Storage> hostMemory(std::uint64_t bytes) override {
    selectDevice(device_);
    return allocatePinned(bytes);
  }

  [[nodiscard]] MemoryUsage memoryUsage() const override {
    selectDevice(device_);
    std::size_t available = 0;
    std::size_t total = 0;
    check(cudaMemGetInfo(&available, &total));
    return {total - available, total};
  }

 private:
  int device_;
  BackendInfo info_;
};

}  // namespace

BackendInfo describe(const Device& device, const std::string& driver, const std::string& runtime) {
  BackendInfo info;
  info.id = fmt::format("cuda:{}", device.index);
  info.name = device.name;
  info.detail = fmt::format("compute capability {}.{}, {} multiprocessors, driver for CUDA {}, runtime {}",
                            device.major, device.minor, device.multiprocessors, driver, runtime);
  info.memoryBytes = device.memoryBytes;
  info.available = device.reason.empty();
  info.reason = device.reason;
  return info;
}

std::shared_ptr<Backend> makeCudaBackend(const Device& device, const std::string& driver, const std::string& runtime) {
  return std::make_shared<CudaBackend>(device, describe(device, driver, runtime));
}

}  // namespace voxmark::gpu
