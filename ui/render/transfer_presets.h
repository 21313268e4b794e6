#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "ui/render/display_volume.h"

namespace voxmark::render {

/// What ray casting makes of values (scaled, not the u16 that are drawn): colour and opacity, straight lines between
/// the points.
struct TransferFunction {
  struct Colour {
    double value;
    std::array<double, 3> rgb;  ///< 0…1
    friend bool operator==(const Colour&, const Colour&) = default;
  };
  struct Opacity {
    double value;
    double alpha;  ///< of a millimetre of tissue, 0…1
    friend bool operator==(const Opacity&, const Opacity&) = default;
  };
  std::vector<Colour> colours;
  std::vector<Opacity> opacities;
  bool shaded = true;
  bool maximum = false;  ///< maximum intensity projection
  friend bool operator==(const TransferFunction&, const TransferFunction&) = default;
};

/// The preset named by `display.volumePreset` for these values; unknown names are "auto". CT presets are in Hounsfield
/// units, MR presets follow the percentiles, MIP the window and colour map of `display`.
[[nodiscard]] TransferFunction transferFor(const DisplayVolume& volume, const LayerDisplay& display);

}  // namespace voxmark::render
