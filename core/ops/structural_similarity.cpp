#include "core/ops/structural_similarity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/parallel_for.h"
#include "core/ops/weighted_rows.h"

namespace voxmark {
namespace {

constexpr std::int64_t kReach = 5;
constexpr double kSigma = 1.5;

/// The window along one axis: of one voxel where the axis is shorter than the window.
std::vector<double> windowOf(std::int64_t size) {
  if (size < 2 * kReach + 1) return {1};
  std::vector<double> out;
  double sum = 0;
  for (std::int64_t n = -kReach; n <= kReach; ++n) {
    out.push_back(std::exp(-0.5 * static_cast<double>(n * n) / (kSigma * kSigma)));
    sum += out.back();
  }
  for (double& weight : out) weight /= sum;
  return out;
}

/// The quantities whose local means the measure is made of.
enum Quantity { A, B, AA, BB, AB, kQuantities };
using Planes = std::array<std::vector<double>, kQuantities>;

class Measure {
 public:
  Measure(const Index3& size, const LoadSlices& load, double range)
      : size_(size),
        load_(load),
        window_{windowOf(size[0]), windowOf(size[1]), windowOf(size[2])},
        c1_(0.01 * range * 0.01 * range),
        c2_(0.03 * range * 0.03 * range),
        ring_(window_[2].size()) {
    for (std::size_t a = 0; a < 3; ++a) inner_[a] = size[a] - static_cast<std::int64_t>(window_[a].size()) + 1;
  }

  double mean(const JobContext& job) {
    double sum = 0;
    const auto taps = static_cast<std::int64_t>(ring_.size());
    for (std::int64_t k = 0; k < size_[2]; ++k) {
      job.throwIfCancelled();
      filterSlice(k, ring_[static_cast<std::size_t>(k % taps)]);
      if (k + 1 >= taps) sum += sliceSum(k + 1 - taps);
    }
    return sum / static_cast<double>(inner_[0] * inner_[1] * inner_[2]);
  }

 private:
  [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(inner_[0]); }

  /// The window over i and j applied to all quantities of a slice.
  void filterSlice(std::int64_t k, Planes& out) {
    const auto voxels = static_cast<std::size_t>(size_[0] * size_[1]);
    Planes full;
    for (auto& plane : full) plane.resize(voxels);
    load_(k, full[A], full[B]);
    // Large offsets would leave few digits to the variances.
    if (k == 0) shift_ = full[A][voxels / 2];
    for (std::size_t n = 0; n < voxels; ++n) {
      const double a = full[A][n] -= shift_;
      const double b = full[B][n] -= shift_;
      full[AA][n] = a * a;
      full[BB][n] = b * b;
      full[AB][n] = a * b;
    }
    for (std::size_t q = 0; q < kQuantities; ++q) out[q].resize(columns() * static_cast<std::size_t>(inner_[1]));
    parallelFor(static_cast<std::size_t>(kQuantities), 1, 0, [&](auto begin, auto end, auto) {
      for (std::size_t q = begin; q < end; ++q) filterPlane(full[q], out[q]);
    });
  }

  void filterPlane(const std::vector<double>& in, std::vector<double>& out) const {
    const auto rowVoxels = static_cast<std::size_t>(size_[0]);
    std::vector<double> along(columns() * static_cast<std::size_t>(size_[1]));
    std::vector<const double*> rows;
    for (std::int64_t j = 0; j < size_[1]; ++j) {
      rows.clear();
      for (std::size_t t = 0; t < window_[0].size(); ++t)
        rows.push_back(in.data() + static_cast<std::size_t>(j) * rowVoxels + t);
      addRows(rows.data(), window_[0].data(), rows.size(), columns(),
              along.data() + static_cast<std::size_t>(j) * columns());
    }
    for (std::int64_t j = 0; j < inner_[1]; ++j) {
      rows.clear();
      for (std::size_t t = 0; t < window_[1].size(); ++t) {
        rows.push_back(along.data() + (static_cast<std::size_t>(j) + t) * columns());
      }
      addRows(rows.data(), window_[1].data(), rows.size(), columns(),
              out.data() + static_cast<std::size_t>(j) * columns());
    }
  }

  /// Sum over the slice whose window begins at input slice `first`.
  double sliceSum(std::int64_t first) {
    Planes means;
    const std::size_t count = columns() * static_cast<std::size_t>(inner_[1]);
    std::vector<const double*> rows;
    for (std::size_t q = 0; q < kQuantities; ++q) {
      means[q].resize(count);
      rows.clear();
      for (std::size_t t = 0; t < ring_.size(); ++t) {
        rows.push_back(ring_[(static_cast<std::size_t>(first) + t) % ring_.size()][q].data());
      }
      addRows(rows.data(), window_[2].data(), rows.size(), count, means[q].data());
    }
    double sum = 0;
    for (std::size_t n = 0; n < count; ++n) {
      const double a = means[A][n], b = means[B][n];
      const double varianceA = means[AA][n] - a * a;
      const double varianceB = means[BB][n] - b * b;
      const double covariance = means[AB][n] - a * b;
      const double meanA = a + shift_, meanB = b + shift_;
      sum += (2 * meanA * meanB + c1_) * (2 * covariance + c2_) /
             ((meanA * meanA + meanB * meanB + c1_) * (varianceA + varianceB + c2_));
    }
    return sum;
  }

  Index3 size_;
  const LoadSlices& load_;
  std::array<std::vector<double>, 3> window_;
  Index3 inner_{0, 0, 0};  ///< voxels whose window lies inside
  double c1_;
  double c2_;
  double shift_ = 0;
  std::vector<Planes> ring_;
};

}  // namespace

double structuralSimilarity(const Index3& size, const LoadSlices& load, double range, const JobContext& job) {
  return Measure(size, load, range).mean(job);
}

}  // namespace voxmark
