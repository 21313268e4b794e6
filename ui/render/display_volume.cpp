#include "ui/render/display_volume.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "core/base/parallel_for.h"
#include "core/trace/trace.h"

namespace voxmark::render {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Means of the finite values in blocks of `fold`³ voxels, one row of blocks at a time; NaN for a block without any.
class BlockMeans {
 public:
  BlockMeans(const Volume& volume, std::int64_t frame, std::int64_t fold)
      : volume_(volume), frame_(frame), fold_(fold), size_(volume.geometry().size) {
    for (std::size_t a = 0; a < 3; ++a) blocks_[a] = (size_[a] + fold - 1) / fold;
  }
  [[nodiscard]] const Index3& blocks() const { return blocks_; }

  void row(std::int64_t j, std::int64_t k, std::vector<double>& means) const {
    visitPixelType(volume_.info().pixelType, [&](auto tag) { typedRow<typename decltype(tag)::type>(j, k, means); });
  }

 private:
  template <typename T>
  void typedRow(std::int64_t j, std::int64_t k, std::vector<double>& means) const {
    means.assign(static_cast<std::size_t>(blocks_[0]), 0.0);
    if (fold_ == 1) {
      wholeRow<T>(j, k, means);
      return;
    }
    std::vector<std::int32_t> counts(means.size(), 0);
    const VolumeView<const T> view = volume_.view<T>(frame_);
    for (std::int64_t z = k * fold_; z < std::min((k + 1) * fold_, size_[2]); ++z) {
      const LinearScale scale = volume_.info().scale.at(frame_, z, size_[2]);
      for (std::int64_t y = j * fold_; y < std::min((j + 1) * fold_, size_[1]); ++y) {
        const T* p = view.row(y, z);
        for (std::size_t n = 0; n < means.size(); ++n) {
          const std::int64_t begin = static_cast<std::int64_t>(n) * fold_;
          for (std::int64_t x = begin; x < std::min(begin + fold_, size_[0]); ++x) {
            const double value = scale.apply(static_cast<double>(p[x * view.stride[0]]));
            if (!std::isfinite(value)) continue;
            means[n] += value;
            ++counts[n];
          }
        }
      }
    }
    for (std::size_t n = 0; n < means.size(); ++n) means[n] = counts[n] == 0 ? kNone : means[n] / counts[n];
  }

  /// As typedRow where every block is one voxel.
  template <typename T>
  void wholeRow(std::int64_t j, std::int64_t k, std::vector<double>& means) const {
    const VolumeView<const T> view = volume_.view<T>(frame_);
    const LinearScale scale = volume_.info().scale.at(frame_, k, size_[2]);
    const T* p = view.row(j, k);
    for (std::size_t n = 0; n < means.size(); ++n, p += view.stride[0]) {
      const double value = scale.apply(static_cast<double>(*p));
      means[n] = std::isfinite(value) ? value : kNone;
    }
  }

