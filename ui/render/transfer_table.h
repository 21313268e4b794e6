#pragma once

#include <array>
#include <vector>

#include "ui/render/transfer_presets.h"

namespace voxmark::render {

/// A transfer function over the u16 values that are cast, in steps of 16.
struct TransferTable {
  static constexpr int kShift = 4;
  static constexpr std::size_t kEntries = 65536 >> kShift;
  std::vector<std::array<float, 4>> entries;  ///< red, green, blue and the opacity of a millimetre, 0…1 each
  std::vector<std::array<float, 4>> labels;   ///< of a label map instead: red, green, blue, opacity of each label
  bool shaded = true;
  bool maximum = false;  ///< maximum intensity projection: opacity counts once, whatever the way through the tissue
};

/// `low` and `high` are the values that 0 and 65535 stand for. Colours and opacities keep their last value outside of
/// the function's points.
[[nodiscard]] TransferTable tableOf(const TransferFunction& function, double low, double high);

}  // namespace voxmark::render
