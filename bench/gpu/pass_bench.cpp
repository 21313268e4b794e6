#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "bench/gpu/bench_device.h"
#include "core/backend/backend.h"
#include "core/base/error.h"
#include "gpu/cuda_backend.h"
#include "gpu/kernels/launch.h"
#include "gpu/pass_parameters.h"

namespace voxmark::bench {
namespace {

using gpu::DeviceBuffer;
using gpu::DeviceClock;
using gpu::Stream;

std::span<const std::byte> bytesOf(const Volume& volume) {
  return {volume.frameData(0), static_cast<std::size_t>(volume.info().frameBytes())};
}

std::shared_ptr<Volume> runOn(Backend& backend, const Plan& made) {
  MemorySource source(testVolume());
  MemorySink sink;
  JobContext job;
  static_cast<void>(backend.execute(made, source, sink, wholeOf(made.output.geometry.size), job));
  return sink.take();
}

void requireSame(std::span<const std::byte> expected, std::span<const std::byte> found) {
  const auto [at, other] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
  if (at == expected.end() && other == found.end()) return;
  throw Error(ErrorCode::Verification, fmt::format("wrong result: byte {} of {} is not what the CPU computes",
                                                   at - expected.begin(), expected.size()));
}

/// The whole input on the device, and what a kernel is told of it.
struct PassOnDevice {
  explicit PassOnDevice(const Pipeline& steps) : made(plan(steps, testVolume()->info())) {
    const std::span<const std::byte> voxels = bytesOf(*testVolume());
    input = DeviceBuffer(voxels.size(), stream);
    gpu::upload(voxels, input, 0, stream);
    stream.synchronize();
  }
  [[nodiscard]] const Pass& pass() const { return made.passes.front(); }

  Stream stream;
  Plan made;
  DeviceBuffer input;
  DeviceClock clock;
};

/// The transforming kernel on a pipeline: its own time, next to that of the call around it.
void transform(benchmark::State& state, const Pipeline& steps) {
  PassOnDevice device(steps);
  JobContext job;
  MemorySource source(testVolume());
  // Statistics from the host: then every bit must equal the CPU's.
  const ValueChain chain = resolveValues(device.made, device.pass(), source, 0, job);
  const gpu::PassParameters parameters = gpu::transformParameters(
      device.pass(), chain, wholeOf(device.made.output.geometry.size), wholeOf(testVolume()->info().geometry.size));
  const std::vector<LinearScale> scales = gpu::frameScales(device.pass(), 0);
  const DeviceBuffer output(device.made.output.frameBytes(), device.stream);
  const auto launch = [&] {
    static_cast<void>(gpu::launchTransform(parameters, scales, device.input, output, device.stream, &device.clock));
    return device.clock.seconds();
  };
  launch();
  std::vector<std::byte> found(output.bytes());
  gpu::download(output, found, device.stream);
  device.stream.synchronize();
  requireSame(bytesOf(*runOn(*makeCpuBackend(), device.made)), found);

  const auto voxels = static_cast<std::uint64_t>(parameters.gather.elements());
  double callSeconds = 0;
  timeRuns(state, voxels * voxmark::bytesOf(parameters.inputType) + output.bytes(), [&] {
    const auto begin = std::chrono::steady_clock::now();
    const double seconds = launch();
    callSeconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return seconds;
  });
  state.counters["call_us"] = 1e6 * callSeconds / static_cast<double>(state.iterations() + 1);
}

/// The measuring kernel.
void measure(benchmark::State& state) {
  const PassOnDevice device({Normalize{NormalizeMethod::ZScore, 0, 0, false}});
  const ValueStep& step = device.pass().values.front();
  const gpu::PassParameters parameters = gpu::measureParameters(device.pass(), {}, step.domain, step.domain);
  const std::vector<LinearScale> scales = gpu::frameScales(device.pass(), 0);
  DeviceClock clock;
  const auto launch = [&] {
    return gpu::toStatistics(gpu::launchMoments(parameters, scales, device.input, false, device.stream, &clock));
  };
  const Statistics found = launch();
  JobContext job;
  MemorySource source(testVolume());
  const Statistics expected = measureOnHost(device.made, step, {}, source, 0, job);
  const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-12 * (1 + std::abs(b)); };
  if (found.count != expected.count || found.min != expected.min || found.max != expected.max ||
      !near(found.mean, expected.mean) || std::abs(found.std - expected.std) > 1e-9 * expected.std) {
    throw Error(ErrorCode::Verification,
                fmt::format("wrong result: mean {} and deviation {} of {} values (expected {}, {} "
                            "of {})",
                            found.mean, found.std, found.count, expected.mean, expected.std, expected.count));
  }
  timeRuns(state, device.input.bytes(), [&] {
    static_cast<void>(launch());
    return clock.seconds();
  });
}

/// All of it as the program runs it: upload, statistics, kernel, download. Floats may differ in their last digits here.
void wholeRun(benchmark::State& state) {
  const Plan made = plan({Normalize{NormalizeMethod::ZScore, 0, 0, false}}, testVolume()->info());
  const gpu::DeviceList list = gpu::listDevices();
  const auto backend = gpu::makeCudaBackend(*device(), list.driver, list.runtime);
  const auto expected = runOn(*makeCpuBackend(), made);
  const auto found = runOn(*backend, made);
  if (found->info().pixelType != PixelType::F32) throw Error(ErrorCode::Verification, "wrong result: no 32-bit floats");
  const auto* want = reinterpret_cast<const float*>(expected->frameData(0));
  const auto* have = reinterpret_cast<const float*>(found->frameData(0));
  for (std::int64_t n = 0; n < made.output.voxelsPerFrame(); ++n) {
    if (std::abs(want[n] - have[n]) <= 1e-5F * (1 + std::abs(want[n]))) continue;
    throw Error(ErrorCode::Verification,
                fmt::format("wrong result: voxel {} is {} (expected {})", n, have[n], want[n]));
  }
  timeRuns(state, made.input.frameBytes() + made.output.frameBytes(), [&] {
    const auto begin = std::chrono::steady_clock::now();
    static_cast<void>(runOn(*backend, made));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  });
}

}  // namespace

void addPassBenches() {
  const Crop inner{{{32, 33, 16}, {kTestSize[0] - 65, kTestSize[1] - 67, kTestSize[2] - 32}}};
  const std::pair<const char*, Pipeline> kTransforms[] = {
      {"kernel/crop", {inner}},
      {"kernel/reorient_flip", {Reorient{"RAS"}}},       // the same axes, two of them backwards
      {"kernel/reorient_transpose", {Reorient{"SPL"}}},  // rows become columns of slices: reads lie far apart
      {"kernel/cast_u8", {Cast{PixelType::U8}}},
      {"kernel/cast_f32", {Cast{PixelType::F32}}},
      {"kernel/cast_f16", {Cast{PixelType::F16}}},
      {"kernel/window", {Normalize{NormalizeMethod::Window, 400, 40, false}}},
      {"kernel/z_score", {Normalize{NormalizeMethod::ZScore, 0, 0, false}}},
      {"kernel/crop_reorient_z_score", {inner, Reorient{"SPL"}, Normalize{NormalizeMethod::ZScore, 0, 0, false}}},
  };
  for (const auto& [name, steps] : kTransforms) {
    addBench(name, [steps = steps](benchmark::State& state) { transform(state, steps); });
  }
  addBench("kernel/statistics", measure);
  addBench("backend/z_score", wholeRun);
}

}  // namespace voxmark::bench
