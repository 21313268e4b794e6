#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "core/volume/volume.h"
#include "gpu/device_list.h"

// What the kernel benches share. None of them is ever left out in silence: where there is no device, or where a result
// is not what the CPU computes, the row is an error that says so.
namespace voxmark::bench {

/// The first device that can be used, selected for this thread; nullptr where there is none.
[[nodiscard]] const gpu::Device* device();
/// "no device: " and why.
[[nodiscard]] std::string noDevice();

/// About a large CT; odd, so that the last of the kernels' blocks is a partial one.
inline constexpr Index3 kTestSize{511, 509, 257};
/// The volume that all of them work on: 16-bit voxels of a random pattern, with a scale.
[[nodiscard]] VolumePtr testVolume();

/// Runs `measure`, which says how many seconds its work took. `bytes` is what one run reads and writes in the memory
/// that limits it. The row shows the mean, the shortest run, and the bytes over the mean as GB/s.
void timeRuns(benchmark::State& state, std::uint64_t bytes, const std::function<double()>& measure);

/// Adds a benchmark whose body runs only where there is a device, and whose exceptions become error rows.
void addBench(const std::string& name, std::function<void(benchmark::State&)> body);

/// Bandwidth of the device's memory itself and of the link to the host.
void addTransferBenches();
/// The kernels, on pipelines.
void addPassBenches();

}  // namespace voxmark::bench
