#include "core/profiling/interleaved.h"

#include <random>

namespace voxmark::profiling {
namespace {

std::vector<double> timesOf(const RunResult& result) {
  std::vector<double> out;
  for (const Block& block : result.blocks) out.push_back(block.medianMs());
  return out;
}

bool undecided(const BlockRunner& baseline, const BlockRunner& current, double tolerance) {
  try {
    return judgeTimes(timesOf(baseline.result()), timesOf(current.result()), tolerance).state ==
           VerdictState::Inconclusive;
  } catch (const Error&) {
    return false;  // times of 0: more of them tell no more
  }
}

}  // namespace

PairResult runInterleaved(BlockRunner& baseline, BlockRunner& current, const InterleavingOptions& options,
                          JobContext& job) {
  bool going = baseline.start(job);
  going = current.start(job) && going;
  std::mt19937_64 random(options.seed);
  const int most = options.preset.blocks * kMostFactor;
  int wanted = options.preset.blocks;
  for (int pair = 0; going; ++pair) {
    if (pair >= wanted) {
      if (wanted * 2 > most || !undecided(baseline, current, options.tolerancePercent)) break;
      wanted *= 2;
    }
    const bool baselineFirst = (random() >> 63) != 0;
    BlockRunner& first = baselineFirst ? baseline : current;
    BlockRunner& second = baselineFirst ? current : baseline;
    going = first.draw(job) && second.draw(job);
    if (going) job.report(static_cast<double>(pair + 1) / most, baseline.result().scenario.name);
  }
  baseline.finish();
  current.finish();
  return {baseline.result(), current.result()};
}

}  // namespace voxmark::profiling
