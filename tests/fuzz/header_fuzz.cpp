// Headers of every format of ours, and what is read through them.
//
// An input: see PlacedFile.
#include <array>
#include <cmath>

#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/placed_file.h"

namespace voxmark::fuzz {
namespace {

/// Larger volumes are read at their corners alone.
constexpr std::uint64_t kMostRead = std::uint64_t{1} << 20;
/// Compressed headers can claim so much that a single voxel costs seconds.
constexpr std::uint64_t kMostTouched = std::uint64_t{64} << 20;

void checkDescription(const VolumeInfo& info) {
  validate(info);
  for (const auto& [name, value] : info.metadata) {
    requireShowable(name);
    requireShowable(value);
  }
  for (const std::string& warning : info.warnings) requireShowable(warning);
  requireShowable(info.format);
  requireShowable(info.frameUnit);
  const std::array<int, 3> axes = axisMapOf(info.geometry).patientAxis;
  require(axes[0] + axes[1] + axes[2] == 3 && axes[0] * axes[1] * axes[2] == 0 && axes[0] != axes[1],
          "each voxel axis has a patient axis of its own", orientationOf(info.geometry));
  require(sameGrid(info.geometry, info.geometry), "a grid is the same as itself");
  const Vec3 centre = worldToVoxel(info.geometry, centreOf(info.geometry));
  for (const double index : centre) require(std::isfinite(index), "the middle of a grid is a place in it");
  std::int64_t frames = 1;
  for (const std::int64_t size : info.frameAxes) frames *= size;
  require(info.frameAxes.empty() || frames == info.frames, "the frame axes multiply to the frames");
}

void readAll(VolumeSource& source) {
  const VolumeInfo& info = source.info();
  const auto whole = readWholeOrRefuse(source);
  for (const std::string& warning : source.readWarnings()) requireShowable(warning);
  if (whole == nullptr) return;
  const Index3& size = info.geometry.size;
  const ReadRequest last{{{size[0] - 1, size[1] - 1, size[2] - 1}, {1, 1, 1}}, info.frames - 1};
  const ReadRequest middle{{{size[0] / 2, size[1] / 3, size[2] / 2}, {(size[0] + 1) / 2, (size[1] + 1) / 2, 1}},
                           info.frames / 2};
  for (const ReadRequest& request : {last, middle, ReadRequest{{{0, 0, 0}, {1, 1, size[2]}}, 0}}) {
    requireSameVoxels(source, *whole, request);
  }
}

void read(const std::string& path) {
  const auto source = openOrRefuse(path);
  if (source == nullptr) return;
  const VolumeInfo& info = source->info();
  checkDescription(info);
  if (info.totalBytes() <= kMostRead) {
    readAll(*source);
  } else if (info.totalBytes() <= kMostTouched) {
    const Index3& size = info.geometry.size;
    (void)readOrRefuse(*source, {{{size[0] - 1, size[1] - 1, size[2] - 1}, {1, 1, 1}}, info.frames - 1});
    (void)readOrRefuse(*source, {{{0, 0, 0}, {1, 1, 1}}, 0});
  }
}

}  // namespace
}  // namespace voxmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace voxmark::fuzz;
  Choices choices({reinterpret_cast<const std::byte*>(data), size});
  const PlacedFile file(choices);
  read(file.path());
  return 0;
}
