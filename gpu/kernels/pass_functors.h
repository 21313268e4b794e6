#pragma once

#include <cstdint>

#include "core/volume/value_scale.h"
#include "gpu/kernels/host_device.h"
#include "gpu/kernels/moments.h"
#include "gpu/kernels/value_functors.h"

// The bodies of the kernels: what happens to one element, for host and device.
namespace voxmark::gpu {

inline constexpr int kMaxSteps = 24;
/// Elements that one block works through; part of the definition of a reduction, so that its bits do not depend on
/// the card.
inline constexpr std::int64_t kBlockElements = 16384;

/// The value steps of a pass.
struct ValueProgram {
  int count = 0;
  DeviceStep steps[kMaxSteps];
};

/// How a box of output voxels is read out of an input box that lies densely in memory. Element means component.
struct Gather {
  std::int64_t size[3] = {0, 0, 0};    ///< output voxels along i, j, k
  std::int64_t first = 0;              ///< input voxel (in memory order) of output voxel (0, 0, 0)
  std::int64_t stride[3] = {0, 0, 0};  ///< input voxels from one output voxel to the next along each output axis
  std::int64_t slice = 0;              ///< input slice of output voxel (0, 0, 0): which scale applies
  std::int64_t sliceStride[3] = {0, 0, 0};
  int components = 1;

  [[nodiscard]] VOXMARK_HOST_DEVICE std::int64_t elements() const { return size[0] * size[1] * size[2] * components; }
};

/// Everything a kernel needs beside the memory it reads and writes.
struct PassParameters {
  Gather gather;
  PixelType inputType = PixelType::F32;
  StoredType outputType;
  ValueProgram program;
  bool verbatim = false;     ///< stored bytes are moved, never interpreted
  bool storeCounts = false;  ///< storing is a lossy step of the pipeline and is counted
  bool several = false;      ///< there are several lossy steps: what they come to together is counted
  bool scalePerSlice = false;
};

/// Where an output element comes from.
struct ElementOrigin {
  std::int64_t element = 0;
  std::int64_t slice = 0;
};

VOXMARK_HOST_DEVICE inline ElementOrigin originOf(const Gather& gather, std::int64_t outputElement) {
  const std::int64_t component = outputElement % gather.components;
  std::int64_t voxel = outputElement / gather.components;
  const std::int64_t i = voxel % gather.size[0];
  voxel /= gather.size[0];
  const std::int64_t j = voxel % gather.size[1];
  const std::int64_t k = voxel / gather.size[1];
  const std::int64_t source = gather.first + i * gather.stride[0] + j * gather.stride[1] + k * gather.stride[2];
  return {source * gather.components + component,
          gather.slice + i * gather.sliceStride[0] + j * gather.sliceStride[1] + k * gather.sliceStride[2]};
}

/// The value of an output element after all steps of the program, or (`whole`) after those that lose nothing. `scales`
/// holds one entry, or one a slice.
VOXMARK_HOST_DEVICE inline double valueOf(const PassParameters& pass, const LinearScale* scales, const void* input,
                                          std::int64_t outputElement, LossCell* loss, bool whole = false) {
  const ElementOrigin origin = originOf(pass.gather, outputElement);
  double value = loadElement(pass.inputType, input, origin.element);
  const LinearScale& scale = scales[pass.scalePerSlice ? origin.slice : 0];
  if (scale.slope != 1.0 || scale.intercept != 0.0) value = value * scale.slope + scale.intercept;
  for (int n = 0; n < pass.program.count; ++n) {
    const DeviceStep& step = pass.program.steps[n];
    if (!(whole && step.counts)) value = applyStep(step, value, loss);
  }
  return value;
}

/// Moves one element of `bytes` (1, 2, 4 or 8) bytes.
VOXMARK_HOST_DEVICE inline void moveElement(const void* input, std::int64_t from, void* output, std::int64_t to,
                                            int bytes) {
  switch (bytes) {
    case 1:
      static_cast<std::uint8_t*>(output)[to] = static_cast<const std::uint8_t*>(input)[from];
      break;
    case 2:
      static_cast<std::uint16_t*>(output)[to] = static_cast<const std::uint16_t*>(input)[from];
      break;
    case 4:
      static_cast<std::uint32_t*>(output)[to] = static_cast<const std::uint32_t*>(input)[from];
      break;
    default:
      static_cast<std::uint64_t*>(output)[to] = static_cast<const std::uint64_t*>(input)[from];
      break;
  }
}

/// Computes output element `index`. `elementBytes` is the stored input element's size.
VOXMARK_HOST_DEVICE inline void transformElement(const PassParameters& pass, const LinearScale* scales,
                                                 const void* input, void* output, std::int64_t index, int elementBytes,
                                                 LossCell& loss) {
  if (pass.verbatim) {
    moveElement(input, originOf(pass.gather, index).element, output, index, elementBytes);
    return;
  }
  if (!pass.several) {
    const double value = valueOf(pass, scales, input, index, &loss);
    storeElement(pass.outputType, value, output, index, pass.storeCounts ? &loss : nullptr);
    return;
  }
  LossCell ofSteps;
  const double whole = valueOf(pass, scales, input, index, nullptr, true);
  double value = valueOf(pass, scales, input, index, &ofSteps);
  storeElement(pass.outputType, value, output, index, pass.storeCounts ? &ofSteps : nullptr);
  if (pass.storeCounts) value = loadElement(pass.outputType.type, output, index);
  noteChange(loss, whole, value, whole, whole);
  if (ofSteps.clipped > 0 && isFinite(whole)) ++loss.clipped;
  loss.nonfinite += ofSteps.nonfinite;
}

}  // namespace voxmark::gpu
