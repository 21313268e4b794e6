#include "core/backend/value_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

/// What a normalising step says where nothing can be told apart.
std::string flatWarning(const char* what, const Statistics& statistics) {
  if (statistics.count == 0) return fmt::format("{}: no finite value to measure; what is a number becomes 0", what);
  return fmt::format("{}: the values do not spread (all measured ones, or most of them, are equal); all become 0",
                     what);
}

/// Maps [low, high] to [0, 1] and clips; a range without extent becomes 0.
void appendUnitRange(ValueChain& chain, double low, double high, std::string warning) {
  const double width = high - low;
  ResolvedStep step;
  step.centre = low;
  step.first = width > 0 && std::isfinite(width) ? 1 / width : 0;
  if (width > 0 && !std::isfinite(width)) {  // wider than double's range: halve first
    step.centre = 0;
    step.first = 0.5 / (high / 2 - low / 2);
    step.second = -low * step.first;
  }
  if (step.first == 0) step.warning = std::move(warning);
  chain.push_back(step);
  chain.push_back({ResolvedStep::Kind::Clamp, 0, 1, 0, {}, {}});
}

void appendNormalize(ValueChain& chain, const Normalize& step, const Statistics& statistics) {
  switch (step.method) {
    case NormalizeMethod::ZScore: {
      ResolvedStep out;
      out.centre = statistics.count > 0 ? statistics.mean : 0;
      out.first = statistics.std > 0 ? 1 / statistics.std : 0;
      if (out.first == 0) out.warning = flatWarning("z-score", statistics);
      chain.push_back(out);
      break;
    }
    case NormalizeMethod::Robust:  // done where the deviation can be measured
      break;
    case NormalizeMethod::MinMax:
      appendUnitRange(chain, statistics.min, statistics.max, flatWarning("min-max", statistics));
      break;
    case NormalizeMethod::Percentile:
      appendUnitRange(chain, statistics.percentiles.at(0).second, statistics.percentiles.at(1).second,
                      flatWarning("percentiles", statistics));
      break;
    case NormalizeMethod::Window:
      appendUnitRange(chain, step.second - step.first / 2, step.second + step.first / 2, {});
      break;
  }
}

}  // namespace

namespace {

/// What of the values a step's statistics need.
StatisticsRequest requestOf(const Operation& operation) {
  StatisticsRequest out;
  if (const auto* match = std::get_if<HistogramMatch>(&operation)) {
    out.nonzero = match->nonzero;
    for (const QuantileLandmark& one : match->landmarks) out.percentiles.push_back(one.percent);
    return out;
  }
  const auto& normalize = std::get<Normalize>(operation);
  out.nonzero = normalize.nonzero;
  out.mask = normalize.voxels.get();
  if (normalize.method == NormalizeMethod::Robust) out.percentiles = {50};
  if (normalize.method == NormalizeMethod::Percentile) out.percentiles = {normalize.first, normalize.second};
  return out;
}

}  // namespace

Statistics measureOnHost(const Plan& plan, const ValueStep& step, const ValueChain& before, VolumeSource& source,
                         int threads, JobContext& job) {
  StatisticsRequest request = requestOf(step.operation);
  request.region = step.domain;
  request.frame = plan.frame;
  request.threads = threads;
  request.maskStart = step.domain.start;
  std::optional<VoxelMask> turned;
  if (request.mask != nullptr && !step.axes.identity()) {
    request.mask = &turned.emplace(turnedBack(*request.mask, step.axes));
  }
  // Distances from the median may be 0.
  if (!before.empty() && before.back().kind == ResolvedStep::Kind::Absolute) request.nonzero = false;
  if (!before.empty()) {
    request.transform = [&](double* values, std::size_t count) { applyChain(before, values, count, nullptr); };
  }
  Statistics out = computeStatistics(source, request, job);
  if (request.mask != nullptr && out.count == 0) {
    throw Error(ErrorCode::Usage, "normalize: no voxel of the mask has a value to measure (expected one or more)");
  }
  return out;
}

ValueChain resolveValues(const Plan& plan, const Pass& pass, VolumeSource& source, int threads, JobContext& job) {
  return resolveValues(pass, [&](const ValueStep& step, const ValueChain& before) {
    return measureOnHost(plan, step, before, source, threads, job);
  });
}

double PiecewiseMap::apply(double value) const {
  if (keepsZero && value == 0) return 0;
  if (std::isnan(value) || from.size() < 2) return std::isnan(value) || from.empty() ? value : to.front();
  const auto above = std::upper_bound(from.begin(), from.end(), value);
  const auto last = static_cast<std::ptrdiff_t>(from.size()) - 2;
  const auto n = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - from.begin() - 1, 0, last));
  const double slope = (to[n + 1] - to[n]) / (from[n + 1] - from[n]);
  // An infinite value on a flat piece is its end.
  return slope == 0 ? to[n] : to[n] + (value - from[n]) * slope;
}

