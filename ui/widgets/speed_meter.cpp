#include "ui/widgets/speed_meter.h"

#include <algorithm>

namespace voxmark::ui {

void SpeedMeter::add(double now, double took, std::int64_t slice) {
  pictures_.push_back({now, took, slice_ != slice});
  slice_ = slice;
  last_ = took;
  forget(now);
}

void SpeedMeter::forget(double now) {
  constexpr double kSecond = 1000;
  while (!pictures_.empty() && pictures_.front().at <= now - kSecond) pictures_.pop_front();
}

int SpeedMeter::slicesPerSecond(double now) {
  forget(now);
  return static_cast<int>(
      std::count_if(pictures_.begin(), pictures_.end(), [](const Picture& picture) { return picture.turned; }));
}

std::optional<double> SpeedMeter::msPerPicture(double now) {
  forget(now);
  if (pictures_.empty()) return last_;
  double sum = 0;
  for (const Picture& picture : pictures_) sum += picture.took;
  return sum / static_cast<double>(pictures_.size());
}

}  // namespace voxmark::ui
