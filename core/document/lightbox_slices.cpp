#include "core/document/lightbox_slices.h"

#include <algorithm>

namespace voxmark {

std::int64_t LightboxSlices::scrollTo(std::int64_t slice) const {
  return std::clamp<std::int64_t>(slice, 0, highest) - middle;
}

LightboxSlices lightboxSlices(const Lightbox& lightbox, std::int64_t scroll, std::int64_t count) {
  constexpr int kMostAcross = 100;
  LightboxSlices out;
  if (count < 1) return out;
  const std::int64_t cells = static_cast<std::int64_t>(std::clamp(lightbox.rows, 1, kMostAcross)) *
                             std::clamp(lightbox.columns, 1, kMostAcross);
  const std::int64_t covering = (count + cells - 1) / cells;
  out.step = lightbox.step < 1 ? covering : std::min<std::int64_t>(lightbox.step, count);
  out.shown = std::min(cells, (count + out.step - 1) / out.step);
  out.highest = count - 1 - (out.shown - 1) * out.step;
  out.middle = out.highest / 2;
  // Kept from overflowing: no scroll reaches further than from one end to the other.
  out.first = std::clamp<std::int64_t>(out.middle + std::clamp(scroll, -count, count), 0, out.highest);
  return out;
}

}  // namespace voxmark