namespace {

/// Where percentiles coincide the mean of their values is taken.
void appendMatch(ValueChain& chain, const HistogramMatch& step, const Statistics& statistics) {
  auto map = std::make_shared<PiecewiseMap>();
  map->keepsZero = step.nonzero;
  for (std::size_t n = 0; n < step.landmarks.size() && statistics.count > 0;) {
    const double from = statistics.percentiles.at(n).second;
    double sum = 0;
    const std::size_t first = n;
    for (; n < step.landmarks.size() && statistics.percentiles.at(n).second == from; ++n)
      sum += step.landmarks[n].value;
    map->from.push_back(from);
    map->to.push_back(sum / static_cast<double>(n - first));
  }
  chain.push_back({ResolvedStep::Kind::Piecewise, 0, 0, 0, {}, std::move(map)});
}

/// The median first, then the median of the distances from it.
void appendRobust(ValueChain& chain, const ValueStep& step, const Measure& measure) {
  constexpr double kToDeviation = 1.4826;  // of normally distributed values
  const auto middle = [](const Statistics& statistics) {
    return statistics.count == 0 ? 0 : statistics.percentiles.at(0).second;
  };
  ResolvedStep out;
  const Statistics statistics = measure(step, chain);
  out.centre = middle(statistics);
  ValueChain distances = chain;
  if (std::get<Normalize>(step.operation).nonzero) {
    distances.push_back({ResolvedStep::Kind::NonzeroOnly, 0, 0, 0, {}, {}});
  }
  distances.push_back(out);
  distances.push_back({ResolvedStep::Kind::Absolute, 0, 0, 0, {}, {}});
  const double deviation = kToDeviation * middle(measure(step, distances));
  out.first = deviation > 0 ? 1 / deviation : 0;
  if (out.first == 0) out.warning = flatWarning("robust z-score", statistics);
  chain.push_back(out);
}

}  // namespace

ValueChain resolveValues(const Pass& pass, const Measure& measure) {
  ValueChain chain;
  for (const ValueStep& step : pass.values) {
    const auto* robust = std::get_if<Normalize>(&step.operation);
    if (robust != nullptr && robust->method == NormalizeMethod::Robust) {
      appendRobust(chain, step, measure);
    } else if (const auto* normalize = std::get_if<Normalize>(&step.operation)) {
      Statistics statistics;
      if (needsStatistics(step.operation)) statistics = measure(step, chain);
      appendNormalize(chain, *normalize, statistics);
    } else if (const auto* match = std::get_if<HistogramMatch>(&step.operation)) {
      appendMatch(chain, *match, measure(step, chain));
    } else if (const auto* clamp = std::get_if<Clamp>(&step.operation)) {
      chain.push_back({ResolvedStep::Kind::Clamp, clamp->low, clamp->high, 0, {}, {}, step.step});
    } else if (const auto* scale = std::get_if<ScaleShift>(&step.operation)) {
      chain.push_back({ResolvedStep::Kind::Affine, scale->scale, scale->shift, 0, {}, {}});
    } else if (const auto* cast = std::get_if<Cast>(&step.operation)) {
      chain.push_back({ResolvedStep::Kind::Quantize, 0, 0, 0, cast->type, {}, step.step});
    }
  }
  return chain;
}

namespace {

void clampValues(const ResolvedStep& step, double* values, std::size_t count, Loss* loss) {
  for (std::size_t n = 0; n < count; ++n) {  // comparisons leave NaN as it is
    const double before = values[n];
    if (before < step.first) values[n] = step.first;
    if (before > step.second) values[n] = step.second;
    if (loss != nullptr) loss->note(before, values[n], step.first, step.second);
  }
}

}  // namespace

void applyChain(const ValueChain& chain, double* values, std::size_t count, Loss* losses) {
  for (std::size_t at = 0; at < chain.size(); ++at) {
    const ResolvedStep& step = chain[at];
    Loss* loss = losses != nullptr && step.lossOf ? losses + at : nullptr;
    switch (step.kind) {
      case ResolvedStep::Kind::Affine:
        if (step.first == 0) {  // also maps infinities to the constant that a volume without extent becomes
          for (std::size_t n = 0; n < count; ++n) values[n] = std::isnan(values[n]) ? values[n] : step.second;
        } else {
          for (std::size_t n = 0; n < count; ++n) values[n] = (values[n] - step.centre) * step.first + step.second;
        }
        break;
      case ResolvedStep::Kind::Clamp:
        clampValues(step, values, count, loss);
        break;
      case ResolvedStep::Kind::NonzeroOnly:
        for (std::size_t n = 0; n < count; ++n) {
          if (values[n] == 0) values[n] = std::numeric_limits<double>::quiet_NaN();
        }
        break;
      case ResolvedStep::Kind::Absolute:
        for (std::size_t n = 0; n < count; ++n) values[n] = std::abs(values[n]);
        break;
      case ResolvedStep::Kind::Piecewise:
        for (std::size_t n = 0; n < count; ++n) values[n] = step.map->apply(values[n]);
        break;
      case ResolvedStep::Kind::Quantize:
        quantizeValues(step.type, values, count, loss);
        break;
    }
  }
}

std::vector<std::string> warningsOf(const ValueChain& chain) {
  std::vector<std::string> out;
  for (const ResolvedStep& step : chain) {
    if (!step.warning.empty()) out.push_back(step.warning);
  }
  return out;
}

}  // namespace voxmark
