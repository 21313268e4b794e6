#include <fmt/format.h>

#include "core/ops/operations.h"
#include "core/ops/overload.h"

namespace voxmark {
namespace {

std::string describeResample(const Resample& s) {
  std::string to = "the grid of " + s.like;
  if (s.spacing) to = fmt::format("{:g}×{:g}×{:g} mm", (*s.spacing)[0], (*s.spacing)[1], (*s.spacing)[2]);
  if (s.shape) to = fmt::format("{}×{}×{} voxels", (*s.shape)[0], (*s.shape)[1], (*s.shape)[2]);
  return fmt::format("Resample to {}, {}", to, interpolationName(s.interpolation));
}

std::string describeNormalize(const Normalize& step) {
  std::string text;
  switch (step.method) {
    case NormalizeMethod::ZScore:
      text = "Z-score";
      break;
    case NormalizeMethod::MinMax:
      text = "Min–max to 0…1";
      break;
    case NormalizeMethod::Percentile:
      text = fmt::format("Percentiles {:g}–{:g} % to 0…1", step.first, step.second);
      break;
    case NormalizeMethod::Robust:
      text = "Robust z-score (median, MAD)";
      break;
    case NormalizeMethod::Window:
      text = fmt::format("Window {:g} / {:g} to 0…1", step.first, step.second);
      break;
  }
  if (!step.mask.empty()) text += ", over the mask " + step.mask;
  return step.nonzero ? text + ", non-zero voxels" : text;
}

std::string describeMatch(const HistogramMatch& step) {
  const std::string to =
      step.file.empty() ? fmt::format("{} quantiles", step.landmarks.size()) : "that of " + step.file;
  return fmt::format("Match the histogram to {}{}", to, step.nonzero ? ", non-zero voxels" : "");
}

}  // namespace

std::string_view operationKey(const Operation& operation) {
  static constexpr std::string_view kKeys[] = {"crop",     "reorient", "normalize", "clamp",      "scale", "cast",
                                               "resample", "fit",      "smooth",    "cropToMask", "match"};
  static_assert(std::size(kKeys) == std::variant_size_v<Operation>);
  return kKeys[operation.index()];
}

std::string describe(const Operation& operation) {
  return std::visit(
      Overload{
          [](const Crop& s) {
            return fmt::format("Crop at {}, {}, {} to {}×{}×{}", s.region.start[0], s.region.start[1],
                               s.region.start[2], s.region.size[0], s.region.size[1], s.region.size[2]);
          },
          [](const Reorient& s) { return "Reorient to " + s.letters; },
          [](const Normalize& s) { return describeNormalize(s); },
          [](const Clamp& s) { return fmt::format("Clamp to {:g}…{:g}", s.low, s.high); },
          [](const ScaleShift& s) { return fmt::format("Scale × {:g} + {:g}", s.scale, s.shift); },
          [](const Cast& s) { return fmt::format("Cast to {}", pixelTypeName(s.type)); },
          [](const Resample& s) { return describeResample(s); },
          [](const FitShape& s) { return fmt::format("Crop or pad to {}×{}×{}", s.shape[0], s.shape[1], s.shape[2]); },
          [](const Smooth& s) { return fmt::format("Gaussian smoothing, σ {:g} mm", s.sigma); },
          [](const CropToMask& s) {
            return s.file.empty() ? std::string("Crop to the non-zero voxels") : "Crop to the mask " + s.file;
          },
          [](const HistogramMatch& s) { return describeMatch(s); }},
      operation);
}

}  // namespace voxmark
