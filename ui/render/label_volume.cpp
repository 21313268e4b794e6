#include "ui/render/label_volume.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/trace/trace.h"

namespace voxmark::render {
namespace {

constexpr std::size_t kMost = 65535;

/// One row of labels, of every `fold`-th voxel.
template <typename T>
void labelRow(const Volume& volume, std::int64_t frame, std::int64_t fold, std::int64_t j, std::int64_t k,
              std::vector<std::int64_t>& out) {
  const VolumeView<const T> view = volume.view<T>(frame);
  const Index3& size = volume.geometry().size;
  const LinearScale scale = volume.info().scale.at(frame, k, size[2]);
  const T* p = view.row(j, k);
  for (std::size_t n = 0; n < out.size(); ++n) {
    const std::int64_t i = std::min(static_cast<std::int64_t>(n) * fold + fold / 2, size[0] - 1);
    const double value = scale.apply(static_cast<double>(p[i * view.stride[0]]));
    out[n] = std::isfinite(value) && std::abs(value) < 9e15 ? std::llround(value) : 0;
  }
}

class LabelGrid {
 public:
  LabelGrid(const Volume& volume, std::int64_t frame, std::int64_t fold) : volume_(volume), frame_(frame), fold_(fold) {
    for (std::size_t a = 0; a < 3; ++a) size_[a] = (volume.geometry().size[a] + fold - 1) / fold;
  }
  [[nodiscard]] const Index3& size() const { return size_; }
  void row(std::int64_t j, std::int64_t k, std::vector<std::int64_t>& out) const {
    const Index3& whole = volume_.geometry().size;
    const std::int64_t y = std::min(j * fold_ + fold_ / 2, whole[1] - 1);
    const std::int64_t z = std::min(k * fold_ + fold_ / 2, whole[2] - 1);
    out.resize(static_cast<std::size_t>(size_[0]));
    visitPixelType(volume_.info().pixelType,
                   [&](auto tag) { labelRow<typename decltype(tag)::type>(volume_, frame_, fold_, y, z, out); });
  }
  /// Calls use(label, place) for every voxel of a slice.
  template <typename Use>
  void slice(std::int64_t k, const Use& use) const {
    std::vector<std::int64_t> labels;
    for (std::int64_t j = 0; j < size_[1]; ++j) {
      row(j, k, labels);
      for (std::size_t n = 0; n < labels.size(); ++n)
        use(labels[n], (k * size_[1] + j) * size_[0] + static_cast<std::int64_t>(n));
    }
  }

 private:
  const Volume& volume_;
  std::int64_t frame_;
  std::int64_t fold_;
  Index3 size_{};
};

/// All labels of the grid and 0, in ascending order but for 0, which comes first. Empty where there are too many.
std::vector<std::int64_t> labelsIn(const LabelGrid& grid, JobContext& job) {
  const auto slices = static_cast<std::size_t>(grid.size()[2]);
  std::vector<std::set<std::int64_t>> found(slices);
  parallelFor(slices, 1, 0, [&](std::size_t k, std::size_t, std::size_t) {
    job.throwIfCancelled();
    std::int64_t last = 0;
    grid.slice(static_cast<std::int64_t>(k), [&](std::int64_t label, std::int64_t) {
      if (label == last || found[k].size() > kMost) return;
      last = label;
      found[k].insert(label);
    });
  });
  std::set<std::int64_t> all;
  for (const auto& some : found) {
    all.insert(some.begin(), some.end());
    if (all.size() > kMost) return {};
  }
  all.erase(0);
  std::vector<std::int64_t> out{0};
  out.insert(out.end(), all.begin(), all.end());
  return out;
}

}  // namespace

DisplayVolumePtr makeLabelVolume(const Volume& volume, std::int64_t frame, std::int64_t maxAxis, JobContext& job) {
  if (!volume.onHost()) throw Error(ErrorCode::Usage, "the voxels of this volume are on a device");
  const trace::Scope scope("label volume", volume.info().frameBytes());
  const std::int64_t fold = reductionFor(volume.geometry().size, maxAxis);
  const LabelGrid grid(volume, std::clamp<std::int64_t>(frame, 0, volume.info().frames - 1), fold);
  auto out = std::make_shared<DisplayVolume>();
  out->labels = labelsIn(grid, job);
  if (out->labels.empty()) return nullptr;
  out->high = 65535;
  out->reduction = static_cast<int>(fold);
  std::unordered_map<std::int64_t, std::uint16_t> places;
  for (std::size_t n = 0; n < out->labels.size(); ++n) places[out->labels[n]] = static_cast<std::uint16_t>(n);
  Volume reduced(reducedInfo(volume, grid.size(), fold, 0, 65535));
  auto* voxels = reinterpret_cast<std::uint16_t*>(reduced.mutableFrameData(0));
  parallelFor(static_cast<std::size_t>(grid.size()[2]), 1, 0, [&](std::size_t k, std::size_t, std::size_t) {
    job.throwIfCancelled();
    std::int64_t last = 0;
    std::uint16_t place = 0;
    grid.slice(static_cast<std::int64_t>(k), [&](std::int64_t label, std::int64_t at) {
      if (label != last) place = places.at(label);
      last = label;
      voxels[at] = place;
    });
  });
  out->bricks = bricksOf(voxels, reduced.geometry().size);
  out->voxels = std::make_shared<const Volume>(std::move(reduced));
  return out;
}

DisplayVolumePtr volumeFor(const Volume& volume, const LayerDisplay& display, std::int64_t frame, std::int64_t maxAxis,
                           JobContext& job) {
  DisplayVolumePtr labels = display.labels ? makeLabelVolume(volume, frame, maxAxis, job) : nullptr;
  return labels ? labels : makeDisplayVolume(volume, frame, maxAxis, job);
}

TransferTable labelColours(const DisplayVolume& volume, const LabelTable* table) {
  TransferTable out;
  for (const std::int64_t value : volume.labels) {
    const Label label = labelOf(table, value);
    const double alpha = label.visible ? std::clamp(label.opacity, 0.0, 1.0) : 0.0;
    out.labels.push_back({static_cast<float>(label.colour[0]) / 255, static_cast<float>(label.colour[1]) / 255,
                          static_cast<float>(label.colour[2]) / 255, static_cast<float>(alpha)});
  }
  return out;
}

}  // namespace voxmark::render
