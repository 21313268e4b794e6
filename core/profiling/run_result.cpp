#include "core/profiling/run_result.h"

#include <algorithm>

#include "core/profiling/sample_statistics.h"

namespace voxmark::profiling {
namespace {

double perSecond(double amount, double ms) {
  return ms > 0 ? amount / (ms / 1e3) : 0;
}

}  // namespace

double Block::medianMs() const {
  return median(realMs);
}
double Block::cpuMedianMs() const {
  return median(cpuMs);
}
double Block::minMs() const {
  return realMs.empty() ? 0 : *std::min_element(realMs.begin(), realMs.end());
}
double Block::maxMs() const {
  return realMs.empty() ? 0 : *std::max_element(realMs.begin(), realMs.end());
}

double RunResult::medianMs() const {
  std::vector<double> medians;
  for (const Block& block : blocks) medians.push_back(block.medianMs());
  return median(std::move(medians));
}

double RunResult::minMs() const {
  double least = blocks.empty() ? 0 : blocks.front().minMs();
  for (const Block& block : blocks) least = std::min(least, block.minMs());
  return least;
}

double RunResult::maxMs() const {
  double most = 0;
  for (const Block& block : blocks) most = std::max(most, block.maxMs());
  return most;
}

double RunResult::bytesPerSecond() const {
  return perSecond(static_cast<double>(scenario.bytes), medianMs());
}
double RunResult::volumesPerSecond() const {
  return perSecond(static_cast<double>(scenario.volumes), medianMs());
}

std::optional<std::uint64_t> RunResult::peakRss() const {
  std::optional<std::uint64_t> peak;
  for (const Block& block : blocks) {
    if (block.peakRss) peak = std::max(peak.value_or(0), *block.peakRss);
  }
  return peak;
}

std::string_view statusName(RunStatus status) {
  switch (status) {
    case RunStatus::Done:
      return "done";
    case RunStatus::Failed:
      return "failed";
    case RunStatus::Skipped:
      return "skipped";
    case RunStatus::Cancelled:
      break;
  }
  return "cancelled";
}

}  // namespace voxmark::profiling
