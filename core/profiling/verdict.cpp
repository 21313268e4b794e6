#include "core/profiling/verdict.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark::profiling {

std::string_view stateName(VerdictState state) {
  switch (state) {
    case VerdictState::Pass:
      return "pass";
    case VerdictState::Regressed:
      return "regressed";
    case VerdictState::Inconclusive:
      return "inconclusive";
    case VerdictState::Missing:
      return "missing";
    case VerdictState::Errored:
      return "errored";
    case VerdictState::Skipped:
      return "skipped";
    case VerdictState::New:
      break;
  }
  return "new";
}

Limits limitsFor(double tolerancePercent) {
  if (!(tolerancePercent > 0) || !std::isfinite(tolerancePercent)) {
    throw Error(ErrorCode::Usage,
                fmt::format("the tolerance is no percentage (expected a number above 0, found {})", tolerancePercent));
  }
  const double tolerance = tolerancePercent / 100;
  return {1 + 0.4 * tolerance, 1 + 0.6 * tolerance, 1 + tolerance};
}

TimeVerdict judgeTimes(const std::vector<double>& baseline, const std::vector<double>& current,
                       double tolerancePercent) {
  const Limits limits = limitsFor(tolerancePercent);
  TimeVerdict out;
  out.tolerancePercent = tolerancePercent;
  out.estimate = estimateRatio(baseline, current, 0.99);
  out.pValue = exceedsProbability(baseline, current, limits.alarmLow);
  out.adjustedPValue = out.pValue;
  out.improved = out.estimate.high < 1 / limits.alarmLow && out.estimate.ratio <= 1 / limits.alarmEstimate;
  if (out.estimate.low > limits.alarmLow && out.estimate.ratio >= limits.alarmEstimate) {
    out.state = VerdictState::Regressed;
  } else if (out.estimate.high < limits.passHigh) {
    out.state = VerdictState::Pass;
  }
  return out;
}

std::vector<double> holmAdjusted(const std::vector<double>& pValues) {
  std::vector<std::size_t> order(pValues.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pValues[a] < pValues[b]; });
  std::vector<double> out(pValues.size());
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    largest = std::max(largest, pValues[order[rank]] * static_cast<double>(order.size() - rank));
    out[order[rank]] = std::min(1.0, largest);
  }
  return out;
}

void applyHolm(std::vector<TimeVerdict*>& verdicts) {
  std::vector<double> pValues;
  for (const TimeVerdict* verdict : verdicts) pValues.push_back(verdict->pValue);
  const std::vector<double> adjusted = holmAdjusted(pValues);
  for (std::size_t n = 0; n < verdicts.size(); ++n) {
    verdicts[n]->adjustedPValue = adjusted[n];
    if (verdicts[n]->state == VerdictState::Regressed && adjusted[n] > kFamilyError) {
      verdicts[n]->state = VerdictState::Inconclusive;
    }
  }
}

}  // namespace voxmark::profiling
