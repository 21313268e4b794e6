#include "core/backend/value_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace voxmark {
namespace {

/// A source whose values are those of another one after some steps, for statistics in the middle of a pipeline.
class ChainedSource final : public VolumeSource {
 public:
  ChainedSource(VolumeSource& inner, const ValueChain& chain) : inner_(inner), chain_(chain), info_(inner.info()) {
    info_.pixelType = PixelType::F64;
    info_.scale = {};
  }
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback&, JobContext& job) override {
    checkRequest(request, target);
    const VolumeInfo& stored = inner_.info();
    const auto slice = static_cast<std::size_t>(request.region.size[0] * request.region.size[1]) *
                       static_cast<std::size_t>(stored.components);
    std::vector<std::byte> bytes(slice * bytesOf(stored.pixelType));
    auto* values = reinterpret_cast<double*>(target.data());
    for (std::int64_t k = 0; k < request.region.size[2]; ++k) {
      job.throwIfCancelled();
      inner_.read({slab(request.region, k, k + 1), request.frame}, bytes, {}, job);
      const LinearScale scale = stored.scale.at(request.frame, request.region.start[2] + k, stored.geometry.size[2]);
      double* out = values + static_cast<std::size_t>(k) * slice;
      loadValues(stored.pixelType, bytes.data(), 1, slice, scale, out);
      applyChain(chain_, out, slice, nullptr);
    }
  }

 private:
  VolumeSource& inner_;
  const ValueChain& chain_;
  VolumeInfo info_;
};

/// Maps [low, high] to [0, 1] and clips; a range without extent becomes 0.
void appendUnitRange(ValueChain& chain, double low, double high) {
  const double width = high - low;
  ResolvedStep step;
  step.centre = low;
  step.first = width > 0 && std::isfinite(width) ? 1 / width : 0;
  if (width > 0 && !std::isfinite(width)) {  // wider than double's range: halve first
    step.centre = 0;
    step.first = 0.5 / (high / 2 - low / 2);
    step.second = -low * step.first;
  }
  chain.push_back(step);
  chain.push_back({ResolvedStep::Kind::Clamp, 0, 1, 0, {}});
}

void appendNormalize(ValueChain& chain, const Normalize& step, const Statistics& statistics) {
  switch (step.method) {
    case NormalizeMethod::ZScore: {
      ResolvedStep out;
      out.centre = statistics.count > 0 ? statistics.mean : 0;
      out.first = statistics.std > 0 ? 1 / statistics.std : 0;
      chain.push_back(out);
      break;
    }
    case NormalizeMethod::Robust:  // done where the deviation can be measured
      break;
    case NormalizeMethod::MinMax:
      appendUnitRange(chain, statistics.min, statistics.max);
      break;
    case NormalizeMethod::Percentile:
      appendUnitRange(chain, statistics.percentiles.at(0).second, statistics.percentiles.at(1).second);
      break;
    case NormalizeMethod::Window:
      appendUnitRange(chain, step.second - step.first / 2, step.second + step.first / 2);
      break;
  }
}

}  // namespace

Statistics measureOnHost(const Plan& plan, const ValueStep& step, const ValueChain& before, VolumeSource& source,
                         int threads, JobContext& job) {
  const auto& normalize = std::get<Normalize>(step.operation);
  StatisticsRequest request;
  request.region = step.domain;
  request.frame = plan.frame;
  // Distances from the median may be 0.
  const bool distances = !before.empty() && before.back().kind == ResolvedStep::Kind::Absolute;
  request.nonzero = normalize.nonzero && !distances;
  request.threads = threads;
  if (normalize.method == NormalizeMethod::Robust) request.percentiles = {50};
  if (normalize.method == NormalizeMethod::Percentile) request.percentiles = {normalize.first, normalize.second};
  if (before.empty()) return computeStatistics(source, request, job);
  ChainedSource chained(source, before);
  return computeStatistics(chained, request, job);
}

ValueChain resolveValues(const Plan& plan, const Pass& pass, VolumeSource& source, int threads, JobContext& job) {
  return resolveValues(pass, [&](const ValueStep& step, const ValueChain& before) {
    return measureOnHost(plan, step, before, source, threads, job);
  });
}

/// The median first, then the median of the distances from it.
void appendRobust(ValueChain& chain, const ValueStep& step, const Measure& measure) {
  constexpr double kToDeviation = 1.4826;  // of normally distributed values
  const auto middle = [](const Statistics& statistics) {
    return statistics.count == 0 ? 0 : statistics.percentiles.at(0).second;
  };
  ResolvedStep out;
  out.centre = middle(measure(step, chain));
  ValueChain distances = chain;
  if (std::get<Normalize>(step.operation).nonzero) {
    distances.push_back({ResolvedStep::Kind::NonzeroOnly, 0, 0, 0, {}});
  }
  distances.push_back(out);
  distances.push_back({ResolvedStep::Kind::Absolute, 0, 0, 0, {}});
  const double deviation = kToDeviation * middle(measure(step, distances));
  out.first = deviation > 0 ? 1 / deviation : 0;
  chain.push_back(out);
}

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
    } else if (const auto* clamp = std::get_if<Clamp>(&step.operation)) {
      chain.push_back({ResolvedStep::Kind::Clamp, clamp->low, clamp->high, 0, {}});
    } else if (const auto* scale = std::get_if<ScaleShift>(&step.operation)) {
      chain.push_back({ResolvedStep::Kind::Affine, scale->scale, scale->shift, 0, {}});
    } else if (const auto* cast = std::get_if<Cast>(&step.operation)) {
      chain.push_back({ResolvedStep::Kind::Quantize, 0, 0, 0, cast->type});
    }
  }
  return chain;
}

void applyChain(const ValueChain& chain, double* values, std::size_t count, Loss* loss) {
  for (const ResolvedStep& step : chain) {
    switch (step.kind) {
      case ResolvedStep::Kind::Affine:
        if (step.first == 0) {  // also maps infinities to the constant that a volume without extent becomes
          std::fill(values, values + count, step.second);
        } else {
          for (std::size_t n = 0; n < count; ++n) values[n] = (values[n] - step.centre) * step.first + step.second;
        }
        break;
      case ResolvedStep::Kind::Clamp:
        for (std::size_t n = 0; n < count; ++n) {  // comparisons leave NaN as it is
          if (values[n] < step.first) values[n] = step.first;
          if (values[n] > step.second) values[n] = step.second;
        }
        break;
      case ResolvedStep::Kind::NonzeroOnly:
        for (std::size_t n = 0; n < count; ++n) {
          if (values[n] == 0) values[n] = std::numeric_limits<double>::quiet_NaN();
        }
        break;
      case ResolvedStep::Kind::Absolute:
        for (std::size_t n = 0; n < count; ++n) values[n] = std::abs(values[n]);
        break;
      case ResolvedStep::Kind::Quantize:
        quantizeValues(step.type, values, count, loss);
        break;
    }
  }
}

}  // namespace voxmark
