#pragma once

#include "core/document/layer_display.h"
#include "ui/render/display_volume.h"
#include "ui/render/transfer_table.h"

namespace voxmark::render {

/// One frame of a label map made ready for ray casting: instead of values its voxels hold places in `labels`, the
/// distinct labels in ascending order with 0 first. Where several voxels become one, that nearest to their middle
/// stays. Null where there are more labels than 65535: that is no label map. Throws Cancelled.
[[nodiscard]] DisplayVolumePtr makeLabelVolume(const Volume& volume, std::int64_t frame, std::int64_t maxAxis,
                                               JobContext& job);

/// What the 3D view shows of a layer: a label volume where its values are labels, else its values.
[[nodiscard]] DisplayVolumePtr volumeFor(const Volume& volume, const LayerDisplay& display, std::int64_t frame,
                                         std::int64_t maxAxis, JobContext& job);

/// The colours of a label volume; `table` may be null.
[[nodiscard]] TransferTable labelColours(const DisplayVolume& volume, const LabelTable* table);

}  // namespace voxmark::render
