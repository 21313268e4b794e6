#pragma once

#include <string>

#include "core/document/document.h"

namespace voxmark {

/// The window that a volume is first shown with: its file's own, else the range without 0.1 % of the values on each
/// side.
[[nodiscard]] DisplayWindow initialWindow(const Volume& volume);

/// A layer of `volume` as it is first shown: its own window where the file has one, else the range without 0.1 % of the
/// values on each side.
[[nodiscard]] Layer makeLayer(VolumePtr volume, int id, const std::string& name);

/// `document` with `layer` on top, made active. The first layer also puts the crosshair into its middle.
[[nodiscard]] Document withLayer(const Document& document, Layer layer);

/// The part of a path that people call the file by: its last component.
[[nodiscard]] std::string displayName(const std::string& path);

}  // namespace voxmark
