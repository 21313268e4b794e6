#include "core/ops/value_distribution.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <set>

#include "core/base/parallel_for.h"
#include "core/ops/shown_values.h"
#include "core/ops/statistics.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::size_t kBlock = 4096;      // values a block: stays in the first-level cache
constexpr std::size_t kSlicesAtOnce = 8;  // of one thread
constexpr double kFewValues = 256;
constexpr std::size_t kMostLabels = 256;  // different values of what is taken for a segmentation
constexpr double kLeastEqualShare = 0.7;  // of neighbours in it; anatomy stays below a half, atlases above 0.8

/// The grid that all values lie on, seen from the first of them: multiples of a unit, or nothing.
class Grid {
 public:
  /// `unit` 0: there is none. `sure`: whatever comes is a multiple of it.
  Grid(double unit, bool sure) : unit_(unit), sure_(sure), broken_(!(unit > 0)) {}
  void add(double value) {
    if (broken_ || (sure_ && steps_ == 1) || value == last_) return;
    last_ = value;
    if (!begun_) {
      begun_ = true;
      first_ = value;
      broken_ = !sure_ && value != std::floor(value);
      return;
    }
    broken_ = !onUnit(value - first_);
    if (!broken_ && steps_ != 1) steps_ = std::gcd(steps_, std::llabs(std::llround((value - first_) / unit_)));
  }
  void join(const Grid& other) {
    broken_ = broken_ || other.broken_;
    if (!other.begun_) return;
    add(other.first_);
    steps_ = std::gcd(steps_, other.steps_);
  }
  /// The distance of neighbouring values; 0 where they lie on no grid or are all the same.
  [[nodiscard]] double step() const { return broken_ ? 0 : static_cast<double>(steps_) * unit_; }

 private:
  [[nodiscard]] bool onUnit(double distance) const {
    const double count = distance / unit_;
    return std::abs(count) < 1e9 && std::abs(count - std::round(count)) < 1e-6;
  }
  double unit_;
  bool sure_;
  double first_ = 0;
  double last_ = std::numeric_limits<double>::quiet_NaN();
  long long steps_ = 0;
  bool begun_ = false;
  bool broken_;
};

/// What one look at the values tells.
struct Overview {
  Overview(double unit, bool sure) : grid(unit, sure) {}
  Grid grid;
  std::uint64_t finite = 0;
  std::uint64_t nonfinite = 0;
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  std::set<double> different;  ///< until there are too many
  std::uint64_t pairs = 0;     ///< of neighbours that are both not 0
  std::uint64_t equal = 0;     ///< of these

  void add(const double* values, std::size_t count, bool mayBeLabels) {
    for (std::size_t n = 0; n < count; ++n) {
      if (!std::isfinite(values[n])) continue;
      ++finite;
      min = std::min(min, values[n]);
      max = std::max(max, values[n]);
      grid.add(values[n]);
    }
    if (mayBeLabels && different.size() <= kMostLabels) addNeighbours(values, count);
  }
  void addNeighbours(const double* values, std::size_t count) {
    different.insert(values[0]);
    for (std::size_t n = 1; n < count && different.size() <= kMostLabels; ++n) {
      if (values[n] != values[n - 1]) different.insert(values[n]);
      if (values[n] == 0 || values[n - 1] == 0) continue;
      ++pairs;
      if (values[n] == values[n - 1]) ++equal;
    }
  }
  void join(const Overview& other) {
    finite += other.finite;
    nonfinite += other.nonfinite;
    min = std::min(min, other.min);
    max = std::max(max, other.max);
    if (different.size() <= kMostLabels) different.insert(other.different.begin(), other.different.end());
    pairs += other.pairs;
    equal += other.equal;
    grid.join(other.grid);
  }
  [[nodiscard]] bool likeLabels() const {
    if (pairs == 0 || min < 0 || different.size() > kMostLabels) return false;
    const bool whole = std::all_of(different.begin(), different.end(), [](double v) { return v == std::floor(v); });
    return whole && static_cast<double>(equal) >= kLeastEqualShare * static_cast<double>(pairs);
  }
};

/// Calls visit(values, count, chunk, sampled) for every block of every slice that is there; `sampled` are about a
/// thousand of them, spread over the frame.
template <typename Visit>
void sweep(const ShownValues& values, JobContext& job, const Visit& visit) {
  const auto& slices = values.slices();
  const std::size_t perSlice = (values.perSlice() + kBlock - 1) / kBlock;
  const std::size_t every = std::max<std::size_t>(1, slices.size() * perSlice / 1000);
  parallelFor(slices.size(), kSlicesAtOnce, 0, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    double block[kBlock];
    for (std::size_t n = begin; n < end; ++n) {
      job.throwIfCancelled();
      for (std::size_t at = 0; at < values.perSlice(); at += kBlock) {
        const std::size_t length = std::min(kBlock, values.perSlice() - at);
        values.load(slices[n], at, length, block);
        visit(block, length, chunk, (n * perSlice + at / kBlock) % every == 0);
      }
    }
  });
}

