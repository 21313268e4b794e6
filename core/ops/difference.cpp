#include "core/ops/difference.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/structural_similarity.h"
#include "core/ops/voxel_values.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

/// One slice of a volume as scaled values, all components.
class SliceReader {
 public:
  explicit SliceReader(VolumeSource& source) : source_(source) {}
  const std::vector<double>& read(std::int64_t frame, std::int64_t k, JobContext& job) {
    const VolumeInfo& info = source_.info();
    const Index3& size = info.geometry.size;
    const auto count = static_cast<std::size_t>(size[0] * size[1] * info.components);
    bytes_.resize(count * bytesOf(info.pixelType));
    values_.resize(count);
    JobContext quiet(job.token(), {});
    source_.read({{{0, 0, k}, {size[0], size[1], 1}}, frame}, bytes_, {}, quiet);
    loadValues(info.pixelType, bytes_.data(), 1, count, info.scale.at(frame, k, size[2]), values_.data());
    return values_;
  }

 private:
  VolumeSource& source_;
  std::vector<std::byte> bytes_;
  std::vector<double> values_;
};

void requireComparable(const VolumeInfo& a, const VolumeInfo& b) {
  const auto shape = [](const VolumeInfo& info) {
    const Index3& n = info.geometry.size;
    return fmt::format("{}×{}×{} voxels, {} frames, {} components", n[0], n[1], n[2], info.frames, info.components);
  };
  if (a.geometry.size != b.geometry.size || a.frames != b.frames || a.components != b.components) {
    throw Error(ErrorCode::Usage, fmt::format("{}: has another shape than {} (expected {}, found {})", b.path, a.path,
                                              shape(a), shape(b)));
  }
  if (!sameGrid(a.geometry, b.geometry)) {
    throw Error(ErrorCode::Usage,
                fmt::format("{}: does not lie on the grid of {}; resample it to that grid", b.path, a.path));
  }
}

struct Sums {
  double absolute = 0;
  double squares = 0;
};

/// Differences of one slice, added to `out`; sums are kept a slice, so that large volumes lose no digits.
Sums compareSlice(const std::vector<double>& a, const std::vector<double>& b, const VolumeInfo& info,
                  std::int64_t frame, std::int64_t k, Difference& out) {
  Sums sums;
  for (std::size_t n = 0; n < a.size(); ++n) {
    if (!std::isfinite(a[n]) || !std::isfinite(b[n])) {
      ++out.nonfinite;
      continue;
    }
    const double difference = a[n] - b[n];
    const double size = std::abs(difference);
    sums.absolute += size;
    sums.squares += difference * difference;
    out.low = out.count == 0 ? a[n] : std::min(out.low, a[n]);
    out.high = out.count == 0 ? a[n] : std::max(out.high, a[n]);
    ++out.count;
    if (out.worst && size <= out.maxAbs) continue;
    out.maxAbs = size;
    const auto voxel = static_cast<std::int64_t>(n) / info.components;
    out.worst = {{voxel % info.geometry.size[0], voxel / info.geometry.size[0], k},
                 frame,
                 static_cast<int>(static_cast<std::int64_t>(n) % info.components),
                 a[n],
                 b[n]};
  }
  return sums;
}

double similarity(VolumeSource& a, VolumeSource& b, double range, JobContext& job) {
  const VolumeInfo& info = a.info();
  double sum = 0;
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    for (int component = 0; component < info.components; ++component) {
      SliceReader readA(a), readB(b);
      const auto pick = [&](const std::vector<double>& all, std::span<double> out) {
        const auto step = static_cast<std::size_t>(info.components);
        for (std::size_t n = 0; n < out.size(); ++n) out[n] = all[n * step + static_cast<std::size_t>(component)];
      };
      sum += structuralSimilarity(
          info.geometry.size,
          [&](std::int64_t k, std::span<double> outA, std::span<double> outB) {
            pick(readA.read(frame, k, job), outA);
            pick(readB.read(frame, k, job), outB);
          },
          range, job);
    }
  }
  return sum / static_cast<double>(info.frames * info.components);
}

