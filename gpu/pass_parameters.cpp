#include "gpu/pass_parameters.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark::gpu {
namespace {

StoredType storedType(PixelType type) {
  return {type, lowestOf(type), highestOf(type)};
}

ValueProgram programOf(const ValueChain& chain) {
  if (chain.size() > static_cast<std::size_t>(kMaxSteps)) {
    throw Error(ErrorCode::Unsupported, fmt::format("the pipeline has too many value steps for CUDA "
                                                    "(expected at most {}, found {})",
                                                    kMaxSteps, chain.size()));
  }
  ValueProgram program;
  for (const ResolvedStep& step : chain) {
    DeviceStep& out = program.steps[program.count++];
    out.first = step.first;
    out.second = step.second;
    out.centre = step.centre;
    out.type = storedType(step.type);
    out.counts = step.lossOf.has_value();
    switch (step.kind) {
      case ResolvedStep::Kind::Affine:
        out.kind = DeviceStep::Kind::Affine;
        break;
      case ResolvedStep::Kind::Clamp:
        out.kind = DeviceStep::Kind::Clamp;
        break;
      case ResolvedStep::Kind::Quantize:
        out.kind = DeviceStep::Kind::Quantize;
        break;
      case ResolvedStep::Kind::Piecewise:
        throw Error(ErrorCode::Unsupported, "histogram matching does not run on CUDA yet");
      case ResolvedStep::Kind::Absolute:
      case ResolvedStep::Kind::NonzeroOnly:
        throw Error(ErrorCode::Unsupported, "this statistic is measured on the host");
    }
  }
  return program;
}

/// Reads input box `from` through `axes`, out of the dense box `held`.
Gather gatherOf(const Region& from, const AxisPermutation& axes, const Region& held, int components) {
  const Index3 stride{1, held.size[0], held.size[0] * held.size[1]};
  Gather gather;
  gather.components = components;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto source = static_cast<std::size_t>(axes.inputAxis[a]);
    const std::int64_t direction = axes.flip[a] ? -1 : 1;
    const std::int64_t begin = axes.flip[a] ? from.end()[source] - 1 : from.start[source];
    gather.size[a] = from.size[source];
    gather.first += (begin - held.start[source]) * stride[source];
    gather.stride[a] = direction * stride[source];
    if (source != 2) continue;
    gather.slice = begin;
    gather.sliceStride[a] = direction;
  }
  return gather;
}

}  // namespace

PassParameters transformParameters(const Pass& pass, const ValueChain& chain, const Region& part, const Region& held) {
  PassParameters out;
  out.gather = gatherOf(inputRegion(pass, part), pass.axes, held, pass.input.components);
  out.inputType = pass.input.pixelType;
  out.outputType = storedType(pass.output.pixelType);
  out.scalePerSlice = pass.input.scale.perSlice();
  out.verbatim = pass.values.empty() && pass.output.pixelType == pass.input.pixelType &&
                 pass.output.scale.identity() == pass.input.scale.identity();
  ValueChain steps = chain;
  if (!steps.empty() && steps.back().kind == ResolvedStep::Kind::Quantize &&
      steps.back().type == pass.output.pixelType) {
    steps.pop_back();  // storing does it
    out.storeCounts = true;
  }
  out.several =
      std::count_if(chain.begin(), chain.end(), [](const ResolvedStep& step) { return step.lossOf.has_value(); }) > 1;
  out.program = programOf(steps);
  return out;
}

PassParameters measureParameters(const Pass& pass, const ValueChain& before, const Region& domain, const Region& held) {
  PassParameters out;
  out.gather = gatherOf(domain, {}, held, pass.input.components);
  out.inputType = pass.input.pixelType;
  out.scalePerSlice = pass.input.scale.perSlice();
  out.program = programOf(before);
  return out;
}

std::vector<LinearScale> frameScales(const Pass& pass, std::int64_t frame) {
  const std::int64_t slices = pass.input.geometry.size[2];
  std::vector<LinearScale> scales;
  for (std::int64_t k = 0; k < (pass.input.scale.perSlice() ? slices : 1); ++k) {
    scales.push_back(pass.input.scale.at(pass.input.frames == 1 ? 0 : frame, k, slices));
  }
  return scales;
}

Statistics toStatistics(const MomentsCell& moments) {
  Statistics out;
  out.count = moments.count;
  out.nonfinite = moments.nonfinite;
  const double none = std::numeric_limits<double>::quiet_NaN();
  out.min = moments.count > 0 ? moments.min : none;
  out.max = moments.count > 0 ? moments.max : none;
  out.mean = moments.count > 0 ? moments.mean : none;
  out.std = moments.count > 0 ? std::sqrt(moments.m2 / static_cast<double>(moments.count)) : none;
  return out;
}

Loss toLoss(const LossCell& cell) {
  Loss loss;
  loss.clipped = cell.clipped;
  loss.nonfinite = cell.nonfinite;
  loss.count = cell.count;
  loss.maxAbsError = cell.maxAbsError;
  loss.sumAbsError = cell.sumAbsError;
  loss.sumSquaredError = cell.sumSquaredError;
  loss.low = cell.low;
  loss.high = cell.high;
  loss.any = cell.any;
  return loss;
}

Region boundingBox(const Region& a, const Region& b) {
  Region out;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    out.start[axis] = std::min(a.start[axis], b.start[axis]);
    out.size[axis] = std::max(a.end()[axis], b.end()[axis]) - out.start[axis];
  }
  return out;
}

Region neededInput(const Pass& pass, const Region& region) {
  Region box = inputRegion(pass, region);
  for (const ValueStep& step : pass.values) {
    if (measuredOnDevice(step)) box = boundingBox(box, step.domain);
  }
  return box;
}

bool measuredOnDevice(const ValueStep& step) {
  const auto* normalize = std::get_if<Normalize>(&step.operation);
  return normalize != nullptr && normalize->voxels == nullptr &&
         (normalize->method == NormalizeMethod::ZScore || normalize->method == NormalizeMethod::MinMax);
}

}  // namespace voxmark::gpu
