#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace voxmark {

/// value = stored · slope + intercept.
struct LinearScale {
  double slope = 1;
  double intercept = 0;
  [[nodiscard]] bool identity() const { return slope == 1.0 && intercept == 0.0; }
  [[nodiscard]] double apply(double stored) const { return stored * slope + intercept; }
  friend bool operator==(const LinearScale&, const LinearScale&) = default;
};

/// How stored numbers become values: one scale for the whole volume, or one for every slice (third voxel axis, as PET
/// has), frames after one another. Empty means identity.
class ValueScale {
 public:
  ValueScale() = default;
  ValueScale(double slope, double intercept) : scales_{{slope, intercept}} {}
  explicit ValueScale(std::vector<LinearScale> perSlice) : scales_(std::move(perSlice)) {}

  /// Scale of slice `k` of frame `frame` in a volume of `slices` slices a frame.
  [[nodiscard]] LinearScale at(std::int64_t frame, std::int64_t k, std::int64_t slices) const {
    if (scales_.empty()) return {};
    if (scales_.size() == 1) return scales_.front();
    return scales_.at(static_cast<std::size_t>(frame * slices + k));
  }
  [[nodiscard]] bool perSlice() const { return scales_.size() > 1; }
  [[nodiscard]] bool identity() const {
    for (const LinearScale& scale : scales_) {
      if (!scale.identity()) return false;
    }
    return true;
  }
  /// The volume's scale; of a per-slice one, the first slice's.
  [[nodiscard]] LinearScale common() const { return scales_.empty() ? LinearScale{} : scales_.front(); }
  [[nodiscard]] const std::vector<LinearScale>& entries() const { return scales_; }
  friend bool operator==(const ValueScale&, const ValueScale&) = default;

 private:
  std::vector<LinearScale> scales_;
};

}  // namespace voxmark
