#include "core/ops/separable_filter.h"

#include <algorithm>
#include <cstring>

#include "core/base/parallel_for.h"
#include "core/ops/convert_elements.h"
#include "core/ops/weighted_rows.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::size_t kCached = std::size_t{16} << 20;

}  // namespace

/// One thread's slices.
template <typename Real>
struct SeparableFilter<Real>::Worker {
  Worker(const SeparableFilter& filter, const Region& region, const LoadRow& loader)
      : owner(filter), output(region), input(filter.inputRegion(region)), load(loader) {
    const auto& [x, y, z] = owner.weights_;
    columns = static_cast<std::size_t>(output.size[0]);
    row.resize(static_cast<std::size_t>(input.size[0]));
    rows.resize(columns * static_cast<std::size_t>(input.size[1]));
    planes.resize(z.taps);
    held.assign(z.taps, -1);
    for (const double weight : x.weights) weightsX.push_back(static_cast<Real>(weight));
    for (std::int64_t n = output.start[0]; n < output.end()[0]; ++n) {
      firstX.push_back(static_cast<std::int32_t>(x.first[static_cast<std::size_t>(n)] - input.start[0]));
    }
    const auto* insideX = x.inside.data() + output.start[0];
    allInsideX = std::find(insideX, insideX + columns, 0) == insideX + columns;
    findDoubling(weightsX.data() + static_cast<std::size_t>(output.start[0]) * x.taps, x.taps);
  }

  /// The part of a row in which samples fall twice between each two of the input, always with the same weights:
  /// doubling a resolution. Empty where there is none.
  void findDoubling(const Real* weights, std::size_t taps) {
    if (taps != 2 || columns < 8) return;
    std::size_t begin = 1;
    const auto follows = [&](std::size_t n) {
      return firstX[n + 2] == firstX[n] + 1 && weights[2 * n + 4] == weights[2 * n] &&
             weights[2 * n + 5] == weights[2 * n + 1];
    };
    if (firstX[begin] != firstX[begin + 1]) ++begin;
    if (firstX[begin] != firstX[begin + 1]) return;
    std::size_t end = begin + 2;
    while (end + 1 < columns && follows(end - 2) && follows(end - 1)) end += 2;
    doubledBegin = begin;
    doubledEnd = end;
  }

  void alongX(const Real* weights, std::size_t taps, Real* out) {
    const auto part = [&](std::size_t begin, std::size_t end) {
      alongRow(row.data(), firstX.data() + begin, weights + begin * taps, taps, end - begin, out + begin);
    };
    if (doubledEnd == doubledBegin) return part(0, columns);
    part(0, doubledBegin);
    alongDoubled(row.data() + firstX[doubledBegin], weights + 2 * doubledBegin, (doubledEnd - doubledBegin) / 2,
                 out + doubledBegin);
    part(doubledEnd, columns);
  }

  /// The input slice `k`, filtered in the plane.
  const Real* plane(std::int64_t k) {
    const auto slot = static_cast<std::size_t>(k) % planes.size();
    std::vector<Real>& target = planes[slot];
    if (held[slot] == k) return target.data();
    target.resize(columns * static_cast<std::size_t>(output.size[1]));
    const auto& [x, y, z] = owner.weights_;
    const Real* weights = weightsX.data() + static_cast<std::size_t>(output.start[0]) * x.taps;
    for (std::int64_t j = 0; j < input.size[1]; ++j) {
      load(input.start[0], input.start[1] + j, k, row);
      alongX(weights, x.taps, rows.data() + static_cast<std::size_t>(j) * columns);
    }
    for (std::int64_t n = 0; n < output.size[1]; ++n) {
      const auto at = static_cast<std::size_t>(output.start[1] + n);
      const Real* first = rows.data() + static_cast<std::size_t>(y.first[at] - input.start[1]) * columns;
      sources.clear();
      for (std::size_t t = 0; t < y.taps; ++t) sources.push_back(first + t * columns);
      across(y, static_cast<std::int64_t>(at), columns, target.data() + static_cast<std::size_t>(n) * columns);
    }
    held[slot] = k;
    return target.data();
  }

  /// The last sums, past the caches where the result is too large to be looked at from them.
  void acrossStreaming(const AxisWeights& weights, std::int64_t at, std::size_t count, Real* out) {
    const double* w = weights.of(at);
    factors.assign(w, w + weights.taps);
    constexpr std::size_t kPart = 2048;
    alignas(64) Real part[kPart];
    std::vector<const Real*> from = sources;
    for (std::size_t begin = 0; begin < count; begin += kPart) {
      const std::size_t length = std::min(kPart, count - begin);
      for (std::size_t t = 0; t < from.size(); ++t) from[t] = sources[t] + begin;
      addRows(from.data(), factors.data(), weights.taps, length, part);
      streamOut(reinterpret_cast<std::byte*>(out + begin), reinterpret_cast<const std::byte*>(part),
                length * sizeof(Real));
    }
  }

