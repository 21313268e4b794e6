#include "core/profiling/output_checks.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/statistics.h"

namespace voxmark::profiling {
namespace {

constexpr std::uint64_t kLooks = 4096;

Error wrong(const std::string& what, const Index3& voxel, double expected, double found) {
  return {ErrorCode::Verification, fmt::format("{} gave a wrong voxel at {},{},{} (expected {}, found {})", what,
                                               voxel[0], voxel[1], voxel[2], expected, found)};
}

bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

/// Voxels spread over a grid, the same ones each time.
template <typename Look>
void spread(const Index3& size, Look&& look) {
  const auto count = static_cast<std::uint64_t>(size[0] * size[1] * size[2]);
  const std::uint64_t looks = std::min(count, kLooks);
  for (std::uint64_t n = 0; n < looks; ++n) {
    // The golden ratio's multiples fill an interval evenly.
    const std::uint64_t at = looks == count ? n : (n * 0x9E3779B97F4A7C15ULL) % count;
    const auto index = static_cast<std::int64_t>(at);
    look(Index3{index % size[0], index / size[0] % size[1], index / (size[0] * size[1])});
  }
}

double keys(double x) {
  x = std::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/// Weight of a voxel at distance x, in voxels.
double kernel(Interpolation interpolation, double x) {
  return interpolation == Interpolation::Cubic ? keys(x) : std::max(0.0, 1 - std::abs(x));
}

/// One axis of a separable kernel about a place, widened where voxels grow; what lies outside counts as the outermost.
struct Taps {
  std::int64_t first = 0;
  std::vector<double> weights;
};

Taps tapsAt(double place, double widening, Interpolation interpolation) {
  const double reach = (interpolation == Interpolation::Cubic ? 2 : 1) * widening;
  Taps out;
  out.first = static_cast<std::int64_t>(std::ceil(place - reach));
  double sum = 0;
  for (std::int64_t n = out.first; static_cast<double>(n) <= place + reach; ++n) {
    out.weights.push_back(kernel(interpolation, (static_cast<double>(n) - place) / widening));
    sum += out.weights.back();
  }
  for (double& weight : out.weights) weight /= sum;
  return out;
}

double sampleBySum(const Volume& input, const Vec3& place, const Vec3& widening, Interpolation interpolation) {
  std::array<Taps, 3> taps;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    taps[axis] = tapsAt(place[axis], widening[axis], interpolation);
  }
  const auto inside = [&](std::size_t axis, std::size_t tap) {
    return std::clamp<std::int64_t>(taps[axis].first + static_cast<std::int64_t>(tap), 0,
                                    input.geometry().size[axis] - 1);
  };
  double sum = 0;
  for (std::size_t k = 0; k < taps[2].weights.size(); ++k) {
    for (std::size_t j = 0; j < taps[1].weights.size(); ++j) {
      for (std::size_t i = 0; i < taps[0].weights.size(); ++i) {
        const double weight = taps[0].weights[i] * taps[1].weights[j] * taps[2].weights[k];
        sum += weight * input.valueAt(0, {inside(0, i), inside(1, j), inside(2, k)});
      }
    }
  }
  return sum;
}

void checkResample(const Resample& operation, const Volume& input, const Volume& output, double range) {
  if (operation.grid) return;  // of any orientation: the kernel is another one
  Vec3 widening;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    widening[axis] = std::max(1.0, output.geometry().spacing[axis] / input.geometry().spacing[axis]);
  }
  spread(output.geometry().size, [&](const Index3& voxel) {
    const Vec3 at{static_cast<double>(voxel[0]), static_cast<double>(voxel[1]), static_cast<double>(voxel[2])};
    const Vec3 place = worldToVoxel(input.geometry(), voxelToWorld(output.geometry(), at));
    const double found = output.valueAt(0, voxel);
    if (operation.interpolation == Interpolation::Nearest) {
      Index3 near;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        // Half way between two voxels either of them is nearest.
        if (std::abs(place[axis] - std::floor(place[axis]) - 0.5) < 1e-6) return;
        near[axis] = std::clamp<std::int64_t>(std::llround(place[axis]), 0, input.geometry().size[axis] - 1);
      }
      if (!same(found, input.valueAt(0, near))) throw wrong("resampling", voxel, input.valueAt(0, near), found);
      return;
    }
    const double expected = sampleBySum(input, place, widening, operation.interpolation);
    if (!std::isfinite(expected)) return;  // how far what is not finite spreads is the operation's own business
    if (!(std::abs(found - expected) <= 1e-4 * range)) throw wrong("resampling", voxel, expected, found);
  });
}