class DifferenceSource final : public VolumeSource {
 public:
  DifferenceSource(VolumeSource& a, VolumeSource& b) : a_(a), b_(b), info_(a.info()) {
    const auto wide = [](PixelType type) { return type == PixelType::F64 || (isInteger(type) && bytesOf(type) > 2); };
    info_.pixelType = wide(a.info().pixelType) || wide(b.info().pixelType) ? PixelType::F64 : PixelType::F32;
    info_.scale = {};
    info_.window.reset();
    info_.original.reset();
    info_.invertDisplay = false;
  }
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    checkRequest(request, target);
    const auto row = static_cast<std::size_t>(request.region.size[0] * info_.components);
    const std::size_t slice = row * static_cast<std::size_t>(request.region.size[1]);
    std::vector<double> a(slice), b(slice);
    for (std::int64_t k = 0; k < request.region.size[2]; ++k) {
      const Region part = slab(request.region, k, k + 1);
      load(a_, part, request.frame, a, job);
      load(b_, part, request.frame, b, job);
      for (std::size_t n = 0; n < slice; ++n) a[n] -= b[n];
      storeValues(info_.pixelType, a.data(), slice,
                  target.data() + static_cast<std::size_t>(k) * slice * bytesOf(info_.pixelType));
    }
    if (onFilled) onFilled(request.region);
  }

 private:
  static void load(VolumeSource& source, const Region& part, std::int64_t frame, std::vector<double>& out,
                   JobContext& job) {
    const VolumeInfo& info = source.info();
    std::vector<std::byte> bytes(out.size() * bytesOf(info.pixelType));
    source.read({part, frame}, bytes, {}, job);
    loadValues(info.pixelType, bytes.data(), 1, out.size(), info.scale.at(frame, part.start[2], info.geometry.size[2]),
               out.data());
  }

  VolumeSource& a_;
  VolumeSource& b_;
  VolumeInfo info_;
};

}  // namespace

Difference difference(VolumeSource& a, VolumeSource& b, JobContext& job, bool structural) {
  requireComparable(a.info(), b.info());
  const VolumeInfo& info = a.info();
  trace::Scope scope("difference", info.totalBytes());
  Difference out;
  SliceReader readA(a), readB(b);
  Sums all;
  const std::int64_t slices = info.geometry.size[2];
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    for (std::int64_t k = 0; k < slices; ++k) {
      job.throwIfCancelled();
      const Sums one = compareSlice(readA.read(frame, k, job), readB.read(frame, k, job), info, frame, k, out);
      all.absolute += one.absolute;
      all.squares += one.squares;
      const auto done = static_cast<double>(frame * slices + k + 1);
      job.report((structural ? 0.3 : 1.0) * done / static_cast<double>(info.frames * slices), "Comparing");
    }
  }
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const auto count = static_cast<double>(out.count);
  out.mae = out.count == 0 ? nothing : all.absolute / count;
  out.rmse = out.count == 0 ? nothing : std::sqrt(all.squares / count);
  if (out.count == 0) out.maxAbs = out.low = out.high = nothing;
  out.psnr = 20 * std::log10((out.high - out.low) / out.rmse);
  if (out.rmse == 0) out.psnr = std::numeric_limits<double>::infinity();
  if (structural && out.count > 0 && out.nonfinite == 0 && out.high > out.low) {
    out.ssim = similarity(a, b, out.high - out.low, job);
  }
  job.report(1, "Comparing");
  return out;
}

std::unique_ptr<VolumeSource> differenceSource(VolumeSource& a, VolumeSource& b) {
  requireComparable(a.info(), b.info());
  return std::make_unique<DifferenceSource>(a, b);
}

}  // namespace voxmark
