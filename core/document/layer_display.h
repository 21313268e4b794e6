#pragma once

#include <optional>
#include <string>

#include "core/document/label_table.h"
#include "core/volume/volume_info.h"

namespace voxmark {

/// How a layer is laid on those below it.
enum class Blend { Over, Add, Maximum };
/// What of a vector is shown: its length through window and colour map, or its direction as colours (|x| red, |y|
/// green, |z| blue, patient axes) that brighten with the length.
enum class VectorStyle { Magnitude, Direction };

/// How a layer is drawn.
struct LayerDisplay {
  DisplayWindow window{1, 0.5};
  std::string colorMap = "gray";
  double opacity = 1;
  bool visible = true;
  bool invert = false;
  bool interpolate = true;
  Blend blend = Blend::Over;
  std::optional<double> hideBelow;  ///< scaled values below are not drawn
  std::optional<double> hideAbove;  ///< scaled values above are not drawn
  VectorStyle vectors = VectorStyle::Magnitude;
  bool labels = false;  ///< values are labels: drawn by `labelTable`, never interpolated
  bool labelOutline = false;
  LabelTablePtr labelTable;  ///< null: colours of our own, no names
  std::string volumePreset = "auto";
  friend bool operator==(const LayerDisplay&, const LayerDisplay&) = default;
};

}  // namespace voxmark
