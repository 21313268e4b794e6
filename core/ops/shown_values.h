#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/volume/volume.h"

namespace voxmark {

/// The numbers that a window applies to, of one frame: scaled values of scalars (the first of several components),
/// lengths of vectors, every component of colours.
class ShownValues {
 public:
  /// The volume must be on the host and outlive this.
  ShownValues(const Volume& volume, std::int64_t frame);
  [[nodiscard]] std::size_t perRow() const { return perRow_; }
  [[nodiscard]] std::size_t perSlice() const { return perRow_ * static_cast<std::size_t>(rows_); }
  /// The slices along k that are in place, ascending.
  [[nodiscard]] const std::vector<std::int64_t>& slices() const { return slices_; }
  /// `count` values of slice `k` from number `first` on.
  void load(std::int64_t k, std::size_t first, std::size_t count, double* values) const;

 private:
  const Volume& volume_;
  std::int64_t frame_;
  std::size_t perRow_;
  std::int64_t rows_;
  bool lengths_;
  std::int64_t stride_;  ///< stored numbers from one value to the next
  std::vector<std::int64_t> slices_;
};

}  // namespace voxmark
