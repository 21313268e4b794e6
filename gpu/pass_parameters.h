#pragma once

#include <vector>

#include "core/backend/value_chain.h"
#include "core/ops/plan.h"
#include "core/volume/value_scale.h"
#include "gpu/kernels/moments.h"
#include "gpu/kernels/pass_functors.h"

// From plans to what kernels take, and back from what they return. No CUDA: built and tested everywhere.
namespace voxmark::gpu {

/// Parameters for output voxels `part` of a pass, read from input voxels `held` (a box of the pass's input, lying
/// densely in memory). Throws Error(Unsupported) for more steps than a kernel takes.
[[nodiscard]] PassParameters transformParameters(const Pass& pass, const ValueChain& chain, const Region& part,
                                                 const Region& held);

/// Parameters for measuring input voxels `domain` after `before`.
[[nodiscard]] PassParameters measureParameters(const Pass& pass, const ValueChain& before, const Region& domain,
                                               const Region& held);

/// The scales of one frame of the pass's input: one entry, or one a slice.
[[nodiscard]] std::vector<LinearScale> frameScales(const Pass& pass, std::int64_t frame);

[[nodiscard]] Statistics toStatistics(const MomentsCell& moments);
[[nodiscard]] Loss toLoss(const LossCell& cell);

/// The smallest box that holds both.
[[nodiscard]] Region boundingBox(const Region& a, const Region& b);

/// Input voxels that the pass must have at hand for `region` of its output: its source box and, where statistics are
/// taken on the device, their domains.
[[nodiscard]] Region neededInput(const Pass& pass, const Region& region);

/// Whether a step's statistics are ones that the kernels can take (order statistics are not).
[[nodiscard]] bool measuredOnDevice(const ValueStep& step);

}  // namespace voxmark::gpu
