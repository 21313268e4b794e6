#include "core/backend/grid_stage.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/backend/input_slab.h"
#include "core/base/parallel_for.h"
#include "core/memory/buffer_pool.h"
#include "core/ops/affine_sampler.h"
#include "core/ops/convert_elements.h"
#include "core/ops/separable_filter.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

class GridStage : public VolumeSource {
 public:
  GridStage(VolumeSource& input, VolumeInfo output, std::int64_t firstFrame, int threads)
      : input_(input), output_(std::move(output)), firstFrame_(firstFrame), threads_(threads) {}
  [[nodiscard]] const VolumeInfo& info() const override { return output_; }
  [[nodiscard]] std::vector<std::string> readWarnings() const override {
    std::vector<std::string> out = input_.readWarnings();
    const Geometry& from = input_.info().geometry;
    if (sampledRegion(mapBetween(output_.geometry, from), wholeOf(output_.geometry.size), from.size, 1).empty()) {
      out.emplace_back("the new grid does not meet the volume: there is nothing in it but the fill value");
    }
    return out;
  }

 protected:
  [[nodiscard]] std::int64_t inputFrame(const ReadRequest& request) const { return firstFrame_ + request.frame; }

  VolumeSource& input_;
  VolumeInfo output_;
  std::int64_t firstFrame_;
  int threads_;
};

/// `count` values of one component from voxel (i, j, k) on along i, scaled.
template <typename Real>
void loadReal(const InputSlab& in, const VolumeInfo& info, std::int64_t frame, int component, const Index3& voxel,
              std::span<Real> out) {
  const auto components = static_cast<std::int64_t>(info.components);
  const std::byte* from = in.at(voxel[0], voxel[1], voxel[2], info.voxelBytes()) +
                          static_cast<std::size_t>(component) * bytesOf(info.pixelType);
  const LinearScale scale = info.scale.at(frame, voxel[2], info.geometry.size[2]);
  if constexpr (std::is_same_v<Real, double>) {
    loadValues(info.pixelType, from, components, out.size(), scale, out.data());
  } else {
    if (components == 1) {
      if (info.pixelType == PixelType::F32 && scale.slope == 1 && scale.intercept == 0) {
        std::memcpy(out.data(), from, out.size_bytes());
        return;
      }
      auto* bytes = reinterpret_cast<std::byte*>(out.data());
      if (convertElements(info.pixelType, from, scale, PixelType::F32, bytes, out.size(), nullptr)) return;
    }
    constexpr std::size_t kBlock = 512;
    double values[kBlock];
    for (std::size_t at = 0; at < out.size(); at += kBlock) {
      const std::size_t count = std::min(kBlock, out.size() - at);
      loadValues(info.pixelType, from + at * info.voxelBytes(), components, count, scale, values);
      for (std::size_t n = 0; n < count; ++n) out[at + n] = static_cast<Real>(values[n]);
    }
  }
}

/// Puts the values of one component into their places among the others.
template <typename Real>
void interleave(const Real* values, std::size_t count, int component, int components, std::byte* out) {
  auto* to = reinterpret_cast<Real*>(out) + component;
  for (std::size_t n = 0; n < count; ++n) to[n * static_cast<std::size_t>(components)] = values[n];
}

/// Computes the region component by component with `compute(component, values)`.
template <typename Real>
void eachComponent(const VolumeInfo& output, std::span<std::byte> target, const auto& compute) {
  if (output.components == 1) {
    compute(0, reinterpret_cast<Real*>(target.data()));
    return;
  }
  const std::size_t voxels = target.size() / output.voxelBytes();
  const auto buffer = BufferPool::global().acquire(voxels * sizeof(Real));
  auto* values = reinterpret_cast<Real*>(buffer->mutableData());
  for (int c = 0; c < output.components; ++c) {
    compute(c, values);
    interleave(values, voxels, c, output.components, target.data());
  }
}

