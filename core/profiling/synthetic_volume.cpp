#include "core/profiling/synthetic_volume.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/ops/voxel_values.h"

namespace voxmark::profiling {
namespace {

/// SplitMix64 (Steele, Lea and Flood 2014): each slice has a generator of its own, so that threads change nothing.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  double uniform() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }
  /// Nearly normal, mean 0, deviation 1: four uniform numbers of 16 bits added up.
  double noise() {
    const std::uint64_t bits = next();
    const auto sum =
        static_cast<double>((bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48));
    return (sum - 131070) / 37837.2;  // 4 · 65535 / 2; the deviation of the sum, 65536 / √12 · 2
  }

 private:
  std::uint64_t state_;
};

enum class Tissue { Air, Skin, Bone, Fluid, Grey, White };

/// What lies at a place of a head, in units of its half axes: shells, and a folded sheet of grey on white matter.
Tissue tissueAt(double x, double y, double z) {
  const double radius = std::sqrt(x * x + y * y + z * z);
  if (radius > 0.92) return Tissue::Air;
  if (radius > 0.85) return Tissue::Skin;
  if (radius > 0.76) return Tissue::Bone;
  const double fold = 0.04 * std::sin(17 * x + 3 * z) * std::cos(15 * y) + 0.03 * std::sin(19 * z);
  if (radius > 0.72 + fold) return Tissue::Fluid;
  const double ventricle = (std::abs(x) - 0.08) * (std::abs(x) - 0.08) * 60 + y * y * 6 + z * z * 14;
  if (ventricle < 0.25) return Tissue::Fluid;
  return radius > 0.58 + 2 * fold ? Tissue::Grey : Tissue::White;
}

constexpr std::array<double, 6> kMr{0, 620, 60, 130, 380, 520};
constexpr std::array<double, 6> kCt{-1000, 30, 900, 8, 38, 28};
constexpr int kParcels = 40;

struct Place {
  double x, y, z;
};

struct Slice {
  const SyntheticVolume& wanted;
  const std::vector<Place>& parcels;
  Random random;
  double y = 0;
  double z = 0;

  double mr(double x) {
    const double signal = kMr[static_cast<std::size_t>(tissueAt(x, y, z))] * (1 + 0.12 * x - 0.08 * z * y);
    return std::hypot(signal + 12 * random.noise(), 12 * random.noise());
  }
  double ct(double x) {
    if (x * x + y * y > 1) return -1024;
    const Tissue tissue = tissueAt(x, y, z);
    const double noise = (tissue == Tissue::Air ? 6 : 14) * random.noise();
    return std::clamp(std::rint(kCt[static_cast<std::size_t>(tissue)] + noise), -1024.0, 3071.0);
  }
  double label(double x) const {
    const Tissue tissue = tissueAt(x, y, z);
    if (tissue != Tissue::Grey && tissue != Tissue::White) return 0;
    double nearest = std::numeric_limits<double>::max();
    int cell = 0;
    for (int n = 0; n < kParcels; ++n) {
      const Place& at = parcels[static_cast<std::size_t>(n)];
      const double distance = (x - at.x) * (x - at.x) + (y - at.y) * (y - at.y) + (z - at.z) * (z - at.z);
      if (distance < nearest) {
        nearest = distance;
        cell = n;
      }
    }
    return 1 + cell + (tissue == Tissue::White ? kParcels : 0);
  }
  double value(double x) {
    if (wanted.content == "labels") return label(x);
    const double value = wanted.content == "ct" ? ct(x) : mr(x);
    // Eight bits hold a quarter of what MR has; CT saturates as it does when people cast it.
    return bytesOf(wanted.type) == 1 && wanted.content == "mr" ? value / 4 : value;
  }
};

double centred(std::int64_t index, std::int64_t count) {
  return (2 * static_cast<double>(index) + 1) / static_cast<double>(count) - 1;
}

}  // namespace

VolumePtr makeSynthetic(const SyntheticVolume& wanted) {
  if (wanted.content != "mr" && wanted.content != "ct" && wanted.content != "labels") {
    throw Error(ErrorCode::Usage,
                fmt::format("there is no such content (expected mr, ct or labels, found {})", wanted.content));
  }
  VolumeInfo info;
  info.geometry.size = wanted.shape;
  info.pixelType = wanted.type;
  validate(info);
  std::vector<Place> parcels;
  Random random(wanted.seed * 7919 + 1);
  for (int n = 0; n < kParcels; ++n) {
    parcels.push_back({1.4 * random.uniform() - 0.7, 1.4 * random.uniform() - 0.7, 1.4 * random.uniform() - 0.7});
  }
  auto volume = std::make_shared<Volume>(info);
  std::byte* first = volume->mutableFrameData(0);
  const auto columns = static_cast<std::size_t>(wanted.shape[0]);
  const bool whole = isInteger(wanted.type);
  parallelFor(static_cast<std::size_t>(wanted.shape[2]), 1, 0, [&](std::size_t begin, std::size_t, std::size_t) {
    const auto k = static_cast<std::int64_t>(begin);
    Slice slice{wanted, parcels, Random(wanted.seed ^ (0x51ED27ULL * (begin + 1))), 0, centred(k, wanted.shape[2])};
    std::vector<double> row(columns);
    for (std::int64_t j = 0; j < wanted.shape[1]; ++j) {
      slice.y = centred(j, wanted.shape[1]);
      for (std::size_t i = 0; i < columns; ++i) {
        const double x = centred(static_cast<std::int64_t>(i), wanted.shape[0]);
        const double value = slice.value(x);
        row[i] = whole || wanted.content != "mr" ? value : value * (1 + 0.2 * x * slice.y + 0.1 * slice.z);
      }
      const auto at = static_cast<std::size_t>(k * wanted.shape[1] + j) * columns * bytesOf(wanted.type);
      storeValues(wanted.type, row.data(), columns, first + at);
    }
  });
  return volume;
}

}  // namespace voxmark::profiling
