// What can be read can be written, or is refused, and what was written is read back.
//
// An input: one byte chooses the container; then see PlacedFile.
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/io/writer_registry.h"
#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/placed_file.h"

namespace voxmark::fuzz {
namespace {

constexpr std::array<const char*, 8> kContainers{"out.nii",  "out.nii.gz", "out.hdr", "out.nrrd",
                                                 "out.nhdr", "out.mha",    "out.mhd", "out.img"};
/// Files that a sink may have left beside the one that was asked for.
constexpr std::array<const char*, 6> kParts{"out.img", "out.hdr", "out.raw", "out.raw.gz", "out.zraw", "out.nhdr"};
constexpr std::uint64_t kMostWritten = std::uint64_t{1} << 18;

/// False where the writer refuses.
bool write(const Volume& volume, const std::string& path) {
  static const WriterRegistry kRegistry = [] {
    WriterRegistry registry;
    addNativeWriters(registry);
    return registry;
  }();
  const VolumeInfo& info = volume.info();
  const std::int64_t slices = info.geometry.size[2];
  const std::size_t sliceBytes = info.frameBytes() / static_cast<std::size_t>(slices);
  // Two slabs a frame, so that their seam is tried as well.
  const std::int64_t seam = slices / 2;
  JobContext job;
  try {
    const auto sink = kRegistry.create(path, {1, false, 1});
    sink->begin(info);
    for (std::int64_t frame = 0; frame < info.frames; ++frame) {
      const std::span<const std::byte> voxels(volume.frameData(frame), info.frameBytes());
      const std::size_t first = static_cast<std::size_t>(seam) * sliceBytes;
      const Region whole = wholeOf(info.geometry.size);
      if (seam > 0) sink->write(slab(whole, 0, seam), frame, voxels.first(first), job);
      sink->write(slab(whole, seam, slices), frame, voxels.subspan(first), job);
    }
    sink->finish(job);
    return true;
  } catch (const Error& error) {
    noteRefusal(error);
    return false;
  }
}

void compare(const Volume& volume, const Volume& again) {
  const VolumeInfo& before = volume.info();
  const VolumeInfo& after = again.info();
  require(before.geometry.size == after.geometry.size, "what is written keeps its size");
  require(before.components == after.components, "what is written keeps its components");
  require(before.frames == after.frames, "what is written keeps its frames");
  // NIfTI-1 keeps single precision alone.
  if (!after.format.starts_with("NIfTI")) {
    require(sameGrid(before.geometry, after.geometry, 1e-6), "what is written keeps its place in space");
  }
  // Where a container cannot hold a scale, scaled numbers are written instead.
  if (!before.scale.identity() && before.pixelType != after.pixelType) return;
  require(before.pixelType == after.pixelType, "what is written keeps its type");
  const std::span<const std::byte> a(volume.frameData(0), before.totalBytes());
  const std::span<const std::byte> b(again.frameData(0), before.totalBytes());
  require(std::equal(a.begin(), a.end(), b.begin()), "what is written keeps its voxels");
}

void rewrite(const std::string& from, const std::string& to) {
  const auto source = openOrRefuse(from);
  if (source == nullptr || source->info().totalBytes() > kMostWritten) return;
  const auto volume = readWholeOrRefuse(*source);
  if (volume == nullptr || !write(*volume, to)) return;
  // Of a pair the header: voxels of an .img could look like a header of another format.
  const auto written = openOrRefuse(to.ends_with(".img") ? Folder::own().path("out.hdr") : to);
  require(written != nullptr, "what is written can be opened", lastRefusal());
  const auto again = readWholeOrRefuse(*written);
  require(again != nullptr, "what is written can be read", lastRefusal());
  compare(*volume, *again);
}

}  // namespace
}  // namespace voxmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace voxmark::fuzz;
  Choices choices({reinterpret_cast<const std::byte*>(data), size});
  const char* container = kContainers.at(choices.byte() % kContainers.size());
  const PlacedFile file(choices);
  rewrite(file.path(), Folder::own().path(container));
  Folder::own().remove(container);
  for (const char* part : kParts) Folder::own().remove(part);
  return 0;
}
