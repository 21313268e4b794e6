#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/io/volume_source.h"
#include "core/ops/plan.h"
#include "core/ops/statistics.h"
#include "core/ops/voxel_values.h"

namespace voxmark {

/// A piecewise linear function through points, continued beyond the outermost; a single point: a constant.
struct PiecewiseMap {
  std::vector<double> from;  ///< rising
  std::vector<double> to;
  bool keepsZero = false;  ///< 0 stays 0
  [[nodiscard]] double apply(double value) const;
};

/// One value step with its constants known: v·factor + offset (with a factor of 0 the offset for all that is a number),
/// or a clamp, or storing as a type and loading again, or the absolute value, or NaN in place of 0, or a piecewise
/// linear function.
struct ResolvedStep {
  enum class Kind { Affine, Clamp, Quantize, Absolute, NonzeroOnly, Piecewise } kind = Kind::Affine;
  double first = 1;   ///< factor, or lower bound
  double second = 0;  ///< offset, or upper bound
  double centre = 0;  ///< affine: (v - centre)·factor + offset, so that large offsets do not cancel
  PixelType type = PixelType::F32;
  std::shared_ptr<const PiecewiseMap> map{};
  /// The pipeline's step whose loss is counted here: of Cast and Clamp. What normalising cuts off it is meant to.
  std::optional<std::size_t> lossOf{};
  std::string warning{};  ///< that the values have left nothing to work with
};
using ValueChain = std::vector<ResolvedStep>;

/// Turns the value steps of a pass into constants, measuring the source where a step needs statistics. A step's
/// statistics see the values as the steps before it left them.
[[nodiscard]] ValueChain resolveValues(const Plan& plan, const Pass& pass, VolumeSource& source, int threads,
                                       JobContext& job);

/// Gives the statistics of the values over step.domain as the steps of `before` leave them.
using Measure = std::function<Statistics(const ValueStep& step, const ValueChain& before)>;

/// As above, with statistics from elsewhere (a device). `measure` is asked only where a step needs them.
[[nodiscard]] ValueChain resolveValues(const Pass& pass, const Measure& measure);

/// The Measure of the first form: reads the source on the host.
[[nodiscard]] Statistics measureOnHost(const Plan& plan, const ValueStep& step, const ValueChain& before,
                                       VolumeSource& source, int threads, JobContext& job);

/// What is to be known of the constants of a chain: see ResolvedStep::warning.
[[nodiscard]] std::vector<std::string> warningsOf(const ValueChain& chain);

/// Applies the chain in place. `losses`, where given, has a Loss for each step, which is added to where a step loses.
void applyChain(const ValueChain& chain, double* values, std::size_t count, Loss* losses);

}  // namespace voxmark
