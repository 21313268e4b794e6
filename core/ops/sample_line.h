#pragma once

#include "core/ops/affine_sampler.h"

namespace voxmark {

/// Stored values at first + n·step (continuous voxel indices of the whole input), without their scale: trilinear
/// between the nearest voxels, or Keys' cubic over the nearest four along each axis. Beyond the outermost voxels the
/// outermost values hold. The same bits on every processor.
template <typename Real>
void sampleLine(const StoredBox& box, bool cubic, const Vec3& first, const Vec3& step, std::size_t count, Real* out);

extern template void sampleLine(const StoredBox&, bool, const Vec3&, const Vec3&, std::size_t, float*);
extern template void sampleLine(const StoredBox&, bool, const Vec3&, const Vec3&, std::size_t, double*);

}  // namespace voxmark