  void across(const AxisWeights& weights, std::int64_t at, std::size_t count, Real* out) {
    const double* w = weights.of(at);
    factors.assign(w, w + weights.taps);
    addRows(sources.data(), factors.data(), weights.taps, count, out);
  }

  /// Output slice k, counted from the region's first.
  void slice(std::int64_t k, Real* out) {
    const AxisWeights& z = owner.weights_[2];
    const std::int64_t at = output.start[2] + k;
    const std::size_t count = columns * static_cast<std::size_t>(output.size[1]);
    const std::int64_t first = z.first[static_cast<std::size_t>(at)];
    kept.clear();
    for (std::size_t t = 0; t < z.taps; ++t) kept.push_back(plane(first + static_cast<std::int64_t>(t)));
    sources = kept;
    if (streams) {
      acrossStreaming(z, at, count, out);
    } else {
      across(z, at, count, out);
    }
    blank(at, out);
  }

  /// Puts the fill value where the output lies outside of the input.
  void blank(std::int64_t k, Real* out) const {
    const auto& [x, y, z] = owner.weights_;
    const std::size_t rowsOut = static_cast<std::size_t>(output.size[1]);
    for (std::size_t j = 0; j < rowsOut; ++j) {
      Real* to = out + j * columns;
      if (z.inside[static_cast<std::size_t>(k)] == 0 || y.inside[static_cast<std::size_t>(output.start[1]) + j] == 0) {
        std::fill(to, to + columns, owner.fill_);
        continue;
      }
      for (std::size_t i = 0; i < columns && !allInsideX; ++i) {
        if (x.inside[static_cast<std::size_t>(output.start[0]) + i] == 0) to[i] = owner.fill_;
      }
    }
  }

  const SeparableFilter& owner;
  Region output;
  Region input;
  const LoadRow& load;
  std::size_t columns = 0;
  bool streams = false;
  bool allInsideX = false;
  std::size_t doubledBegin = 0;
  std::size_t doubledEnd = 0;
  std::vector<Real> row;
  std::vector<Real> rows;                 ///< of one input slice, filtered along x
  std::vector<std::vector<Real>> planes;  ///< input slices filtered along x and y, by slice modulo taps
  std::vector<std::int64_t> held;         ///< which slice each of them is
  std::vector<std::int32_t> firstX;
  std::vector<Real> weightsX;
  std::vector<const Real*> sources;
  std::vector<const Real*> kept;
  std::vector<Real> factors;
};

template <typename Real>
Region SeparableFilter<Real>::inputRegion(const Region& output) const {
  Region in;
  for (std::size_t a = 0; a < 3; ++a) {
    const AxisWeights& w = weights_[a];
    const auto begin = w.first.begin() + output.start[a];
    const auto [low, high] = std::minmax_element(begin, begin + output.size[a]);
    in.start[a] = *low;
    in.size[a] = *high + static_cast<std::int64_t>(w.taps) - *low;
  }
  return in;
}

template <typename Real>
void SeparableFilter<Real>::run(const Region& output, const LoadRow& load, Real* out, int threads,
                                const JobContext& job) const {
  const auto sliceVoxels = static_cast<std::size_t>(output.size[0] * output.size[1]);
  trace::Scope scope("filter", sliceVoxels * static_cast<std::size_t>(output.size[2]) * sizeof(Real));
  // Every part filters its first input slices anew, so that parts should not be small.
  const int used = threads > 0 ? threads : defaultThreads();
  const auto slices = static_cast<std::size_t>(output.size[2]);
  const std::size_t part =
      std::max<std::size_t>(1, (slices + static_cast<std::size_t>(used) - 1) / static_cast<std::size_t>(used));
  const std::uint64_t action = trace::currentAction();
  parallelFor(slices, part, threads, [&](std::size_t begin, std::size_t end, std::size_t) {
    const trace::Adopt adopt(action);
    Region mine = slab(output, static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
    Worker worker(*this, mine, load);
    worker.streams = sliceVoxels * slices * sizeof(Real) > kCached;
    for (std::size_t k = begin; k < end; ++k) {
      job.throwIfCancelled();
      worker.slice(static_cast<std::int64_t>(k - begin), out + k * sliceVoxels);
    }
    if (worker.streams) streamedOut();
  });
}

template class SeparableFilter<float>;
template class SeparableFilter<double>;

}  // namespace voxmark
