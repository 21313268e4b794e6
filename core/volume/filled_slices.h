#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "core/volume/region.h"

namespace voxmark {

/// Which slices (along k) of which frames of a volume are in place while it is being read: what is not noted here holds
/// whatever the memory held before, and must not be looked at. Thread-safe; whoever learns here that a slice is in
/// place also sees the voxels that were written before it was noted.
class FilledSlices {
 public:
  /// Nothing of `frames` frames of `size` voxels is in place.
  FilledSlices(const Index3& size, std::int64_t frames);

  /// Notes a part of a frame: from any thread, in any order, but none twice. A slice counts once all of it is noted.
  void add(std::int64_t frame, const Region& part);
  /// Notes all of a frame, whatever was noted of it before.
  void addWhole(std::int64_t frame);
  /// Nothing of the frame is in place any more.
  void clear(std::int64_t frame);
  /// As clear: its reading has failed or was cancelled, and nobody reads it now.
  void giveUp(std::int64_t frame);
  [[nodiscard]] bool givenUp(std::int64_t frame) const;

  [[nodiscard]] bool has(std::int64_t frame, std::int64_t k) const;
  /// Whether all slices of the frame are in place.
  [[nodiscard]] bool complete(std::int64_t frame) const;
  /// Whether all frames are.
  [[nodiscard]] bool complete() const;
  /// Slices of the frame that are in place.
  [[nodiscard]] std::int64_t count(std::int64_t frame) const;
  /// Their numbers, ascending.
  [[nodiscard]] std::vector<std::int64_t> slices(std::int64_t frame) const;
  /// One entry a slice, 1 where it is in place.
  [[nodiscard]] std::vector<char> mask(std::int64_t frame) const;

 private:
  struct Frame {
    std::vector<std::int64_t> missing;  ///< voxels a slice; empty once all are there
    std::int64_t slices = 0;            ///< in place
  };
  void clearLocked(std::int64_t frame);
  [[nodiscard]] bool hasLocked(std::int64_t frame, std::int64_t k) const;

  Index3 size_;
  std::int64_t frameCount_;
  mutable std::mutex mutex_;
  std::map<std::int64_t, Frame> frames_;  ///< those of which something is noted
  std::int64_t completeFrames_ = 0;
  std::set<std::int64_t> givenUp_;
};

}  // namespace voxmark
