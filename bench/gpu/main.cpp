#include <fmt/format.h>

#include "bench/gpu/bench_device.h"

// Times the kernels and transfers of the gpu room, each next to what the device's memory can do.
int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const voxmark::gpu::DeviceList list = voxmark::gpu::listDevices();
  const voxmark::gpu::Device* device = voxmark::bench::device();
  benchmark::AddCustomContext("device", device != nullptr ? device->name : voxmark::bench::noDevice());
  if (device != nullptr) {
    benchmark::AddCustomContext("compute_capability", fmt::format("{}.{}", device->major, device->minor));
  }
  benchmark::AddCustomContext("cuda_driver", list.driver);
  benchmark::AddCustomContext("cuda_runtime", list.runtime);
  voxmark::bench::addTransferBenches();
  voxmark::bench::addPassBenches();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
