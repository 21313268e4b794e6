#pragma once

#include <QString>

#include "core/ops/voxel_values.h"

namespace voxmark::ui {

/// "12 voxels clipped (0.01 %), error at most 0.5, 0.25 on average, PSNR 54.1 dB", or that nothing is lost.
[[nodiscard]] QString lossText(const Loss& loss);

}  // namespace voxmark::ui
