#include "core/ops/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/ops/measured_values.h"
#include "core/ops/percentiles.h"
#include "core/ops/shown_values.h"
#include "core/ops/value_sweep.h"

namespace voxmark {
namespace {

Statistics finish(const Moments& all) {
  Statistics out;
  out.count = all.count;
  out.nonfinite = all.nonfinite;
  const double none = std::numeric_limits<double>::quiet_NaN();
  out.min = all.count > 0 ? all.min : none;
  out.max = all.count > 0 ? all.max : none;
  out.mean = all.count > 0 ? all.mean : none;
  out.std = all.count > 0 ? all.deviation() : none;
  return out;
}

/// Moments of everything; the selector, where there is one, has its first sweep.
Moments firstSweep(const ValueSweep& sweep, MeasuredValues& values, JobContext& job, double to) {
  Moments all;
  std::vector<Moments> chunks;
  sweep.run([&](const std::vector<ElementRun>& runs, std::size_t chunk) { chunks[chunk] = values.measure(runs); },
            [&](std::size_t count) { chunks.assign(count, {}); },
            [&] {
              for (const Moments& one : chunks) all.join(one);
            },
            job, 0, to);
  return all;
}

void sweepAgain(const ValueSweep& sweep, const ValueSweep::Visit& visit, JobContext& job) {
  sweep.run(
      visit, [](std::size_t) {}, [] {}, job, 0.5, 1);
}

}  // namespace

Statistics computeStatistics(VolumeSource& source, const StatisticsRequest& request, JobContext& job) {
  const ValueSweep sweep(source, request);
  const auto values = MeasuredValues::over(source.info(), request);
  const bool again = request.bins > 0 || values->sweeps() > 1;
  const Moments all = firstSweep(sweep, *values, job, again ? 0.5 : 1);
  Statistics out = finish(all);
  while (values->selectNext()) {
    sweepAgain(
        sweep, [&](const std::vector<ElementRun>& runs, std::size_t) { values->select(runs); }, job);
  }
  out.percentiles = values->percentiles();
  if (request.bins > 0) {
    values->layBins(request.bins, out.min, out.max);
    if (out.count > 0) {
      sweepAgain(
          sweep, [&](const std::vector<ElementRun>& runs, std::size_t) { values->count(runs); }, job);
    }
    out.histogram = values->histogram();
  }
  return out;
}

std::pair<double, double> robustRange(const Volume& volume, std::int64_t frame, double percent) {
  const ShownValues shown(volume, frame);
  const std::size_t row = shown.perRow();
  const auto rowsOfSlice = static_cast<std::size_t>(volume.geometry().size[1]);
  const std::size_t rows = rowsOfSlice * shown.slices().size();
  // Some 250,000 values settle the window as well as all would; a step that shares no factor with the rows of a slice
  // visits every part of it.
  std::size_t step = std::max<std::size_t>(1, rows * row / 250000);
  while (std::gcd(step, rowsOfSlice) != 1) ++step;
  std::vector<double> values;
  std::vector<double> buffer(row);
  for (std::size_t at = 0; at < rows; at += step) {
    shown.load(shown.slices()[at / rowsOfSlice], at % rowsOfSlice * row, row, buffer.data());
    std::copy_if(buffer.begin(), buffer.end(), std::back_inserter(values), [](double v) { return std::isfinite(v); });
  }
  if (values.empty()) return {0, 1};
  const double low = quantile(values, percent / 100);
  const double high = quantile(values, 1 - percent / 100);
  if (high > low) return {low, high};
  const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
  return *largest > *smallest ? std::pair{*smallest, *largest} : std::pair{*smallest - 0.5, *smallest + 0.5};
}

}  // namespace voxmark
