#include "tests/conformance/operation_cases.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "core/ops/voxel_mask.h"
#include "core/ops/voxel_values.h"

namespace voxmark::testing {
namespace {

Geometry turnedGrid(const Geometry& of) {
  Geometry out = of;
  const double c = std::cos(0.3), s = std::sin(0.3);
  const Mat3 columns{0.8 * c, -0.9 * s, 0.1, 0.8 * s, 0.9 * c, 0.2, 0.05, -0.1, 2.6};
  out.size = {9, 7, 5};
  (void)setAffine(out, columns, voxelToWorld(of, {0.2, 0.1, -0.3}));
  return out;
}

std::shared_ptr<const VoxelMask> someVoxels(const Geometry& grid) {
  auto out = std::make_shared<VoxelMask>(grid);
  const Index3& n = grid.size;
  for (std::int64_t at = 0; at < n[0] * n[1] * n[2]; ++at) {
    if (at % 3 != 1) out->set({at % n[0], at / n[0] % n[1], at / (n[0] * n[1])});
  }
  return out;
}

void addNormalizations(std::vector<OperationCase>& out, const Geometry& grid) {
  const auto normalize = [](NormalizeMethod method, double first = 0, double second = 0) {
    return Normalize{method, first, second, false};
  };
  const std::pair<const char*, Normalize> methods[] = {{"z-score", normalize(NormalizeMethod::ZScore)},
                                                       {"min-max", normalize(NormalizeMethod::MinMax)},
                                                       {"percentile", normalize(NormalizeMethod::Percentile, 2, 97.5)},
                                                       {"window", normalize(NormalizeMethod::Window, 80, 30)},
                                                       {"robust", normalize(NormalizeMethod::Robust)}};
  const auto mask = someVoxels(grid);
  for (auto [name, step] : methods) {
    out.push_back({name, step, 1e-9});
    step.nonzero = true;
    out.push_back({std::string(name) + ", not 0", step, 1e-9});
    step.nonzero = false;
    step.mask = "mask";
    step.voxels = mask;
    out.push_back({std::string(name) + ", mask", step, 1e-9});
  }
}

void addGrids(std::vector<OperationCase>& out, const Geometry& grid) {
  for (const Interpolation how : {Interpolation::Nearest, Interpolation::Linear, Interpolation::Cubic}) {
    const std::string name(interpolationName(how));
    const double tolerance = how == Interpolation::Nearest ? 0 : 2e-6;
    Resample step;
    step.interpolation = how;
    step.fill = 3;
    step.shape = Index3{2 * grid.size[0], grid.size[1] + 2, grid.size[2]};
    out.push_back({"finer, " + name, step, tolerance});
    step.shape = Index3{(grid.size[0] + 2) / 3, (grid.size[1] + 1) / 2, (grid.size[2] + 1) / 2};
    out.push_back({"coarser, " + name, step, tolerance});
    step.shape.reset();
    step.grid = turnedGrid(grid);
    out.push_back({"turned, " + name, step, tolerance});
  }
  out.push_back({"smooth", Smooth{1.1}, 2e-6});
}

}  // namespace

std::vector<OperationCase> operationCases(const Volume& volume) {
  const Geometry& grid = volume.geometry();
  const Index3& n = grid.size;
  const Region inner{{n[0] / 3, n[1] / 4, n[2] / 2}, {(n[0] + 1) / 2, (n[1] + 2) / 3, (n[2] + 1) / 2}};
  std::vector<OperationCase> out;
  out.push_back({"crop", Crop{inner}, 0});
  out.push_back({"crop to mask", CropToMask{"mask", inner, grid}, 0});
  out.push_back({"fit", FitShape{{n[0] + 3, std::max<std::int64_t>(1, n[1] - 2), n[2] + 2}, 5}, 0});
  for (const char* letters : {"RAS", "LPI", "SAR", "PIL", "ASL", "IRP"}) {
    out.push_back({std::string("reorient ") + letters, Reorient{letters}, 0});
  }
  out.push_back({"clamp", Clamp{2.5, 77.25}, 0});
  out.push_back({"clamp to whole numbers", Clamp{3, 90}, 0});
  out.push_back({"scale and shift", ScaleShift{-0.37, 12.5}, 0});
  out.push_back({"match", HistogramMatch{"", {{0, -5}, {10, 1}, {50, 2}, {90, 7}, {100, 40}}, false}, 1e-9});
  out.push_back({"match, not 0", HistogramMatch{"", {{5, 0.5}, {50, 2}, {95, 4}}, true}, 1e-9});
  for (const PixelType type : kAllPixelTypes) {
    out.push_back({"cast to " + std::string(pixelTypeName(type)), Cast{type}, 0});
  }
  addNormalizations(out, grid);
  addGrids(out, grid);
  return out;
}

std::shared_ptr<Volume> randomVolume(PixelType type, const Index3& size, bool finite) {
  VolumeInfo info;
  info.pixelType = type;
  info.geometry.size = size;
  info.geometry.spacing = {0.9, 1.1, 2};
  info.geometry.origin = {-3, 4, 5};
  auto volume = std::make_shared<Volume>(info);
  std::mt19937 random(static_cast<unsigned>(size[0] * 31 + size[1]));
  const auto count = static_cast<std::size_t>(size[0] * size[1] * size[2]);
  std::normal_distribution<double> normal(20, 60);
  std::vector<double> values(count);
  const double most = std::min(highestOf(type), 1e9), least = std::max(lowestOf(type), -1e9);
  for (std::size_t n = 0; n < count; ++n) {
    const double share = static_cast<double>(random()) / 4294967296.0;
    values[n] = n % 7 == 3 ? 0 : normal(random);
    if (n % 11 == 5) values[n] = least / 4 + share * (most / 4 - least / 4);
    if (isInteger(type)) values[n] = std::nearbyint(values[n]);
  }
  if (!isInteger(type) && !finite && count > 60) {
    values[17] = std::nan("");
    values[count / 2] = std::numeric_limits<double>::infinity();
    values[count - 3] = -std::numeric_limits<double>::infinity();
  }
  storeValues(type, values.data(), count, volume->mutableFrameData(0));
  return volume;
}

}  // namespace voxmark::testing
