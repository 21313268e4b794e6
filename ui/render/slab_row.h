#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "core/document/views_state.h"

namespace voxmark::render {

/// Puts the samples of a slab together for a whole row at once: the largest, the smallest or the mean of what is a
/// number, NaN where nothing is.
class SlabRow {
 public:
  SlabRow(SlabMode mode, float* out, std::size_t length, std::vector<float>& counts)
      : mode_(mode), out_(out), length_(length), counts_(counts) {
    const bool mean = mode == SlabMode::Mean;
    for (std::size_t n = 0; n < length; ++n) out[n] = mean ? 0 : std::numeric_limits<float>::quiet_NaN();
    if (mean) counts.assign(length, 0);
  }

  /// `count` samples that belong to the row's values from `first` on. `sample(n)` may be NaN.
  template <typename Sample>
  void add(std::size_t first, std::size_t count, const Sample& sample) {
    float* to = out_ + first;
    // Comparisons with NaN fail, so that nothing but NaN is ever replaced by NaN.
    if (mode_ == SlabMode::Maximum) {
      for (std::size_t n = 0; n < count; ++n) to[n] = taken(sample(n), to[n], sample(n) > to[n]);
    } else if (mode_ == SlabMode::Minimum) {
      for (std::size_t n = 0; n < count; ++n) to[n] = taken(sample(n), to[n], sample(n) < to[n]);
    } else {
      float* counts = counts_.data() + first;
      for (std::size_t n = 0; n < count; ++n) {
        const float value = sample(n);
        to[n] += value == value ? value : 0;
        counts[n] += value == value ? 1 : 0;
      }
    }
  }

  void finish() {
    if (mode_ != SlabMode::Mean) return;
    for (std::size_t n = 0; n < length_; ++n) out_[n] /= counts_[n];  // 0 / 0 is NaN
  }

 private:
  static float taken(float value, float before, bool better) { return better | (before != before) ? value : before; }

  SlabMode mode_;
  float* out_;
  std::size_t length_;
  std::vector<float>& counts_;
};

}  // namespace voxmark::render
