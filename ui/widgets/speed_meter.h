#pragma once

#include <cstdint>
#include <deque>
#include <optional>

namespace voxmark::ui {

/// How fast a view has drawn over the last second. Times are milliseconds of any clock that goes forward.
class SpeedMeter {
 public:
  /// A picture of `slice` was finished at `now` and took `took` milliseconds.
  void add(double now, double took, std::int64_t slice);
  /// Slices that came to be shown within the last second; pictures of the same slice count once.
  [[nodiscard]] int slicesPerSecond(double now);
  /// Mean time of a picture within the last second, else of the last one; nothing before the first.
  [[nodiscard]] std::optional<double> msPerPicture(double now);

 private:
  struct Picture {
    double at, took;
    bool turned;  ///< showed another slice than the one before
  };
  void forget(double now);
  std::deque<Picture> pictures_;
  std::optional<double> last_;
  std::optional<std::int64_t> slice_;
};

}  // namespace voxmark::ui
