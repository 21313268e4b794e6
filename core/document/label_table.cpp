#include "core/document/label_table.h"

#include <cmath>

namespace voxmark {
namespace {

/// Hues a golden angle apart, so that neighbouring numbers are told from one another, in three lightnesses.
std::array<std::uint8_t, 3> colourOf(std::int64_t value) {
  constexpr double kGolden = 0.61803398874989485;
  constexpr double kBright[] = {1.0, 0.8, 0.62};
  const double turns = static_cast<double>(value) * kGolden;
  const double hue = 6 * (turns - std::floor(turns));
  const double bright = kBright[static_cast<std::size_t>(((value % 3) + 3) % 3)];
  std::array<std::uint8_t, 3> out{};
  for (std::size_t c = 0; c < 3; ++c) {
    const double distance = std::abs(std::remainder(hue - 2.0 * static_cast<double>(c), 6.0));
    const double full = std::min(1.0, std::max(0.0, 2.0 - distance));
    out[c] = static_cast<std::uint8_t>(std::lround(255 * bright * (0.25 + 0.75 * full)));
  }
  return out;
}

}  // namespace

Label labelOf(const LabelTable* table, std::int64_t value) {
  if (table != nullptr) {
    const auto found = table->labels.find(value);
    if (found != table->labels.end()) return found->second;
  }
  Label out;
  out.colour = colourOf(value);
  out.visible = value != 0;
  return out;
}

}  // namespace voxmark