void checkReorient(const Volume& input, const Volume& output) {
  spread(output.geometry().size, [&](const Index3& voxel) {
    const Vec3 at{static_cast<double>(voxel[0]), static_cast<double>(voxel[1]), static_cast<double>(voxel[2])};
    const Vec3 place = worldToVoxel(input.geometry(), voxelToWorld(output.geometry(), at));
    const Index3 source{std::llround(place[0]), std::llround(place[1]), std::llround(place[2])};
    const bool inside = wholeOf(input.geometry().size).contains(source);
    const double expected = inside ? input.valueAt(0, source) : std::nan("");
    const double found = output.valueAt(0, voxel);
    if (!inside || !same(found, expected)) throw wrong("reorienting", voxel, expected, found);
  });
}

void checkCast(const Cast& operation, const Volume& input, const Volume& output) {
  spread(output.geometry().size, [&](const Index3& voxel) {
    const double before = input.valueAt(0, voxel);
    if (!std::isfinite(before)) return;
    const double within = std::clamp(before, lowestOf(operation.type), highestOf(operation.type));
    const double found = output.valueAt(0, voxel);
    if (isInteger(operation.type)) {
      if (found != std::nearbyint(within)) throw wrong("casting", voxel, std::nearbyint(within), found);
      return;
    }
    // Half of the last place of the mantissa; below the normal numbers half of the smallest one.
    double relative = 0, smallest = 0;
    if (operation.type == PixelType::F16) relative = std::ldexp(1, -11), smallest = std::ldexp(1, -25);
    if (operation.type == PixelType::BF16) relative = std::ldexp(1, -8), smallest = std::ldexp(1, -134);
    if (operation.type == PixelType::F32) relative = std::ldexp(1, -24), smallest = std::ldexp(1, -150);
    if (std::abs(found - within) > std::max(relative * std::abs(within) * (1 + 1e-12), smallest)) {
      throw wrong("casting", voxel, within, found);
    }
  });
}

void checkNormalised(const Normalize& operation, const VolumePtr& output) {
  JobContext quiet;
  MemorySource source(output);
  const Statistics found = computeStatistics(source, {}, quiet);
  if (operation.nonzero || operation.voxels || found.count == 0 || found.min == found.max) return;
  bool right = true;
  if (operation.method == NormalizeMethod::ZScore) {
    right = std::abs(found.mean) < 1e-4 && std::abs(found.std - 1) < 1e-4;
  } else if (operation.method == NormalizeMethod::MinMax || operation.method == NormalizeMethod::Percentile) {
    right = found.min == 0 && std::abs(found.max - 1) < 1e-6;
  } else if (operation.method == NormalizeMethod::Window) {
    right = found.min >= 0 && found.max <= 1;
  }
  if (!right) {
    throw Error(ErrorCode::Verification,
                fmt::format("the normalised volume has the wrong statistics (mean {}, deviation {}, {} to {})",
                            found.mean, found.std, found.min, found.max));
  }
}

}  // namespace

std::uint64_t checksumOf(const Volume& volume) {
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a over 8-byte words
  const std::byte* data = volume.frameData(0);
  const std::uint64_t bytes = volume.info().totalBytes();
  for (std::uint64_t at = 0; at < bytes; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data + at, std::min<std::uint64_t>(8, bytes - at));
    hash = (hash ^ word) * 1099511628211ULL;
  }
  return hash;
}

void checkOperation(const Operation& operation, const VolumePtr& input, const VolumePtr& output) {
  if (const auto* normalize = std::get_if<Normalize>(&operation)) checkNormalised(*normalize, output);
  if (std::holds_alternative<Reorient>(operation)) checkReorient(*input, *output);
  if (const auto* cast = std::get_if<Cast>(&operation)) checkCast(*cast, *input, *output);
  if (const auto* resample = std::get_if<Resample>(&operation)) {
    JobContext quiet;
    MemorySource source(input);
    const Statistics of = computeStatistics(source, {}, quiet);
    checkResample(*resample, *input, *output, std::max(1e-12, of.max - of.min));
  }
}

void checkSlab(const Plan& steps, const VolumePtr& input, const VolumePtr& output, Backend& backend, JobContext& job) {
  const Index3& size = steps.output.geometry.size;
  const Region slice = slab(wholeOf(size), size[2] / 2, size[2] / 2 + 1);
  MemorySource source(input);
  MemorySink sink;
  (void)backend.execute(steps, source, sink, slice, job);
  const VolumePtr alone = sink.take();
  const std::uint64_t bytes = alone->info().frameBytes();
  const std::byte* whole = output->frameData(0) + static_cast<std::uint64_t>(size[2] / 2) * bytes;
  if (std::memcmp(whole, alone->frameData(0), bytes) != 0) {
    throw Error(ErrorCode::Verification, "a slice computed by itself differs from the whole");
  }
}

}  // namespace voxmark::profiling
