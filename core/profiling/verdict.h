#pragma once

#include <string_view>
#include <vector>

#include "core/profiling/sample_statistics.h"

namespace voxmark::profiling {

/// What a comparison says of one scenario. The first three are the verdicts on times; the others say why there is none.
enum class VerdictState {
  Pass,
  Regressed,
  Inconclusive,  ///< the interval is too wide: more blocks would tell
  Missing,       ///< the baseline has it, the current run does not
  Errored,       ///< it failed on one of the sides
  Skipped,       ///< it could not run here on either side
  New,           ///< only the current run has measured it
};

/// "pass", "regressed", "inconclusive", "missing", "errored", "skipped", "new".
[[nodiscard]] std::string_view stateName(VerdictState state);

/// Blocks a side below which a verdict is not to be relied on.
inline constexpr std::size_t kFewestBlocks = 10;
inline constexpr double kDefaultTolerancePercent = 5;

/// The limits, as ratios, that follow from the tolerance chosen: at 5 % they are 1.02, 1.03 and 1.05.
struct Limits {
  double alarmLow = 1.02;       ///< REGRESSED needs the interval's low end above this …
  double alarmEstimate = 1.03;  ///< … and the estimate at least here
  double passHigh = 1.05;       ///< PASS needs the interval's high end below this
};
/// Throws Error(Usage) unless the tolerance is finite and above 0.
[[nodiscard]] Limits limitsFor(double tolerancePercent);

/// The verdict on two lists of block times, in any one unit.
struct TimeVerdict {
  VerdictState state = VerdictState::Inconclusive;
  RatioEstimate estimate;  ///< current / baseline with its 99 % interval
  double tolerancePercent = kDefaultTolerancePercent;
  double pValue = 1;          ///< that current is slower by no more than Limits::alarmLow, one-sided
  double adjustedPValue = 1;  ///< by Holm across the scenarios that were compared together
  bool improved = false;      ///< faster by as much as would be a regression the other way round
};

/// REGRESSED where the interval's low end and the estimate say so, else PASS where its high end does, else
/// INCONCLUSIVE. The interval is the Hodges-Lehmann one of the logarithms at 99 %. All times must be above 0: see
/// estimateRatio.
[[nodiscard]] TimeVerdict judgeTimes(const std::vector<double>& baseline, const std::vector<double>& current,
                                     double tolerancePercent = kDefaultTolerancePercent);

/// Largest probability of one false alarm or more among scenarios that are judged together.
inline constexpr double kFamilyError = 0.05;

/// Holm's step-down adjustment (Holm 1979): p values in the order given, each at most 1.
[[nodiscard]] std::vector<double> holmAdjusted(const std::vector<double>& pValues);
/// Fills in adjustedPValue; a regression that Holm does not uphold at kFamilyError becomes inconclusive.
void applyHolm(std::vector<TimeVerdict*>& verdicts);

}  // namespace voxmark::profiling
