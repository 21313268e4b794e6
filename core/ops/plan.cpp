#include "core/ops/plan.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

Region compose(const AxisPermutation& axes, const Region& box, const Region& out) {
  Region in;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto source = static_cast<std::size_t>(axes.inputAxis[a]);
    in.size[source] = out.size[a];
    in.start[source] = box.start[source] + (axes.flip[a] ? box.size[source] - out.end()[a] : out.start[a]);
  }
  return in;
}

/// The permutation that does `first`, then `second`.
AxisPermutation chain(const AxisPermutation& first, const AxisPermutation& second) {
  AxisPermutation out;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto middle = static_cast<std::size_t>(second.inputAxis[a]);
    out.inputAxis[a] = first.inputAxis[middle];
    out.flip[a] = first.flip[middle] != second.flip[a];
  }
  return out;
}

void append(Pass& pass, const Operation& operation, std::size_t step) {
  if (const auto* crop = std::get_if<Crop>(&operation)) {
    pass.inputRegion = compose(pass.axes, pass.inputRegion, crop->region);
  } else if (const auto* reorient = std::get_if<Reorient>(&operation)) {
    pass.axes = chain(pass.axes, permutationTo(pass.output.geometry, reorient->letters));
  } else if (const auto* mask = std::get_if<CropToMask>(&operation)) {
    pass.inputRegion = compose(pass.axes, pass.inputRegion, *mask->box);
  } else {
    pass.values.push_back({operation, pass.inputRegion, pass.axes, step});
  }
}

Pass passOver(const VolumeInfo& info, std::optional<Operation> first = std::nullopt) {
  return {std::move(first), info, info, wholeOf(info.geometry.size), {}, {}};
}

/// Whether the pass leaves everything as it is.
bool isIdle(const Pass& pass) {
  return !pass.first && pass.values.empty() && pass.axes.identity() &&
         pass.inputRegion == wholeOf(pass.input.geometry.size);
}

}  // namespace

Plan plan(const Pipeline& pipeline, const VolumeInfo& input, std::optional<std::int64_t> frame) {
  if (frame && (*frame < 0 || *frame >= input.frames)) {
    throw Error(ErrorCode::Usage, fmt::format("there is no frame {} (expected 0 to {})", *frame, input.frames - 1));
  }
  Plan out;
  out.input = input;
  out.frame = frame;
  VolumeInfo start = input;
  if (frame && input.frames > 1) {
    if (start.scale.perSlice()) {
      std::vector<LinearScale> kept;
      for (std::int64_t k = 0; k < start.geometry.size[2]; ++k) {
        kept.push_back(input.scale.at(*frame, k, start.geometry.size[2]));
      }
      start.scale = kept.size() == 1 ? ValueScale(kept[0].slope, kept[0].intercept) : ValueScale(std::move(kept));
    }
    start.frames = 1;
    start.frameAxes.clear();
  }
  Pass pass = passOver(start);
  for (std::size_t index = 0; index < pipeline.size(); ++index) {
    try {
      VolumeInfo next = outputInfo(pipeline[index], pass.output);
      if (changesGrid(pipeline[index])) {
        if (!isIdle(pass)) out.passes.push_back(std::move(pass));
        pass = passOver(next, pipeline[index]);
        continue;
      }
      append(pass, pipeline[index], index);
      pass.output = std::move(next);
    } catch (const Error& error) {
      throw Error(error.code(),
                  fmt::format("step {} ({}): {}", index + 1, operationKey(pipeline[index]), error.what()));
    }
  }
  out.output = pass.output;
  out.passes.push_back(std::move(pass));
  return out;
}

bool isSweep(const Plan& plan) {
  return plan.passes.size() == 1 && !plan.passes.front().first;
}

Region inputRegion(const Pass& pass, const Region& outputRegion) {
  return compose(pass.axes, pass.inputRegion, outputRegion);
}

}  // namespace voxmark
