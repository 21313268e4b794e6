#include "core/io/reduced_source.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

/// Where the blocks of one axis begin in a row of `count` input voxels, and how many voxels they have.
struct Blocks {
  std::int64_t step;
  std::int64_t count;
  [[nodiscard]] std::int64_t begin(std::int64_t n) const { return n * step; }
  [[nodiscard]] std::int64_t end(std::int64_t n) const { return std::min(count, (n + 1) * step); }
};

std::int64_t blocksIn(std::int64_t voxels, std::int64_t step) {
  return (voxels + step - 1) / step;
}

template <typename T>
T fromMean(double mean) {
  if constexpr (std::is_integral_v<T>) {
    if (sizeof(T) == 8) mean = std::clamp(mean, lowestOf(pixelTypeOf<T>()), highestOf(pixelTypeOf<T>()));
    return static_cast<T>(std::nearbyint(mean));
  } else {
    return T(static_cast<float>(mean));
  }
}
template <>
double fromMean<double>(double mean) {
  return mean;
}

/// One slice of the output from the input slices that it covers. `in` is densely packed.
template <typename T>
void averageSlice(const T* in, const std::array<Blocks, 3>& blocks, int components, const Index3& out, T* target) {
  const Index3 size{blocks[0].count, blocks[1].count, blocks[2].count};
  for (std::int64_t j = 0; j < out[1]; ++j) {
    for (std::int64_t i = 0; i < out[0]; ++i) {
      for (int c = 0; c < components; ++c) {
        double sum = 0;
        std::int64_t finite = 0;
        for (std::int64_t z = 0; z < size[2]; ++z) {
          for (std::int64_t y = blocks[1].begin(j); y < blocks[1].end(j); ++y) {
            for (std::int64_t x = blocks[0].begin(i); x < blocks[0].end(i); ++x) {
              const auto value = static_cast<double>(in[((z * size[1] + y) * size[0] + x) * components + c]);
              if (!std::isfinite(value)) continue;
              sum += value;
              ++finite;
            }
          }
        }
        const double mean = finite > 0 ? sum / static_cast<double>(finite) : std::nan("");
        *target++ = fromMean<T>(mean);
      }
    }
  }
}

void pickSlice(const std::byte* in, const Index3& step, const Index3& inSize, std::size_t voxel, const Index3& out,
               std::byte* target) {
  for (std::int64_t j = 0; j < out[1]; ++j) {
    const std::byte* row = in + static_cast<std::size_t>(j * step[1] * inSize[0]) * voxel;
    for (std::int64_t i = 0; i < out[0]; ++i, target += voxel) {
      std::memcpy(target, row + static_cast<std::size_t>(i * step[0]) * voxel, voxel);
    }
  }
}

std::string describe(const Reduction& reduction, const Index3& whole) {
  std::string text = "not all of the file is loaded:";
  if (reduction.region != wholeOf(whole)) {
    text += fmt::format(" the box {} of {}×{}×{} voxels", toString(reduction.region), whole[0], whole[1], whole[2]);
  }
  const Index3& s = reduction.step;
  if (s != Index3{1, 1, 1}) {
    text += fmt::format("{} {} {}×{}×{} voxels", reduction.region == wholeOf(whole) ? "" : ", of which",
                        reduction.average ? "the means of" : "one of", s[0], s[1], s[2]);
  }
  return text;
}

Reduction filledIn(Reduction reduction, const VolumeInfo& whole) {
  if (reduction.region.size == Index3{0, 0, 0}) reduction.region = wholeOf(whole.geometry.size);
  return reduction;
}

}  // namespace

