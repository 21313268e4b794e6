#include "core/ops/label_summary.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <vector>

#include "core/base/parallel_for.h"
#include "core/ops/shown_values.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::size_t kSlicesAtOnce = 8;

struct Sums {
  std::uint64_t voxels = 0;
  Vec3 total{0, 0, 0};
};
struct Nearest {
  double squared = std::numeric_limits<double>::infinity();  ///< mm²
  Index3 voxel{0, 0, 0};
};

/// Calls visit(label, first, last, j, k, chunk) for every run of equal labels along i.
template <typename Visit>
void forRuns(const Volume& volume, std::int64_t frame, JobContext& job, const Visit& visit) {
  const ShownValues values(volume, frame);
  const Index3& size = volume.geometry().size;
  constexpr double kLargest = 9007199254740992.0;  // beyond, doubles skip whole numbers
  parallelFor(values.slices().size(), kSlicesAtOnce, 0, [&](std::size_t begin, std::size_t end, std::size_t chunk) {
    std::vector<double> row(values.perRow());
    for (std::size_t n = begin; n < end; ++n) {
      job.throwIfCancelled();
      const std::int64_t k = values.slices()[n];
      for (std::int64_t j = 0; j < size[1]; ++j) {
        values.load(k, static_cast<std::size_t>(j) * row.size(), row.size(), row.data());
        for (std::size_t i = 0; i < row.size();) {
          std::size_t after = i + 1;
          while (after < row.size() && row[after] == row[i]) ++after;
          if (std::abs(row[i]) <= kLargest) {
            visit(std::llround(row[i]), static_cast<std::int64_t>(i), static_cast<std::int64_t>(after) - 1, j, k,
                  chunk);
          }
          i = after;
        }
      }
    }
  });
}

std::optional<LabelSummary> countLabels(const Volume& volume, std::int64_t frame, JobContext& job, std::size_t limit) {
  const auto chunks = chunkCount(static_cast<std::size_t>(volume.geometry().size[2]), kSlicesAtOnce);
  std::vector<std::unordered_map<std::int64_t, Sums>> parts(chunks);
  std::atomic<bool> tooMany{false};
  forRuns(
      volume, frame, job,
      [&](std::int64_t label, std::int64_t first, std::int64_t last, std::int64_t j, std::int64_t k, std::size_t c) {
        if (tooMany) return;
        Sums& sums = parts[c][label];
        const auto length = static_cast<double>(last - first + 1);
        sums.voxels += static_cast<std::uint64_t>(last - first + 1);
        sums.total[0] += length * static_cast<double>(first + last) / 2;
        sums.total[1] += length * static_cast<double>(j);
        sums.total[2] += length * static_cast<double>(k);
        if (parts[c].size() > limit) tooMany = true;
      });
  if (tooMany) return std::nullopt;
  LabelSummary out;
  for (const auto& part : parts) {
    for (const auto& [label, sums] : part) {
      LabelExtent& extent = out[label];
      extent.voxels += sums.voxels;
      for (std::size_t a = 0; a < 3; ++a) extent.centroid[a] += sums.total[a];
    }
  }
  if (out.size() > limit) return std::nullopt;
  for (auto& [label, extent] : out) {
    for (double& mean : extent.centroid) mean /= static_cast<double>(extent.voxels);
  }
  return out;
}

}  // namespace

std::optional<LabelSummary> summariseLabels(const Volume& volume, std::int64_t frame, JobContext& job,
                                            std::size_t limit) {
  const trace::Scope scope("labels", volume.info().frameBytes());
  auto out = countLabels(volume, frame, job, limit);
  if (!out) return out;
  const Vec3& spacing = volume.geometry().spacing;
  const auto chunks = chunkCount(static_cast<std::size_t>(volume.geometry().size[2]), kSlicesAtOnce);
  std::vector<std::unordered_map<std::int64_t, Nearest>> parts(chunks);
  forRuns(
      volume, frame, job,
      [&](std::int64_t label, std::int64_t first, std::int64_t last, std::int64_t j, std::int64_t k, std::size_t c) {
        const Vec3& centroid = out->at(label).centroid;
        const std::int64_t i = std::clamp<std::int64_t>(std::llround(centroid[0]), first, last);
        const Index3 voxel{i, j, k};
        double squared = 0;
        for (std::size_t a = 0; a < 3; ++a) {
          const double distance = (static_cast<double>(voxel[a]) - centroid[a]) * spacing[a];
          squared += distance * distance;
        }
        Nearest& nearest = parts[c][label];
        if (squared < nearest.squared) nearest = {squared, voxel};
      });
  std::map<std::int64_t, double> best;
  for (const auto& part : parts) {
    for (const auto& [label, nearest] : part) {
      const auto [found, first] = best.try_emplace(label, nearest.squared);
      if (!first && nearest.squared >= found->second) continue;
      found->second = nearest.squared;
      out->at(label).nearest = nearest.voxel;
    }
  }
  return out;
}

}  // namespace voxmark