/// Smoothing, and resampling along the volume's own axes.
template <typename Real>
class FilterStage final : public GridStage {
 public:
  FilterStage(VolumeSource& input, VolumeInfo output, std::int64_t firstFrame, int threads,
              std::array<AxisWeights, 3> weights, double fill)
      : GridStage(input, std::move(output), firstFrame, threads),
        filter_(std::move(weights), static_cast<Real>(fill)) {}

  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    checkRequest(request, target);
    std::unique_ptr<Storage> buffer;
    const std::int64_t frame = inputFrame(request);
    JobContext quiet(job.token(), {});
    const InputSlab in = fetchSlab(input_, filter_.inputRegion(request.region), frame, buffer, quiet);
    eachComponent<Real>(output_, target, [&](int component, Real* values) {
      const auto load = [&](std::int64_t i, std::int64_t j, std::int64_t k, std::span<Real> out) {
        loadReal<Real>(in, input_.info(), frame, component, {i, j, k}, out);
      };
      filter_.run(request.region, load, values, threads_, job);
    });
    if (onFilled) onFilled(request.region);
  }

 private:
  SeparableFilter<Real> filter_;
};

/// Linear or cubic resampling onto a grid of any orientation.
template <typename Real>
class ObliqueStage final : public GridStage {
 public:
  ObliqueStage(VolumeSource& input, VolumeInfo output, std::int64_t firstFrame, int threads, const Resample& step)
      : GridStage(input, std::move(output), firstFrame, threads),
        step_(step),
        map_(mapBetween(output_.geometry, input_.info().geometry)) {}

  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    checkRequest(request, target);
    const VolumeInfo& from = input_.info();
    const double reach = step_.interpolation == Interpolation::Cubic ? 2 : 1;
    const Region needed = sampledRegion(map_, request.region, from.geometry.size, reach);
    const auto voxels = static_cast<std::size_t>(request.region.voxels());
    if (needed.empty()) {
      eachComponent<Real>(output_, target,
                          [&](int, Real* out) { std::fill(out, out + voxels, static_cast<Real>(step_.fill)); });
    } else {
      std::unique_ptr<Storage> stored;
      JobContext quiet(job.token(), {});
      const std::int64_t frame = inputFrame(request);
      const InputSlab in = fetchSlab(input_, needed, frame, stored, quiet);
      eachComponent<Real>(output_, target, [&](int component, Real* out) {
        if (!from.scale.perSlice()) {
          sample(boxOf(in, needed, component), request.region, out, job);
          return;
        }
        const auto buffer = BufferPool::global().acquire(static_cast<std::uint64_t>(needed.voxels()) * sizeof(Real));
        auto* values = reinterpret_cast<Real*>(buffer->mutableData());
        loadBox(in, frame, component, values, job);
        const Index3& size = needed.size;
        sample({buffer->data(), pixelTypeOf<Real>(), needed, from.geometry.size, {1, size[0], size[0] * size[1]}, {}},
               request.region, out, job);
      });
    }
    if (onFilled) onFilled(request.region);
  }

 private:
  void loadBox(const InputSlab& in, std::int64_t frame, int component, Real* values, const JobContext& job) const {
    const Index3& size = in.region.size;
    parallelFor(static_cast<std::size_t>(size[1] * size[2]), 64, threads_, [&](auto begin, auto end, auto) {
      job.throwIfCancelled();
      for (std::size_t r = begin; r < end; ++r) {
        const auto row = static_cast<std::int64_t>(r);
        const Index3 at{in.region.start[0], in.region.start[1] + row % size[1], in.region.start[2] + row / size[1]};
        loadReal<Real>(in, input_.info(), frame, component, at,
                       {values + r * static_cast<std::size_t>(size[0]), static_cast<std::size_t>(size[0])});
      }
    });
  }

  [[nodiscard]] StoredBox boxOf(const InputSlab& in, const Region& needed, int component) const {
    const VolumeInfo& from = input_.info();
    StoredBox box;
    box.data = in.data + static_cast<std::size_t>(component) * bytesOf(from.pixelType);
    box.type = from.pixelType;
    box.region = needed;
    box.whole = from.geometry.size;
    for (std::size_t a = 0; a < 3; ++a) box.stride[a] = in.stride[a] * from.components;
    box.scale = from.scale.common();
    return box;
  }

  void sample(const StoredBox& box, const Region& region, Real* out, const JobContext& job) const {
    const Index3 subsamples = subsamplesOf(map_);
    const auto columns = static_cast<std::size_t>(region.size[0]);
    trace::Scope scope("resample", static_cast<std::size_t>(region.voxels()) * sizeof(Real));
    parallelFor(static_cast<std::size_t>(region.size[1] * region.size[2]), 16, threads_,
                [&](auto begin, auto end, auto) {
                  job.throwIfCancelled();
                  for (std::size_t r = begin; r < end; ++r) {
                    const auto row = static_cast<std::int64_t>(r);
                    const Index3 start{region.start[0], region.start[1] + row % region.size[1],
                                       region.start[2] + row / region.size[1]};
                    sampleRow<Real>(box, map_, step_.interpolation, subsamples, start, columns,
                                    static_cast<Real>(step_.fill), out + r * columns);
                  }
                });
  }

  Resample step_;
  GridMap map_;
};

