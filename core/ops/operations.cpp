#include "core/ops/operations.h"

#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/overload.h"
#include "core/ops/voxel_mask.h"

namespace voxmark {
namespace {

Error misfit(const std::string& what) {
  return Error(ErrorCode::Usage, what);
}

void checkShape(const Index3& shape) {
  for (const std::int64_t size : shape) {
    if (size < 1 || size > (std::int64_t{1} << 31)) {
      throw misfit(fmt::format("there is no volume of {}×{}×{} voxels", shape[0], shape[1], shape[2]));
    }
  }
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
  const auto holds = [&](double bound) {
    if (info.pixelType == PixelType::F16) return static_cast<double>(Half(static_cast<float>(bound))) == bound;
    if (info.pixelType == PixelType::BF16) return static_cast<double>(BFloat16(static_cast<float>(bound))) == bound;
    return wholeBounds || !isInteger(info.pixelType);
  };
  if (info.scale.identity() && inRange && holds(step.low) && holds(step.high)) {
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
  if (!step.mask.empty()) {
    if (!step.voxels) throw misfit(fmt::format("the voxels of the mask {} are not known yet", step.mask));
    if (!sameGrid(step.voxels->grid(), info.geometry)) {
      throw misfit(
          fmt::format("the mask {} does not lie on the volume's voxels as the steps before leave them", step.mask));
    }
  }
  return asReal(std::move(info));
}

VolumeInfo resampleInfo(const Resample& step, VolumeInfo info) {
  const Geometry grid = gridOf(step, info.geometry);
  // Slices with scales of their own end up in one slice.
  if (step.interpolation != Interpolation::Nearest || info.scale.perSlice()) info = asReal(std::move(info));
  info.geometry = grid;
  return info;
}

VolumeInfo fitInfo(const FitShape& step, VolumeInfo info) {
  checkShape(step.shape);
  if (info.scale.perSlice()) info = asReal(std::move(info));
  const LinearScale scale = info.scale.common();
  const double stored = (step.fill - scale.intercept) / scale.slope;
  const bool whole = stored == std::floor(stored) || !isInteger(info.pixelType);
  if (!(whole && stored >= lowestOf(info.pixelType) && stored <= highestOf(info.pixelType))) {
    throw misfit(
        fmt::format("{} cannot be stored as {}: cast the volume before", step.fill, pixelTypeName(info.pixelType)));
  }
  Vec3 first{};
  for (std::size_t a = 0; a < 3; ++a) first[a] = -static_cast<double>(marginBefore(step, info.geometry, a));
  info.geometry.origin = voxelToWorld(info.geometry, first);
  info.geometry.size = step.shape;
  return info;
}

constexpr double kMostSmoothing = 1000;  // mm: wider than any body

VolumeInfo smoothInfo(const Smooth& step, VolumeInfo info) {
  if (!(step.sigma > 0) || !std::isfinite(step.sigma)) {
    throw misfit(fmt::format("smoothing by {} mm is none (expected a number above 0)", step.sigma));
  }
  if (step.sigma > kMostSmoothing) {
    throw misfit(fmt::format("smoothing by {:g} mm is more than can be computed (expected up to {:g} mm)", step.sigma,
                             kMostSmoothing));
  }
  return asReal(std::move(info));
}

VolumeInfo cropToMaskInfo(const CropToMask& step, const VolumeInfo& info) {
  if (!step.box) throw misfit("the box of the mask is not known yet");
  if (step.grid && !sameGrid(*step.grid, info.geometry)) {
    throw misfit(
        fmt::format("the mask {} does not lie on the volume's voxels as the steps before leave them", step.file));
  }
  return cropInfo(Crop{*step.box}, info);
}

VolumeInfo matchInfo(const HistogramMatch& step, VolumeInfo info) {
  if (step.landmarks.size() < 2) {
    throw misfit(step.file.empty()
                     ? fmt::format("histogram matching needs two landmarks or more (found {})", step.landmarks.size())
                     : "the histogram of " + step.file + " is not known yet");
  }
  for (std::size_t n = 0; n < step.landmarks.size(); ++n) {
    const auto& [percent, value] = step.landmarks[n];
    const bool rising = n == 0 || (percent > step.landmarks[n - 1].percent && value >= step.landmarks[n - 1].value);
    if (!(percent >= 0 && percent <= 100) || !std::isfinite(value) || !rising) {
      throw misfit(
          fmt::format("landmark {} % → {} does not follow (expected rising percents from 0 to 100 and values "
                      "that do not fall)",
                      percent, value));
    }
  }
  return asReal(std::move(info));
}

VolumeInfo castInfo(const Cast& step, VolumeInfo info) {
  info.pixelType = step.type;
  info.scale = {};
  return info;
}

}  // namespace

VolumeInfo outputInfo(const Operation& operation, const VolumeInfo& input) {
  return std::visit(
      Overload{
          [&](const Crop& s) { return cropInfo(s, input); }, [&](const Reorient& s) { return reorientInfo(s, input); },
          [&](const Normalize& s) { return normalizeInfo(s, input); },
          [&](const Clamp& s) { return clampInfo(s, input); }, [&](const ScaleShift&) { return asReal(input); },
          [&](const Cast& s) { return castInfo(s, input); }, [&](const Resample& s) { return resampleInfo(s, input); },
          [&](const FitShape& s) { return fitInfo(s, input); }, [&](const Smooth& s) { return smoothInfo(s, input); },
          [&](const CropToMask& s) { return cropToMaskInfo(s, input); },
          [&](const HistogramMatch& s) { return matchInfo(s, input); }},
      operation);
}

bool changesGrid(const Operation& operation) {
  return std::holds_alternative<Resample>(operation) || std::holds_alternative<FitShape>(operation) ||
         std::holds_alternative<Smooth>(operation);
}

bool needsStatistics(const Operation& operation) {
  if (std::holds_alternative<HistogramMatch>(operation)) return true;
  const auto* normalize = std::get_if<Normalize>(&operation);
  return normalize != nullptr && normalize->method != NormalizeMethod::Window;
}

std::int64_t marginBefore(const FitShape& step, const Geometry& input, std::size_t axis) {
  const std::int64_t more = step.shape[axis] - input.size[axis];
  return more >= 0 ? more / 2 : -(-more / 2);
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

Geometry gridOf(const Resample& step, const Geometry& input) {
  if (int{step.spacing.has_value()} + int{step.shape.has_value()} + int{step.grid.has_value()} != 1) {
    throw misfit(step.like.empty() ? "resampling needs either a spacing, a shape or a grid"
                                   : "the grid of " + step.like + " is not known yet");
  }
  if (step.grid) {
    checkShape(step.grid->size);
    return *step.grid;
  }
  Geometry out = input;
  for (std::size_t a = 0; a < 3; ++a) {
    const double extent = static_cast<double>(input.size[a]) * input.spacing[a];
    if (step.shape) {
      out.size[a] = (*step.shape)[a];
      out.spacing[a] = extent / static_cast<double>(out.size[a]);
    } else {
      out.spacing[a] = (*step.spacing)[a];
      if (!(out.spacing[a] > 0) || !std::isfinite(out.spacing[a]) || extent / out.spacing[a] > 2147483648.0) {
        throw misfit(fmt::format("voxels of {} mm do not fit a volume of {:g} mm", out.spacing[a], extent));
      }
      out.size[a] = std::max<std::int64_t>(1, std::llround(extent / out.spacing[a]));
    }
  }
  checkShape(out.size);
  Vec3 first{};  // such that the middles are the same
  for (std::size_t a = 0; a < 3; ++a) {
    const double ratio = out.spacing[a] / input.spacing[a];
    first[a] = 0.5 * static_cast<double>(input.size[a] - 1) - 0.5 * static_cast<double>(out.size[a] - 1) * ratio;
  }
  out.origin = voxelToWorld(input, first);
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
