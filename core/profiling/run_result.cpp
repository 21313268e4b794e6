#include "core/profiling/run_result.h"

#include <algorithm>
#include <array>

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

std::map<std::string, double> exactCounters(const Block& block) {
  using Values = trace::CounterValues;
  static constexpr std::array<std::pair<const char*, std::uint64_t Values::*>, 10> kCounters{
      {{"bytes_read", &Values::bytesRead},
       {"bytes_written", &Values::bytesWritten},
       {"bytes_inflated", &Values::bytesInflated},
       {"bytes_copied", &Values::bytesCopied},
       {"allocations", &Values::allocations},
       {"bytes_allocated", &Values::bytesAllocated},
       {"uploads", &Values::uploads},
       {"bytes_uploaded", &Values::bytesUploaded},
       {"downloads", &Values::downloads},
       {"bytes_downloaded", &Values::bytesDownloaded}}};
  std::map<std::string, double> out;
  const double repetitions = std::max(1.0, static_cast<double>(block.realMs.size()));
  for (const auto& [name, member] : kCounters) {
    const auto noted = block.metrics.find(name);
    if (noted != block.metrics.end()) {
      out[name] = noted->second;
    } else if (block.counted) {
      out[name] = static_cast<double>(block.counters.*member) / repetitions;
    }
  }
  return out;
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
