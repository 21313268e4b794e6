#pragma once

#include <memory>
#include <string>

#include "core/document/document.h"

namespace voxmark {

/// The window that a volume is first shown with: its file's own where that shows any of its voxels, else the range
/// without 0.1 % of the values on each side; of one frame, or the slices of it that are in place.
[[nodiscard]] DisplayWindow initialWindow(const Volume& volume, std::int64_t frame = 0);

/// Takes an unfinished layer out of a snapshot again, as if it had never been opened: where it replaced the layers of
/// `before`, these, their steps and their views come back. False where the snapshot does not hold it.
bool withdrawLayer(Document& document, int id, const Document& before, bool replaced);

/// A layer of `volume` as it is first shown: its own window where the file has one, else the range without 0.1 % of the
/// values on each side.
[[nodiscard]] Layer makeLayer(VolumePtr volume, int id, const std::string& name, std::int64_t frame = 0);

/// As makeLayer, with a window that is known.
[[nodiscard]] Layer layerOf(VolumePtr volume, int id, const std::string& name, const DisplayWindow& window);

/// All voxels of a layer, those included that are not in memory yet. Not for a layer that is still being opened.
[[nodiscard]] std::shared_ptr<VolumeSource> sourceOf(const Layer& layer);

/// How the result of `steps` applied to `source` can be made again.
[[nodiscard]] Recipe recipeOf(const Layer& source, const Pipeline& steps);

/// `document` with `layer` on top, made active. The first layer also puts the crosshair into its middle.
[[nodiscard]] Document withLayer(const Document& document, Layer layer);

/// The part of a path that people call the file by: its last component.
[[nodiscard]] std::string displayName(const std::string& path);

}  // namespace voxmark
