#pragma once

#include <optional>
#include <vector>

#include "core/document/document.h"

namespace voxmark::render {

/// What is drawn over a slice besides its notes.
struct MarkScene {
  std::vector<Mark> marks;      ///< the visible ones
  std::optional<int> selected;  ///< id of the one that shows what it can be taken by
  std::optional<Mark> preview;  ///< being drawn: as many points as there are yet
  std::optional<CropBox> crop;
  Geometry cropGeometry;   ///< of the crop's layer
  bool cropGrips = false;  ///< the crop can be dragged now
  friend bool operator==(const MarkScene&, const MarkScene&) = default;
};

/// The visible marks and the crop of a document. A crop of a layer that is not there is left out.
[[nodiscard]] MarkScene markSceneOf(const Document& document);

}  // namespace voxmark::render