/// What the values may be multiples of: the slope of integers, or 1; 0: nothing.
double unitOf(const VolumeInfo& info) {
  if (info.meaning == ComponentMeaning::Vector && info.components > 1) return 0;  // lengths
  if (!isInteger(info.pixelType)) return 1;
  return info.scale.perSlice() ? 0 : std::abs(info.scale.common().slope);
}

Overview overviewOf(const ShownValues& values, const VolumeInfo& info, bool mayBeLabels, JobContext& job) {
  const Overview none(unitOf(info), isInteger(info.pixelType));
  std::vector<Overview> parts(chunkCount(values.slices().size(), kSlicesAtOnce), none);
  sweep(values, job, [&](const double* block, std::size_t count, std::size_t chunk, bool sampled) {
    const std::uint64_t before = parts[chunk].finite;
    parts[chunk].add(block, count, mayBeLabels && sampled);
    parts[chunk].nonfinite += count - (parts[chunk].finite - before);
  });
  Overview all = none;
  for (const Overview& part : parts) all.join(part);
  return all;
}

/// Lays at most `wanted` bins over [low, high]; those of values `step` apart, where that is not 0, hold equally many of
/// them each: else some bins would hold one more than others, which looks like a comb.
void layBins(ValueDistribution& out, double step, double low, double high, std::size_t wanted) {
  out.low = low;
  out.high = high > low ? high : low + 1;
  out.counts.assign(wanted, 0);
  if (!(step > 0)) return;
  const double first = out.min + std::ceil((low - out.min) / step - 1e-6) * step;
  const double values = std::max(1.0, std::floor((high - first) / step + 1e-6) + 1);
  const double perBin = std::ceil(values / static_cast<double>(wanted));
  const double bins = std::ceil(values / perBin);
  out.low = first - step / 2;
  out.high = out.low + bins * perBin * step;
  out.counts.assign(static_cast<std::size_t>(bins), 0);
  out.everyValue = perBin == 1;
}

void count(ValueDistribution& out, const ShownValues& values, JobContext& job) {
  const std::size_t bins = out.counts.size();
  std::vector<std::vector<std::uint64_t>> parts(chunkCount(values.slices().size(), kSlicesAtOnce));
  const double perValue = 1 / out.binWidth();
  sweep(values, job, [&](const double* block, std::size_t length, std::size_t chunk, bool) {
    auto& part = parts[chunk];
    if (part.empty()) part.assign(bins, 0);
    for (std::size_t n = 0; n < length; ++n) {
      if (!(block[n] >= out.low && block[n] <= out.high)) continue;
      ++part[std::min(static_cast<std::size_t>((block[n] - out.low) * perValue), bins - 1)];
    }
  });
  for (const auto& part : parts) {
    for (std::size_t bin = 0; bin < part.size(); ++bin) out.counts[bin] += part[bin];
  }
}

}  // namespace

std::optional<std::size_t> ValueDistribution::binOf(double value) const {
  if (counts.empty() || !(value >= low && value <= high)) return std::nullopt;
  return std::min(static_cast<std::size_t>((value - low) / binWidth()), counts.size() - 1);
}

ValueDistribution distributionOf(const Volume& volume, std::int64_t frame, std::size_t bins, JobContext& job,
                                 std::optional<std::pair<double, double>> range) {
  const VolumeInfo& info = volume.info();
  const trace::Scope scope("histogram", info.frameBytes());
  const ShownValues values(volume, frame);
  const bool mayBeLabels = isInteger(info.pixelType) && info.meaning == ComponentMeaning::Scalar &&
                           info.components == 1 && !info.scale.perSlice();
  const Overview overview = overviewOf(values, info, mayBeLabels, job);
  ValueDistribution out;
  out.finite = overview.finite;
  out.nonfinite = overview.nonfinite;
  if (overview.finite == 0) return out;
  out.min = overview.min;
  out.max = overview.max;
  out.likeLabels = mayBeLabels && overview.likeLabels();
  out.usual = robustRange(volume, frame);
  const auto [low, high] = range.value_or(std::pair{overview.min, overview.max});
  const double unit = isInteger(info.pixelType) ? unitOf(info) : 0;
  const bool few = unit > 0 && out.max - out.min < kFewValues * unit;  // single ones can be told apart on the screen
  const double step = few || overview.grid.step() == 0 ? unit : overview.grid.step();
  layBins(out, step, std::max(low, out.min), std::min(high, out.max), std::max<std::size_t>(bins, 1));
  if (std::isfinite(out.high - out.low)) {
    count(out, values, job);
  } else {
    out.counts.clear();  // no picture holds that
  }
  return out;
}

}  // namespace voxmark
