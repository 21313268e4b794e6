#include "bench/gpu/bench_device.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <limits>
#include <random>
#include <utility>

namespace voxmark::bench {
namespace {

/// Fixed, because a search for the right number would repeat the comparison with the CPU each time.
constexpr int kRuns = 30;

const gpu::DeviceList& devices() {
  static const gpu::DeviceList kDevices = gpu::listDevices();
  return kDevices;
}

VolumePtr makeTestVolume() {
  VolumeInfo info;
  info.geometry.size = kTestSize;
  info.geometry.spacing = {0.7, 0.7, 1};
  info.pixelType = PixelType::I16;
  info.scale = ValueScale(0.5, -10);
  auto volume = std::make_shared<Volume>(info);
  std::mt19937_64 random(1);
  std::byte* out = volume->mutableFrameData(0);
  for (std::uint64_t n = 0; n < info.frameBytes(); n += sizeof(std::uint64_t)) {
    const std::uint64_t bits = random();
    std::memcpy(out + n, &bits, std::min<std::uint64_t>(sizeof bits, info.frameBytes() - n));
  }
  return volume;
}

}  // namespace

const gpu::Device* device() {
  for (const gpu::Device& one : devices().devices) {
    if (!one.reason.empty()) continue;
    gpu::selectDevice(one.index);
    return &one;
  }
  return nullptr;
}

std::string noDevice() {
  return "no device: " + (devices().devices.empty() ? devices().reason : devices().devices.front().reason);
}

VolumePtr testVolume() {
  static const VolumePtr kVolume = makeTestVolume();
  return kVolume;
}

void timeRuns(benchmark::State& state, std::uint64_t bytes, const std::function<double()>& measure) {
  measure();  // the first run pays for loading the kernel and for memory that the later ones find ready
  double all = 0;
  double least = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    const double seconds = measure();
    state.SetIterationTime(seconds);
    all += seconds;
    least = std::min(least, seconds);
  }
  state.counters["GB/s"] = static_cast<double>(bytes) * 1e-9 * static_cast<double>(state.iterations()) / all;
  state.counters["min_us"] = 1e6 * least;
}

void addBench(const std::string& name, std::function<void(benchmark::State&)> body) {
  benchmark::RegisterBenchmark(name.c_str(),
                               [body = std::move(body)](benchmark::State& state) {
                                 try {
                                   if (device() == nullptr) {
                                     state.SkipWithError(noDevice().c_str());
                                     return;
                                   }
                                   body(state);
                                 } catch (const std::exception& error) {
                                   state.SkipWithError(error.what());
                                 }
                               })
      ->Iterations(kRuns)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace voxmark::bench
