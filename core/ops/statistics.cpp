#include "core/ops/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/base/parallel_for.h"
#include "core/ops/percentiles.h"
#include "core/ops/shown_values.h"
#include "core/ops/voxel_values.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::size_t kBlock = 4096;  // values a block: stays in the first-level cache
constexpr std::uint64_t kSlabBytes = std::uint64_t{32} << 20;

/// Deviations beyond kLarge would overflow when squared; they are counted in this unit instead.
constexpr double kLarge = 1e150;
constexpr double kLargeUnit = 0x1p600;

/// Count, extrema, mean and sum of squared deviations of a set of values, which can be joined with another's (Chan,
/// Golub, LeVeque 1979): stable where the textbook formula cancels.
struct Moments {
  std::uint64_t count = 0;
  std::uint64_t nonfinite = 0;
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  double mean = 0;
  double m2 = 0;    ///< in squares of `unit`
  double unit = 1;  ///< 1 or kLargeUnit

  void useUnit(double wanted) {
    if (wanted == unit) return;
    m2 = m2 / wanted / wanted;
    unit = wanted;
  }
  void join(const Moments& other) {
    nonfinite += other.nonfinite;
    if (other.count == 0) return;
    if (count == 0) {  // the formula below would square the mean, which overflows where values are very large
      const std::uint64_t seen = nonfinite;
      *this = other;
      nonfinite = seen;
      return;
    }
    const double total = static_cast<double>(count + other.count);
    const double delta = other.mean - mean;
    Moments added = other;
    const double wanted = std::max({unit, other.unit, std::abs(delta) > kLarge ? kLargeUnit : 1.0});
    useUnit(wanted);
    added.useUnit(wanted);
    const double scaled = delta / wanted;
    m2 += added.m2 + scaled * scaled * static_cast<double>(count) * static_cast<double>(other.count) / total;
    mean += delta * static_cast<double>(other.count) / total;
    count += other.count;
    min = std::min(min, other.min);
    max = std::max(max, other.max);
  }
};

/// Moments of a block; dividing before adding keeps the sum of the largest doubles finite.
Moments momentsOf(const double* values, std::size_t count) {
  Moments out;
  out.count = count;
  if (count == 0) return out;
  double sum = 0;
  for (std::size_t n = 0; n < count; ++n) {
    out.min = std::min(out.min, values[n]);
    out.max = std::max(out.max, values[n]);
    sum += values[n] / static_cast<double>(count);
  }
  out.mean = sum;
  if (std::max(out.max - sum, sum - out.min) > kLarge) out.unit = kLargeUnit;
  const double toUnit = 1 / out.unit;
  double squares = 0;
  for (std::size_t n = 0; n < count; ++n) {
    const double deviation = (values[n] - sum) * toUnit;
    squares += deviation * deviation;
  }
  out.m2 = squares;
  return out;
}

/// Keeps the finite (and, where asked, non-zero) values; returns how many there are.
std::size_t keepUsable(double* values, std::size_t count, bool nonzero, std::uint64_t& nonfinite) {
  std::size_t kept = 0;
  for (std::size_t n = 0; n < count; ++n) {
    const double value = values[n];
    if (!std::isfinite(value)) {
      ++nonfinite;
      continue;
    }
    if (nonzero && value == 0) continue;
    values[kept++] = value;
  }
  return kept;
}

struct Layout {
  PixelType type;
  std::size_t bytes;
  std::int64_t components;
  std::optional<int> component;
};

/// Moments of one slice of densely packed voxels.
Moments sliceMoments(const std::byte* slice, std::size_t voxels, const Layout& layout, const LinearScale& scale,
                     bool nonzero, PercentileCollector* percentiles) {
  Moments out;
  double block[kBlock];
  const std::int64_t stride = layout.component ? layout.components : 1;
  const std::size_t count = layout.component ? voxels : voxels * static_cast<std::size_t>(layout.components);
  const std::byte* first = slice + static_cast<std::size_t>(layout.component.value_or(0)) * layout.bytes;
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    const std::size_t length = std::min(kBlock, count - begin);
    loadValues(layout.type, first + begin * static_cast<std::size_t>(stride) * layout.bytes, stride, length, scale,
               block);
    Moments part;
    const std::size_t kept = keepUsable(block, length, nonzero, part.nonfinite);
    const std::uint64_t nonfinite = part.nonfinite;
    part = momentsOf(block, kept);
    part.nonfinite = nonfinite;
    out.join(part);
    if (percentiles != nullptr) percentiles->add(block, kept);
  }
  return out;
}

