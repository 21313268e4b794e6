#pragma once

#include "ui/render/ray_caster.h"

namespace voxmark::render {

/// As castRays, of a label volume: the surfaces of its labels in the colours of `table.labels`, never mixed with one
/// another. What is half transparent shows what lies behind its surface.
[[nodiscard]] RayImage castLabels(const DisplayVolume& volume, const TransferTable& table, const RayCamera& camera,
                                  const RayQuality& quality, JobContext& job);

}  // namespace voxmark::render