VolumeInfo reducedInfo(const Reduction& given, const VolumeInfo& whole) {
  const Reduction reduction = filledIn(given, whole);
  const Index3& size = whole.geometry.size;
  if (reduction.region.empty() || !wholeOf(size).contains(reduction.region)) {
    throw fileError(ErrorCode::Usage, whole.path,
                    fmt::format("the box {} does not lie inside the volume of {}×{}×{} voxels",
                                toString(reduction.region), size[0], size[1], size[2]));
  }
  if (*std::min_element(reduction.step.begin(), reduction.step.end()) < 1) {
    throw fileError(ErrorCode::Usage, whole.path, "a step between voxels is below 1");
  }
  if (reduction.average && reduction.step[2] > 1 && whole.scale.perSlice()) {
    throw fileError(ErrorCode::Usage, whole.path,
                    "slices that have scales of their own cannot be averaged: take every n-th voxel instead");
  }
  VolumeInfo out = whole;
  out.geometry = cropped(whole.geometry, reduction.region);
  Vec3 first{0, 0, 0};
  for (std::size_t a = 0; a < 3; ++a) {
    const std::int64_t step = std::min(reduction.step[a], reduction.region.size[a]);
    if (reduction.average) first[a] = static_cast<double>(step - 1) / 2;
    out.geometry.size[a] = blocksIn(reduction.region.size[a], step);
    out.geometry.spacing[a] *= static_cast<double>(step);
  }
  out.geometry.origin = voxelToWorld(cropped(whole.geometry, reduction.region), first);
  if (whole.scale.perSlice()) {
    std::vector<LinearScale> kept;
    for (std::int64_t frame = 0; frame < whole.frames; ++frame) {
      for (std::int64_t k = 0; k < out.geometry.size[2]; ++k) {
        kept.push_back(whole.scale.at(frame, reduction.region.start[2] + k * reduction.step[2], size[2]));
      }
    }
    out.scale = kept.size() == 1 ? ValueScale(kept[0].slope, kept[0].intercept) : ValueScale(std::move(kept));
  }
  out.warnings.push_back(describe(reduction, size));
  return out;
}

ReducedSource::ReducedSource(std::unique_ptr<VolumeSource> whole, const Reduction& reduction)
    : whole_(std::move(whole)),
      reduction_(filledIn(reduction, whole_->info())),
      info_(reducedInfo(reduction, whole_->info())) {
  for (std::size_t a = 0; a < 3; ++a) reduction_.step[a] = std::min(reduction_.step[a], reduction_.region.size[a]);
}

Region ReducedSource::inputOf(const Region& output) const {
  Region in;
  for (std::size_t a = 0; a < 3; ++a) {
    const std::int64_t begin = output.start[a] * reduction_.step[a];
    const std::int64_t last = (output.start[a] + output.size[a] - 1) * reduction_.step[a];
    const std::int64_t end =
        reduction_.average ? std::min(last + reduction_.step[a], reduction_.region.size[a]) : last + 1;
    in.start[a] = reduction_.region.start[a] + begin;
    in.size[a] = end - begin;
  }
  return in;
}

void ReducedSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                         JobContext& job) {
  checkRequest(request, target);
  const std::size_t voxel = info_.voxelBytes();
  const Region& region = request.region;
  const auto sliceBytes = static_cast<std::size_t>(region.size[0] * region.size[1]) * voxel;
  JobContext quiet(job.token(), {});
  // Slices are read one output slice at a time, so that the first shows as soon as it is there; slices in between that
  // nobody wants are not read at all where the file lets one skip them.
  for (std::int64_t k = 0; k < region.size[2]; ++k) {
    const Region part = slab(region, k, k + 1);
    const Region in = inputOf(part);
    const auto bytes = static_cast<std::size_t>(in.voxels()) * voxel;
    const auto buffer = BufferPool::global().acquire(bytes);
    whole_->read({in, request.frame}, {buffer->mutableData(), bytes}, {}, quiet);
    const trace::Scope scope("reduce", bytes);
    std::byte* out = target.data() + static_cast<std::size_t>(k) * sliceBytes;
    if (reduction_.average) {
      const std::array<Blocks, 3> blocks{
          {{reduction_.step[0], in.size[0]}, {reduction_.step[1], in.size[1]}, {reduction_.step[2], in.size[2]}}};
      visitPixelType(info_.pixelType, [&](auto tag) {
        using T = typename decltype(tag)::type;
        averageSlice(reinterpret_cast<const T*>(buffer->data()), blocks, info_.components, part.size,
                     reinterpret_cast<T*>(out));
      });
    } else {
      pickSlice(buffer->data(), reduction_.step, in.size, voxel, part.size, out);
    }
    if (onFilled) onFilled(part);
    job.report(static_cast<double>(k + 1) / static_cast<double>(region.size[2]), "Reading");
  }
}

std::unique_ptr<VolumeSource> reduced(std::unique_ptr<VolumeSource> source, const Reduction& reduction) {
  if (reduction.none()) return source;
  return std::make_unique<ReducedSource>(std::move(source), reduction);
}

}  // namespace voxmark
