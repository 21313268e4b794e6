#include <algorithm>
#include <span>

#include <cuda_runtime.h>

#include "core/volume/pixel_type.h"
#include "gpu/cuda_error.h"
#include "gpu/kernels/launch.h"

namespace voxmark::gpu {
namespace {

constexpr int kThreads = 128;

__device__ void combine(LossCell& into, const LossCell& other) {
  into.add(other);
}
__device__ void combine(MomentsCell& into, const MomentsCell& other) {
  into.join(other);
}

/// Joins the cells of a block's threads pairwise, always in the same order; thread 0 writes the result.
template <typename Cell>
__device__ void reduceBlock(const Cell& own, Cell* out) {
  // Raw bytes: shared memory has no initialisers, and a cell has some.
  __shared__ alignas(Cell) unsigned char bytes[sizeof(Cell) * kThreads];
  Cell* cells = reinterpret_cast<Cell*>(bytes);
  cells[threadIdx.x] = own;
  __syncthreads();
  for (int half = kThreads / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) combine(cells[threadIdx.x], cells[threadIdx.x + half]);
    __syncthreads();
  }
  if (threadIdx.x == 0) *out = cells[0];
}

__global__ void __launch_bounds__(kThreads)
    transformKernel(const PassParameters pass, const LinearScale* __restrict__ scales, const void* __restrict__ input,
                    void* __restrict__ output, int elementBytes, LossCell* losses) {
  const std::int64_t begin = static_cast<std::int64_t>(blockIdx.x) * kBlockElements;
  const std::int64_t all = pass.gather.elements();
  const std::int64_t end = begin + kBlockElements < all ? begin + kBlockElements : all;
  LossCell loss;
  for (std::int64_t index = begin + threadIdx.x; index < end; index += kThreads) {
    transformElement(pass, scales, input, output, index, elementBytes, loss);
  }
  reduceBlock(loss, losses + blockIdx.x);
}

__global__ void __launch_bounds__(kThreads)
    momentsKernel(const PassParameters pass, const LinearScale* __restrict__ scales, const void* __restrict__ input,
                  bool nonzero, MomentsCell* parts) {
  const std::int64_t begin = static_cast<std::int64_t>(blockIdx.x) * kBlockElements;
  const std::int64_t all = pass.gather.elements();
  const std::int64_t end = begin + kBlockElements < all ? begin + kBlockElements : all;
  MomentsCell moments;
  for (std::int64_t index = begin + threadIdx.x; index < end; index += kThreads) {
    moments.add(valueOf(pass, scales, input, index, nullptr), nonzero);
  }
  reduceBlock(moments, parts + blockIdx.x);
}

// Parameters travel in the kernel's argument space, of which older cards have this much.
static_assert(sizeof(PassParameters) + 64 <= 4096);

unsigned blocksFor(std::int64_t elements) {
  return static_cast<unsigned>((elements + kBlockElements - 1) / kBlockElements);
}

void mark(Event DeviceClock::*when, DeviceClock* clock, const Stream& stream) {
  if (clock != nullptr) (clock->*when).record(stream);
}

DeviceBuffer uploadScales(const std::vector<LinearScale>& scales, const Stream& stream) {
  const auto bytes = std::as_bytes(std::span(scales));
  DeviceBuffer buffer(bytes.size(), stream);
  upload(bytes, buffer, 0, stream);
  return buffer;
}

template <typename Cell>
std::vector<Cell> fetch(const DeviceBuffer& parts, unsigned blocks, const Stream& stream) {
  std::vector<Cell> cells(blocks);
  download(parts, std::as_writable_bytes(std::span(cells)), stream);
  stream.synchronize();
  return cells;
}

}  // namespace

LossCell launchTransform(const PassParameters& pass, const std::vector<LinearScale>& scales, const DeviceBuffer& input,
                         const DeviceBuffer& output, const Stream& stream, DeviceClock* clock) {
  if (pass.gather.elements() == 0) return {};  // a launch of no blocks is an error
  const unsigned blocks = blocksFor(pass.gather.elements());
  const DeviceBuffer table = uploadScales(scales, stream);
  const DeviceBuffer parts(blocks * sizeof(LossCell), stream);
  mark(&DeviceClock::begin, clock, stream);
  transformKernel<<<blocks, kThreads, 0, stream.get()>>>(
      pass, static_cast<const LinearScale*>(table.data()), input.data(), output.data(),
      static_cast<int>(bytesOf(pass.inputType)), static_cast<LossCell*>(parts.data()));
  check(cudaGetLastError());
  mark(&DeviceClock::end, clock, stream);
  LossCell all;
  for (const LossCell& cell : fetch<LossCell>(parts, blocks, stream)) all.add(cell);
  return all;
}

MomentsCell launchMoments(const PassParameters& pass, const std::vector<LinearScale>& scales, const DeviceBuffer& input,
                          bool nonzero, const Stream& stream, DeviceClock* clock) {
  if (pass.gather.elements() == 0) return {};
  const unsigned blocks = blocksFor(pass.gather.elements());
  const DeviceBuffer table = uploadScales(scales, stream);
  const DeviceBuffer parts(blocks * sizeof(MomentsCell), stream);
  mark(&DeviceClock::begin, clock, stream);
  momentsKernel<<<blocks, kThreads, 0, stream.get()>>>(pass, static_cast<const LinearScale*>(table.data()),
                                                       input.data(), nonzero, static_cast<MomentsCell*>(parts.data()));
  check(cudaGetLastError());
  mark(&DeviceClock::end, clock, stream);
  MomentsCell all;
  for (const MomentsCell& cell : fetch<MomentsCell>(parts, blocks, stream)) all.join(cell);
  return all;
}

}  // namespace voxmark::gpu