/// Takes each output voxel from one input voxel, or none: nearest resampling, cutting and padding.
class GatherStage final : public GridStage {
 public:
  GatherStage(VolumeSource& input, VolumeInfo output, std::int64_t firstFrame, int threads, double fill)
      : GridStage(input, std::move(output), firstFrame, threads),
        map_(mapBetween(output_.geometry, input_.info().geometry)),
        fill_(output_.voxelBytes()) {
    const LinearScale scale = output_.scale.common();
    const double stored = (fill - scale.intercept) / scale.slope;
    const std::size_t bytes = bytesOf(output_.pixelType);
    for (std::size_t c = 0; c < static_cast<std::size_t>(output_.components); ++c) {
      storeValues(output_.pixelType, &stored, 1, fill_.data() + c * bytes);
    }
    // Where slices have scales of their own the output holds values, not what is stored.
    converts_ = input_.info().scale.perSlice();
  }

  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    checkRequest(request, target);
    const VolumeInfo& from = input_.info();
    const Region needed = sampledRegion(map_, request.region, from.geometry.size, 0);
    std::unique_ptr<Storage> buffer;
    InputSlab in;
    const std::int64_t frame = inputFrame(request);
    JobContext quiet(job.token(), {});
    if (!needed.empty()) in = fetchSlab(input_, needed, frame, buffer, quiet);
    const Region& region = request.region;
    trace::Scope scope("gather", target.size());
    parallelFor(
        static_cast<std::size_t>(region.size[1] * region.size[2]), 64, threads_, [&](auto begin, auto end, auto) {
          job.throwIfCancelled();
          for (std::size_t r = begin; r < end; ++r) {
            const auto row = static_cast<std::int64_t>(r);
            gatherRow(in, frame,
                      {region.start[0], region.start[1] + row % region.size[1], region.start[2] + row / region.size[1]},
                      static_cast<std::size_t>(region.size[0]),
                      target.data() + r * static_cast<std::size_t>(region.size[0]) * output_.voxelBytes());
          }
        });
    if (onFilled) onFilled(request.region);
  }

 private:
  void gatherRow(const InputSlab& in, std::int64_t frame, const Index3& start, std::size_t count,
                 std::byte* out) const {
    const VolumeInfo& from = input_.info();
    const std::size_t bytes = output_.voxelBytes();
    Vec3 voxel{static_cast<double>(start[0]), static_cast<double>(start[1]), static_cast<double>(start[2])};
    for (std::size_t n = 0; n < count; ++n, voxel[0] += 1, out += bytes) {
      const Vec3 p = map_.apply(voxel);
      Index3 at{};
      bool inside = in.data != nullptr;
      for (std::size_t a = 0; a < 3 && inside; ++a) {
        constexpr double kSame = 1e-9;
        inside = p[a] >= -0.5 - kSame && p[a] <= static_cast<double>(from.geometry.size[a]) - 0.5 + kSame;
        if (inside) {
          const auto nearest = static_cast<std::int64_t>(std::floor(p[a] + 0.5 + kSame));
          at[a] = std::clamp<std::int64_t>(nearest, 0, from.geometry.size[a] - 1);
        }
      }
      if (!inside) {
        std::memcpy(out, fill_.data(), bytes);
      } else if (converts_) {
        convertVoxel(in, frame, at, out);
      } else {
        std::memcpy(out, in.at(at[0], at[1], at[2], bytes), bytes);
      }
    }
  }

  void convertVoxel(const InputSlab& in, std::int64_t frame, const Index3& at, std::byte* out) const {
    const VolumeInfo& from = input_.info();
    const LinearScale scale = from.scale.at(frame, at[2], from.geometry.size[2]);
    const std::byte* stored = in.at(at[0], at[1], at[2], from.voxelBytes());
    for (std::size_t c = 0; c < static_cast<std::size_t>(from.components); ++c) {
      double value = 0;
      loadValues(from.pixelType, stored + c * bytesOf(from.pixelType), 1, 1, scale, &value);
      storeValues(output_.pixelType, &value, 1, out + c * bytesOf(output_.pixelType));
    }
  }

  GridMap map_;
  std::vector<std::byte> fill_;
  bool converts_ = false;
};

