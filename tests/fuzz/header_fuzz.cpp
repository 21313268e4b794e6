// Headers of every format of ours, and what is read through them.
//
// An input: one byte chooses the file's name and whether its contents are compressed first; for formats whose voxels
// lie in a file of their own two bytes say how long the header is, and what follows it is that file; then the contents.
#include <array>

#include "core/base/error.h"
#include "core/io/field_text.h"
#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/gzip_reference.h"

namespace voxmark::fuzz {
namespace {

/// Larger volumes are read at their corners alone.
constexpr std::uint64_t kMostRead = std::uint64_t{1} << 20;
/// Compressed headers can claim so much that a single voxel costs seconds.
constexpr std::uint64_t kMostTouched = std::uint64_t{64} << 20;

struct Kind {
  const char* name;
  const char* data;  ///< name of the file with the voxels; null: they follow the header
  bool packed = false;
};

constexpr std::array<Kind, 9> kKinds{{{"x.nii", nullptr},
                                      {"x.nii.gz", nullptr, true},
                                      {"x.hdr", "x.img"},
                                      {"x.nrrd", nullptr},
                                      {"x.nhdr", "x.raw"},
                                      {"x.mha", nullptr},
                                      {"x.mhd", "x.raw"},
                                      {"x.hdr.gz", "x.img.gz", true},
                                      {"noname", nullptr}}};

void place(const char* name, Bytes contents, bool packed) {
  constexpr int kStored = 0;
  if (packed) {
    Folder::own().write(name, gzipped(contents, kStored));
  } else {
    Folder::own().write(name, contents);
  }
}

/// Headers can name their data files; these are the names that lead somewhere.
void giveDataItsNames() {
  static const bool kGiven = [] {
    Folder::own().write("x.raw", {});
    for (const char* other : {"x1.raw", "x2.raw", "x.img"}) Folder::own().alias("x.raw", other);
    Folder::own().write("x.img.gz", {});
    return true;
  }();
  (void)kGiven;
}

void checkDescription(const VolumeInfo& info) {
  validate(info);
  for (const auto& [name, value] : info.metadata) {
    requireShowable(name);
    requireShowable(value);
  }
  for (const std::string& warning : info.warnings) requireShowable(warning);
  requireShowable(info.format);
  requireShowable(info.frameUnit);
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
  const Kind& kind = kKinds.at(choices.byte() % kKinds.size());
  giveDataItsNames();
  if (kind.data != nullptr) {
    const Bytes header = choices.take(choices.pair());
    place(kind.name, header, kind.packed);
    place(kind.data, choices.rest(), kind.packed);
  } else {
    place(kind.name, choices.rest(), kind.packed);
  }
  read(Folder::own().path(kind.name));
  Folder::own().remove(kind.name);  // so that no later header finds it as its data
  return 0;
}
