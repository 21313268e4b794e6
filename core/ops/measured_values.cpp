#include "core/ops/measured_values.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>

#include "core/ops/voxel_values.h"

namespace voxmark {
namespace {

constexpr std::size_t kBlock = 4096;  // values a block: stays in the first-level cache

[[nodiscard]] bool takesPart(const ElementRun& run, std::size_t element) {
  if (run.mask == nullptr) return true;
  const std::int64_t bit = run.firstBit + static_cast<std::int64_t>(element) / run.elementsPerBit;
  return (run.mask[bit / 64] >> (bit % 64) & 1U) != 0;
}

/// Values that a request covers, if all of them are finite and none is left out.
std::uint64_t mostValues(const VolumeInfo& info, const StatisticsRequest& request) {
  const Region region = request.region.value_or(wholeOf(info.geometry.size));
  return static_cast<std::uint64_t>(region.voxels()) *
         static_cast<std::uint64_t>(request.component ? 1 : info.components) *
         static_cast<std::uint64_t>(request.frame ? 1 : info.frames);
}

/// Values of any type, after any scale and transform.
class GeneralValues final : public MeasuredValues {
 public:
  GeneralValues(const VolumeInfo& info, const StatisticsRequest& request)
      : MeasuredValues(request), type_(info.pixelType) {
    if (!request.percentiles.empty()) {
      selector_ = std::make_unique<OrderSelector>(64, request.percentiles, mostValues(info, request));
    }
  }
  [[nodiscard]] int sweeps() const override { return selector_ ? 3 : 1; }

  [[nodiscard]] Moments measure(const std::vector<ElementRun>& runs) override {
    Moments out;
    blocks(runs, out.nonfinite, [&](const double* values, std::size_t count) {
      out.join(momentsOf(values, count));
      if (selector_) selector_->add(values, count);
    });
    return out;
  }
  void select(const std::vector<ElementRun>& runs) override {
    std::uint64_t ignored = 0;
    blocks(runs, ignored, [&](const double* values, std::size_t count) { selector_->add(values, count); });
  }
  void count(const std::vector<ElementRun>& runs) override {
    std::uint64_t ignored = 0;
    std::vector<std::uint64_t> part(bins_.size());
    blocks(runs, ignored, [&](const double* values, std::size_t count) { countBlock(values, count, part); });
    addBins(part);
  }
  [[nodiscard]] std::vector<std::pair<double, double>> percentiles() const override {
    std::vector<std::pair<double, double>> out;
    const auto found = selector_ ? selector_->found<double>() : std::vector<OrderBetween>{};
    for (std::size_t n = 0; n < request_.percentiles.size(); ++n) {
      const double value = found.empty() ? std::numeric_limits<double>::quiet_NaN()
                                         : found[n].low + (found[n].high - found[n].low) * found[n].share;
      out.emplace_back(request_.percentiles[n], value);
    }
    return out;
  }

 private:
  /// Calls visit(values, count) for the finite values that take part.
  void blocks(const std::vector<ElementRun>& runs, std::uint64_t& nonfinite, const auto& visit) const {
    std::array<double, kBlock> block;
    for (const ElementRun& run : runs) {
      for (std::size_t at = 0; at < run.count; at += kBlock) {
        const std::size_t length = std::min(kBlock, run.count - at);
        const auto step = run.stride * static_cast<std::int64_t>(bytesOf(type_));
        loadValues(type_, run.stored + static_cast<std::int64_t>(at) * step, run.stride, length, run.scale,
                   block.data());
        if (request_.transform) request_.transform(block.data(), length);
        std::size_t kept = 0;
        for (std::size_t n = 0; n < length; ++n) {
          const double value = block[n];
          if (!takesPart(run, at + n)) continue;
          if (!std::isfinite(value)) {
            ++nonfinite;
            continue;
          }
          if (!(request_.nonzero && value == 0)) block[kept++] = value;
        }
        if (kept > 0) visit(block.data(), kept);
      }
    }
  }
  PixelType type_;
};

/// Elements as they are stored: of type In, measured as T (f16 and bf16 as float).
template <typename In, typename T>
class StoredValues final : public MeasuredValues {
 public:
  StoredValues(const VolumeInfo& info, const StatisticsRequest& request)
      : MeasuredValues(request), scale_(info.scale.common()) {
    if (!request.percentiles.empty()) {
      selector_ = std::make_unique<OrderSelector>(RadixSelector::keyBitsOf<T>(), request.percentiles,
                                                  mostValues(info, request));
    }
  }
  [[nodiscard]] int sweeps() const override { return selector_ && sizeof(T) > 2 ? 2 : 1; }