std::array<AxisWeights, 3> weightsOf(const Resample& step, const GridMap& map, const Index3& in, const Index3& out) {
  std::array<AxisWeights, 3> all;
  for (std::size_t a = 0; a < 3; ++a) {
    all[a] = resamplingWeights(step.interpolation, in[a], out[a], map.offset[a], map.matrix[4 * a]);
  }
  return all;
}

std::array<AxisWeights, 3> weightsOf(const Smooth& step, const Geometry& grid) {
  std::array<AxisWeights, 3> all;
  for (std::size_t a = 0; a < 3; ++a) all[a] = gaussianWeights(step.sigma / grid.spacing[a], grid.size[a]);
  return all;
}

template <template <typename> class Stage, typename... More>
std::unique_ptr<VolumeSource> real(VolumeSource& input, const VolumeInfo& output, std::int64_t firstFrame, int threads,
                                   More&&... more) {
  if (output.pixelType == PixelType::F64) {
    return std::make_unique<Stage<double>>(input, output, firstFrame, threads, std::forward<More>(more)...);
  }
  return std::make_unique<Stage<float>>(input, output, firstFrame, threads, std::forward<More>(more)...);
}

}  // namespace

std::unique_ptr<VolumeSource> makeGridStage(const Operation& operation, VolumeSource& input, const VolumeInfo& output,
                                            std::int64_t firstFrame, int threads) {
  const Geometry& from = input.info().geometry;
  if (const auto* smooth = std::get_if<Smooth>(&operation)) {
    return real<FilterStage>(input, output, firstFrame, threads, weightsOf(*smooth, from), 0.0);
  }
  if (const auto* fit = std::get_if<FitShape>(&operation)) {
    return std::make_unique<GatherStage>(input, output, firstFrame, threads, fit->fill);
  }
  const auto& resample = std::get<Resample>(operation);
  if (resample.interpolation == Interpolation::Nearest) {
    return std::make_unique<GatherStage>(input, output, firstFrame, threads, resample.fill);
  }
  const GridMap map = mapBetween(output.geometry, from);
  if (map.parallel()) {
    return real<FilterStage>(input, output, firstFrame, threads,
                             weightsOf(resample, map, from.size, output.geometry.size), resample.fill);
  }
  return real<ObliqueStage>(input, output, firstFrame, threads, resample);
}

}  // namespace voxmark
