#include "core/ops/operations.h"

#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

template <typename... F>
struct Overload : F... {
  using F::operator()...;
};
template <typename... F>
Overload(F...) -> Overload<F...>;

Error misfit(const std::string& what) {
  return Error(ErrorCode::Usage, what);
}

/// The type that holds arbitrary real values made from `input`: double stays double.
PixelType realType(const VolumeInfo& input) {
  return input.pixelType == PixelType::F64 ? PixelType::F64 : PixelType::F32;
}

VolumeInfo asReal(VolumeInfo info) {
  info.pixelType = realType(info);
  info.scale = {};
  info.window.reset();
  return info;
}

VolumeInfo cropInfo(const Crop& crop, VolumeInfo info) {
  if (crop.region.empty() || !wholeOf(info.geometry.size).contains(crop.region)) {
    throw misfit(fmt::format("crop {} does not lie inside the volume of {}×{}×{} voxels", toString(crop.region),
                             info.geometry.size[0], info.geometry.size[1], info.geometry.size[2]));
  }
  if (info.scale.perSlice()) {
    std::vector<LinearScale> kept;
    for (std::int64_t frame = 0; frame < info.frames; ++frame) {
      for (std::int64_t k = crop.region.start[2]; k < crop.region.end()[2]; ++k) {
        kept.push_back(info.scale.at(frame, k, info.geometry.size[2]));
      }
    }
    info.scale = kept.size() == 1 ? ValueScale(kept[0].slope, kept[0].intercept) : ValueScale(std::move(kept));
  }
  info.geometry = cropped(info.geometry, crop.region);
  return info;
}

VolumeInfo reorientInfo(const Reorient& step, VolumeInfo info) {
  const AxisPermutation axes = permutationTo(info.geometry, step.letters);
  if (info.scale.perSlice() && !axes.identity()) {
    if (axes.inputAxis[2] == 2) {
      std::vector<LinearScale> turned;
      const std::int64_t slices = info.geometry.size[2];
      for (std::int64_t frame = 0; frame < info.frames; ++frame) {
        for (std::int64_t k = 0; k < slices; ++k) {
          turned.push_back(info.scale.at(frame, axes.flip[2] ? slices - 1 - k : k, slices));
        }
      }
      info.scale = ValueScale(std::move(turned));
    } else {
      info = asReal(std::move(info));  // slices with different scales end up in one slice: keep the values
    }
  }
  info.geometry = permuted(info.geometry, axes);
  return info;
}

VolumeInfo clampInfo(const Clamp& step, VolumeInfo info) {
  if (!(step.low <= step.high)) {
    throw misfit(fmt::format("clamp {},{} has its lower bound above its upper one", step.low, step.high));
  }
  const bool wholeBounds = step.low == std::floor(step.low) && step.high == std::floor(step.high);
  const bool inRange = step.low >= lowestOf(info.pixelType) && step.high <= highestOf(info.pixelType);
  if (info.scale.identity() && inRange && (wholeBounds || !isInteger(info.pixelType))) {
    return info;  // the stored type holds every result
  }
  return asReal(std::move(info));
}

VolumeInfo normalizeInfo(const Normalize& step, VolumeInfo info) {
  if (step.method == NormalizeMethod::Percentile &&
      !(step.first >= 0 && step.second <= 100 && step.first < step.second)) {
    throw misfit(fmt::format("percentiles {},{} are not two rising numbers from 0 to 100", step.first, step.second));
  }
  if (step.method == NormalizeMethod::Window && !(step.first > 0)) {
    throw misfit(fmt::format("a window of width {} has no extent", step.first));
  }
  return asReal(std::move(info));
}

VolumeInfo castInfo(const Cast& step, VolumeInfo info) {
  info.pixelType = step.type;
  info.scale = {};
  return info;
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
    case NormalizeMethod::Window:
      text = fmt::format("Window {:g} / {:g} to 0…1", step.first, step.second);
      break;
  }
  return step.nonzero ? text + ", non-zero voxels" : text;
}

}  // namespace

std::string_view operationKey(const Operation& operation) {
  return std::visit(Overload{[](const Crop&) { return "crop"; }, [](const Reorient&) { return "reorient"; },
                             [](const Normalize&) { return "normalize"; }, [](const Clamp&) { return "clamp"; },
                             [](const ScaleShift&) { return "scale"; }, [](const Cast&) { return "cast"; }},
                    operation);
}