  [[nodiscard]] Moments measure(const std::vector<ElementRun>& runs) override {
    Moments out;
    blocks(runs, &out, [&](const T* values, std::size_t count) {
      if (selector_) selector_->add(values, count);
    });
    if (out.nonfinite > 0) allFinite_ = false;
    return scale_.identity() ? out : out.scaled(scale_.slope, scale_.intercept);
  }
  void select(const std::vector<ElementRun>& runs) override {
    blocks(runs, nullptr, [&](const T* values, std::size_t count) { selector_->add(values, count); });
  }
  void count(const std::vector<ElementRun>& runs) override {
    std::vector<std::uint64_t> part(bins_.size());
    std::array<double, kMomentsBlock> scaled;
    blocks(runs, nullptr, [&](const T* values, std::size_t count) {
      for (std::size_t n = 0; n < count; ++n) {
        scaled[n] = static_cast<double>(values[n]);
        if (!scale_.identity()) scaled[n] = scaled[n] * scale_.slope + scale_.intercept;
      }
      countBlock(scaled.data(), count, part);
    });
    addBins(part);
  }
  [[nodiscard]] std::vector<std::pair<double, double>> percentiles() const override {
    std::vector<std::pair<double, double>> out;
    const auto found = selector_ ? selector_->template found<T>() : std::vector<OrderBetween>{};
    const auto value = [&](double stored) {
      return scale_.identity() ? stored : stored * scale_.slope + scale_.intercept;
    };
    for (std::size_t n = 0; n < request_.percentiles.size(); ++n) {
      if (found.empty()) {
        out.emplace_back(request_.percentiles[n], std::numeric_limits<double>::quiet_NaN());
        continue;
      }
      const double low = value(found[n].low);
      out.emplace_back(request_.percentiles[n], low + (value(found[n].high) - low) * found[n].share);
    }
    return out;
  }

 private:
  /// Calls visit for the finite elements that take part, and adds up their moments where these are asked for.
  void blocks(const std::vector<ElementRun>& runs, Moments* moments, const auto& visit) const {
    std::array<T, kMomentsBlock> block;
    std::uint64_t ignored = 0;
    for (const ElementRun& run : runs) {
      const auto* stored = reinterpret_cast<const In*>(run.stored);
      const bool asStored = std::is_same_v<In, T> && run.stride == 1 && run.mask == nullptr && !request_.nonzero;
      for (std::size_t at = 0; at < run.count; at += kMomentsBlock) {
        const std::size_t length = std::min(kMomentsBlock, run.count - at);
        if constexpr (std::is_same_v<In, T>) {
          const bool finite =
              moments != nullptr ? asStored && directMoments(stored + at, length, *moments) : asStored && allFinite_;
          if (finite) {
            visit(stored + at, length);
            continue;
          }
        }
        const std::size_t kept =
            gather(run, at, length, block.data(), moments != nullptr ? moments->nonfinite : ignored);
        if (kept == 0) continue;
        if (moments != nullptr) (void)directMoments(block.data(), kept, *moments);
        visit(block.data(), kept);
      }
    }
  }
  std::size_t gather(const ElementRun& run, std::size_t at, std::size_t length, T* out,
                     std::uint64_t& nonfinite) const {
    const auto* stored = reinterpret_cast<const In*>(run.stored);
    std::size_t kept = 0;
    for (std::size_t n = at; n < at + length; ++n) {
      const T value = static_cast<T>(stored[static_cast<std::int64_t>(n) * run.stride]);
      bool taken = takesPart(run, n);
      if constexpr (std::is_floating_point_v<T>) {
        if (taken && !std::isfinite(value)) {
          ++nonfinite;
          taken = false;
        }
      }
      out[kept] = value;
      kept += taken && !(request_.nonzero && value == T{0}) ? 1 : 0;
    }
    return kept;
  }
  LinearScale scale_;
  std::atomic<bool> allFinite_{true};  ///< known after the first sweep
};

/// Whether values are a rising function of what is stored that keeps finite numbers finite.
bool plainScale(const VolumeInfo& info, bool nonzero) {
  if (info.scale.perSlice()) return false;
  const LinearScale scale = info.scale.common();
  if (scale.identity()) return true;
  // For "not 0" the values themselves would have to be looked at.
  return !nonzero && scale.slope > 1e-60 && scale.slope < 1e60 && std::abs(scale.intercept) < 1e60;
}

}  // namespace

std::unique_ptr<MeasuredValues> MeasuredValues::over(const VolumeInfo& info, const StatisticsRequest& request) {
  if (request.transform || !plainScale(info, request.nonzero)) return std::make_unique<GeneralValues>(info, request);
  return visitPixelType(info.pixelType, [&](auto tag) -> std::unique_ptr<MeasuredValues> {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>) {
      return std::make_unique<StoredValues<T, float>>(info, request);
    } else if constexpr (sizeof(T) <= 4) {
      return std::make_unique<StoredValues<T, T>>(info, request);
    } else {
      return std::make_unique<GeneralValues>(info, request);
    }
  });
}

void MeasuredValues::layBins(std::size_t bins, double low, double high) {
  bins_.assign(bins, 0);
  low_ = low;
  high_ = high;
}

void MeasuredValues::countBlock(const double* values, std::size_t count, std::vector<std::uint64_t>& part) const {
  const auto bins = static_cast<double>(part.size());
  // Half of everything, so that the width of the widest range is a number.
  const double width = high_ / 2 - low_ / 2;
  for (std::size_t n = 0; n < count; ++n) {
    const double share = width > 0 ? (values[n] / 2 - low_ / 2) / width : 0;
    ++part[std::min(static_cast<std::size_t>(share * bins), part.size() - 1)];
  }
}

void MeasuredValues::addBins(const std::vector<std::uint64_t>& part) {
  const std::lock_guard lock(mutex_);
  for (std::size_t n = 0; n < part.size(); ++n) bins_[n] += part[n];
}

}  // namespace voxmark
