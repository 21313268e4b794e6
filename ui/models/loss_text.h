#pragma once

#include <QString>
#include <memory>

#include "core/backend/backend.h"
#include "core/document/document.h"

namespace voxmark::ui {

/// "12 voxels clipped (0.01 %), error at most 0.5, 0.25 on average, PSNR 54.1 dB", or that nothing is lost.
[[nodiscard]] QString lossText(const Loss& loss);
/// The worst of it in a few words: "clipped 0.3 %", "error ≤ 0.5".
[[nodiscard]] QString shortLossText(const Loss& loss);
/// What a run has lost, as a layer keeps it.
[[nodiscard]] std::shared_ptr<const RunLoss> runLossOf(const ExecutionReport& report);

}  // namespace voxmark::ui
