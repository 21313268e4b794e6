#pragma once

#include <cstdint>

#include "core/document/views_state.h"

namespace voxmark {

/// Which slices of a plane a lightbox shows: first, first + step, …, in `shown` cells.
struct LightboxSlices {
  std::int64_t first = 0;
  std::int64_t step = 1;
  std::int64_t shown = 0;
  std::int64_t middle = 0;   ///< `first` of a lightbox that is not scrolled
  std::int64_t highest = 0;  ///< `first` of one that is scrolled to its end; the lowest is 0

  [[nodiscard]] std::int64_t last() const { return first + (shown - 1) * step; }
  /// The scroll with which the first cell shows slice `slice`, as nearly as can be.
  [[nodiscard]] std::int64_t scrollTo(std::int64_t slice) const;
};

/// For a plane of `count` slices. A step of 0 becomes the smallest with which the cells reach from end to end; without
/// scrolling the cells lie about the middle of the volume. Rows, columns and step that make no sense are limited.
[[nodiscard]] LightboxSlices lightboxSlices(const Lightbox& lightbox, std::int64_t scroll, std::int64_t count);

}  // namespace voxmark