std::string describe(const Operation& operation) {
  return std::visit(Overload{[](const Crop& s) {
                               return fmt::format("Crop at {}, {}, {} to {}×{}×{}", s.region.start[0],
                                                  s.region.start[1], s.region.start[2], s.region.size[0],
                                                  s.region.size[1], s.region.size[2]);
                             },
                             [](const Reorient& s) { return "Reorient to " + s.letters; },
                             [](const Normalize& s) { return describeNormalize(s); },
                             [](const Clamp& s) { return fmt::format("Clamp to {:g}…{:g}", s.low, s.high); },
                             [](const ScaleShift& s) { return fmt::format("Scale × {:g} + {:g}", s.scale, s.shift); },
                             [](const Cast& s) { return fmt::format("Cast to {}", pixelTypeName(s.type)); }},
                    operation);
}

VolumeInfo outputInfo(const Operation& operation, const VolumeInfo& input) {
  return std::visit(
      Overload{[&](const Crop& s) { return cropInfo(s, input); },
               [&](const Reorient& s) { return reorientInfo(s, input); },
               [&](const Normalize& s) { return normalizeInfo(s, input); },
               [&](const Clamp& s) { return clampInfo(s, input); }, [&](const ScaleShift&) { return asReal(input); },
               [&](const Cast& s) { return castInfo(s, input); }},
      operation);
}

Region inputRegion(const Operation& operation, const VolumeInfo& input, const Region& out) {
  if (const auto* crop = std::get_if<Crop>(&operation)) {
    Region in = out;
    for (std::size_t a = 0; a < 3; ++a) in.start[a] += crop->region.start[a];
    return in;
  }
  if (const auto* reorient = std::get_if<Reorient>(&operation)) {
    const AxisPermutation axes = permutationTo(input.geometry, reorient->letters);
    Region in;
    for (std::size_t a = 0; a < 3; ++a) {
      const auto source = static_cast<std::size_t>(axes.inputAxis[a]);
      in.size[source] = out.size[a];
      in.start[source] = axes.flip[a] ? input.geometry.size[source] - out.end()[a] : out.start[a];
    }
    return in;
  }
  return out;
}

bool needsStatistics(const Operation& operation) {
  const auto* normalize = std::get_if<Normalize>(&operation);
  return normalize != nullptr && normalize->method != NormalizeMethod::Window;
}

AxisPermutation permutationTo(const Geometry& geometry, const std::string& letters) {
  static constexpr std::string_view kPositive = "LPS";
  static constexpr std::string_view kNegative = "RAI";
  const AxisMap map = axisMapOf(geometry);
  AxisPermutation out;
  std::array<bool, 3> used{};
  for (std::size_t a = 0; a < 3; ++a) {
    const char letter = letters.size() == 3 ? letters[a] : '?';
    const auto positive = kPositive.find(letter);
    const auto negative = kNegative.find(letter);
    const auto axis = positive != std::string_view::npos ? positive : negative;
    if (axis == std::string_view::npos || used[axis]) {
      throw misfit(fmt::format("orientation '{}' is wrong (expected one each of L/R, A/P, S/I, such as RAS)", letters));
    }
    used[axis] = true;
    for (std::size_t source = 0; source < 3; ++source) {
      if (map.patientAxis[source] != static_cast<int>(axis)) continue;
      out.inputAxis[a] = static_cast<int>(source);
      out.flip[a] = map.reversed[source] != (negative != std::string_view::npos);
    }
  }
  return out;
}

Geometry permuted(const Geometry& geometry, const AxisPermutation& axes) {
  Geometry out = geometry;
  Vec3 first{0, 0, 0};
  for (std::size_t a = 0; a < 3; ++a) {
    const auto source = static_cast<std::size_t>(axes.inputAxis[a]);
    out.size[a] = geometry.size[source];
    out.spacing[a] = geometry.spacing[source];
    for (std::size_t row = 0; row < 3; ++row) {
      const double cosine = geometry.direction[3 * row + source];
      out.direction[3 * row + a] = axes.flip[a] ? -cosine : cosine;
    }
    if (axes.flip[a]) first[source] = static_cast<double>(geometry.size[source] - 1);
  }
  out.origin = voxelToWorld(geometry, first);
  return out;
}

}  // namespace voxmark
