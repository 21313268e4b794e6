#pragma once

#include "core/backend/backend.h"
#include "core/ops/operations.h"

namespace voxmark::profiling {

/// Checksum over all frames: enough to see that two runs gave the same voxels.
[[nodiscard]] std::uint64_t checksumOf(const Volume& volume);

/// Compares what an operation has made of a volume with what its definition says, found without the operation's own
/// code: statistics of a normalised volume, world positions of reoriented voxels, kernels applied by hand, rounding.
/// Some thousand voxels spread over the volume are looked at. Throws Error(Verification) naming the first that is
/// wrong. Operations without such a definition here are taken as they are: see checkSlab.
void checkOperation(const Operation& operation, const VolumePtr& input, const VolumePtr& output);

/// Computes one slice in the middle by itself and compares it with the whole. Throws Error(Verification).
void checkSlab(const Plan& steps, const VolumePtr& input, const VolumePtr& output, Backend& backend, JobContext& job);

}  // namespace voxmark::profiling