Statistics finish(const Moments& all) {
  Statistics out;
  out.count = all.count;
  out.nonfinite = all.nonfinite;
  const double none = std::numeric_limits<double>::quiet_NaN();
  out.min = all.count > 0 ? all.min : none;
  out.max = all.count > 0 ? all.max : none;
  out.mean = all.count > 0 ? all.mean : none;
  out.std = all.count > 0 ? std::sqrt(all.m2 / static_cast<double>(all.count)) * all.unit : none;
  return out;
}

}  // namespace

Statistics computeStatistics(VolumeSource& source, const StatisticsRequest& request, JobContext& job) {
  const VolumeInfo& info = source.info();
  const Region region = request.region.value_or(wholeOf(info.geometry.size));
  if (region.empty() || !wholeOf(info.geometry.size).contains(region)) {
    throw Error(ErrorCode::Usage, fmt::format("the region {} does not lie inside the volume", toString(region)));
  }
  if (request.component && (*request.component < 0 || *request.component >= info.components)) {
    throw Error(ErrorCode::Usage,
                fmt::format("there is no component {} (expected 0 to {})", *request.component, info.components - 1));
  }
  const std::int64_t firstFrame = request.frame.value_or(0);
  const std::int64_t frames = request.frame ? 1 : info.frames;
  const Layout layout{info.pixelType, bytesOf(info.pixelType), info.components, request.component};
  const auto sliceVoxels = static_cast<std::size_t>(region.size[0] * region.size[1]);
  const std::size_t sliceBytes = sliceVoxels * info.voxelBytes();
  const auto perSlab = std::clamp<std::int64_t>(static_cast<std::int64_t>(kSlabBytes / sliceBytes), 1, region.size[2]);

  const Volume* resident = source.resident();
  const bool direct = resident != nullptr && resident->onHost() && region.size[0] == info.geometry.size[0] &&
                      region.size[1] == info.geometry.size[1];
  std::vector<std::byte> buffer(direct ? 0 : static_cast<std::size_t>(perSlab) * sliceBytes);
  std::optional<PercentileCollector> collector;
  if (!request.percentiles.empty()) collector.emplace(info.pixelType);

  Moments all;
  for (std::int64_t frame = firstFrame; frame < firstFrame + frames; ++frame) {
    for (std::int64_t begin = 0; begin < region.size[2]; begin += perSlab) {
      job.throwIfCancelled();
      const std::int64_t end = std::min(region.size[2], begin + perSlab);
      const Region part = slab(region, begin, end);
      const std::byte* voxels = buffer.data();
      if (direct) {
        voxels = resident->frameData(frame) + static_cast<std::size_t>(part.start[2]) * sliceBytes;
      } else {
        const auto quiet = std::make_unique<JobContext>(job.token(), JobContext::Listener{});
        source.read({part, frame}, buffer, {}, *quiet);
      }
      trace::Scope scope("statistics", static_cast<std::uint64_t>(end - begin) * sliceBytes);
      std::vector<Moments> slices(static_cast<std::size_t>(end - begin));
      // Percentiles are collected in one place, so they bind the sweep to one thread.
      parallelFor(slices.size(), 1, collector ? 1 : request.threads, [&](std::size_t k, std::size_t, std::size_t) {
        if (job.cancelled()) return;
        const auto scale = info.scale.at(frame, part.start[2] + static_cast<std::int64_t>(k), info.geometry.size[2]);
        slices[k] = sliceMoments(voxels + k * sliceBytes, sliceVoxels, layout, scale, request.nonzero,
                                 collector ? &*collector : nullptr);
      });
      job.throwIfCancelled();
      for (const Moments& slice : slices) all.join(slice);
      job.report(
          (static_cast<double>(frame - firstFrame) + static_cast<double>(end) / static_cast<double>(region.size[2])) /
              static_cast<double>(frames),
          "Measuring");
    }
  }
  Statistics out = finish(all);
  if (collector) out.percentiles = collector->values(request.percentiles);
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