  const Volume& volume_;
  std::int64_t frame_;
  std::int64_t fold_;
  Index3 size_;
  Index3 blocks_{};
};

std::pair<double, double> rangeOf(const BlockMeans& means, JobContext& job) {
  const auto slices = static_cast<std::size_t>(means.blocks()[2]);
  std::vector<std::pair<double, double>> ranges(
      slices, {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()});
  parallelFor(slices, 1, 0, [&](std::size_t begin, std::size_t, std::size_t) {
    job.throwIfCancelled();
    auto [low, high] = ranges[begin];
    std::vector<double> row;
    for (std::int64_t j = 0; j < means.blocks()[1]; ++j) {
      means.row(j, static_cast<std::int64_t>(begin), row);
      for (const double value : row) {  // NaN is neither smaller nor larger
        low = value < low ? value : low;
        high = value > high ? value : high;
      }
    }
    ranges[begin] = {low, high};
  });
  std::pair<double, double> range = ranges.front();
  for (const auto& [low, high] : ranges) range = {std::min(range.first, low), std::max(range.second, high)};
  if (!(range.first <= range.second)) return {0, 1};
  if (range.first == range.second) range.second = range.first + 1;
  return range;
}

void fill(const BlockMeans& means, double low, double high, std::uint16_t* out, JobContext& job) {
  const double gain = 65535.0 / (high - low);
  const auto slices = static_cast<std::size_t>(means.blocks()[2]);
  parallelFor(slices, 1, 0, [&](std::size_t begin, std::size_t, std::size_t) {
    job.throwIfCancelled();
    std::vector<double> row;
    for (std::int64_t j = 0; j < means.blocks()[1]; ++j) {
      means.row(j, static_cast<std::int64_t>(begin), row);
      std::uint16_t* to = out + (static_cast<std::int64_t>(begin) * means.blocks()[1] + j) * means.blocks()[0];
      for (std::size_t n = 0; n < row.size(); ++n) {
        const double scaled = (row[n] - low) * gain;
        // Nothing is smaller than `low`, so that this sends NaN to 0.
        to[n] = static_cast<std::uint16_t>(static_cast<std::int32_t>(scaled > 0 ? std::min(scaled, 65535.0) + 0.5 : 0));
      }
    }
  });
}

std::vector<double> percentilesOf(const std::uint16_t* values, std::size_t count, double low, double high) {
  constexpr std::size_t kParts = 8;
  const std::size_t part = std::max<std::size_t>(1, (count + kParts - 1) / kParts);
  std::vector<std::vector<std::uint32_t>> parts(chunkCount(count, part), std::vector<std::uint32_t>(65536, 0));
  parallelFor(count, part, 0, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    for (std::size_t n = begin; n < end; ++n) ++parts[chunk][values[n]];
  });
  std::vector<std::uint64_t> histogram(65536, 0);
  for (const auto& some : parts) {
    for (std::size_t n = 0; n < histogram.size(); ++n) histogram[n] += some[n];
  }
  std::vector<double> out;
  std::size_t level = 0;
  std::uint64_t below = 0;
  for (const double percent : {1.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0}) {
    const double wanted = percent / 100.0 * static_cast<double>(count);
    while (level < 65535 && static_cast<double>(below + histogram[level]) < wanted) below += histogram[level++];
    out.push_back(low + (high - low) * static_cast<double>(level) / 65535.0);
  }
  return out;
}

}  // namespace

std::int64_t reductionFor(const Index3& size, std::int64_t maxAxis) {
  const std::int64_t longest = std::max({size[0], size[1], size[2]});
  const std::int64_t limit = std::max<std::int64_t>(maxAxis, 1);
  return std::max<std::int64_t>(1, (longest + limit - 1) / limit);
}

VolumeInfo reducedInfo(const Volume& volume, const Index3& blocks, std::int64_t fold, double low, double high) {
  VolumeInfo info;
  info.path = volume.info().path;
  info.format = volume.info().format;
  info.pixelType = PixelType::U16;
  info.scale = ValueScale((high - low) / 65535.0, low);
  const double shift = 0.5 * static_cast<double>(fold - 1);  // middle of the first block
  info.geometry = volume.geometry();
  info.geometry.origin = voxelToWorld(volume.geometry(), {shift, shift, shift});
  info.geometry.size = blocks;
  for (double& spacing : info.geometry.spacing) spacing *= static_cast<double>(fold);
  return info;
}

DisplayVolumePtr makeDisplayVolume(const Volume& volume, std::int64_t frame, std::int64_t maxAxis, JobContext& job) {
  if (!volume.onHost()) throw Error(ErrorCode::Usage, "the voxels of this volume are on a device");
  const trace::Scope scope("display volume", volume.info().frameBytes());
  job.report(0, "Preparing 3D");
  const std::int64_t fold = reductionFor(volume.geometry().size, maxAxis);
  const BlockMeans means(volume, std::clamp<std::int64_t>(frame, 0, volume.info().frames - 1), fold);
  auto out = std::make_shared<DisplayVolume>();
  std::tie(out->low, out->high) = rangeOf(means, job);
  out->reduction = static_cast<int>(fold);
  job.report(0.5, "Preparing 3D");
  Volume reduced(reducedInfo(volume, means.blocks(), fold, out->low, out->high));
  auto* values = reinterpret_cast<std::uint16_t*>(reduced.mutableFrameData(0));
  fill(means, out->low, out->high, values, job);
  out->percentiles =
      percentilesOf(values, static_cast<std::size_t>(reduced.info().voxelsPerFrame()), out->low, out->high);
  out->bricks = bricksOf(values, reduced.geometry().size);
  out->voxels = std::make_shared<const Volume>(std::move(reduced));
  job.report(1, "Preparing 3D");
  return out;
}

}  // namespace voxmark::render
