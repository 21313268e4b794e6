#pragma once

#include <QString>

#include "core/document/readout.h"
#include "ui/models/process_preview.h"

namespace voxmark::ui {

/// What the slice views show of a layer at a place, where that is not only its own voxels.
struct PreviewedReading {
  Reading before;  ///< of the layer that the steps apply to
  QString after;   ///< the value that the steps make of it; empty where none has been made, or there is none
};

/// Of the active layer; nothing where the views show it as it is. `preview` may be null.
[[nodiscard]] std::optional<PreviewedReading> previewedReading(const Document& document, const ProcessPreview* preview,
                                                               const Vec3& world);

}  // namespace voxmark::ui
