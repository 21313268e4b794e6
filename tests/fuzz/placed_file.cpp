#include "tests/fuzz/placed_file.h"

#include <array>

#include "tests/fuzz/gzip_reference.h"

namespace voxmark::fuzz {
namespace {

struct Kind {
  const char* name;
  const char* data;  ///< name of the file with the voxels; null: they follow the header
  bool packed = false;
};

constexpr std::array<Kind, 11> kKinds{{{"x.nii", nullptr},
                                       {"x.nii.gz", nullptr, true},
                                       {"x.hdr", "x.img"},
                                       {"x.nrrd", nullptr},
                                       {"x.nhdr", "x.raw"},
                                       {"x.mha", nullptr},
                                       {"x.mhd", "x.raw"},
                                       {"x.hdr.gz", "x.img.gz", true},
                                       {"x.mgh", nullptr},
                                       {"x.mgz", nullptr, true},
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

}  // namespace

PlacedFile::PlacedFile(Choices& choices) {
  const Kind& kind = kKinds.at(choices.byte() % kKinds.size());
  name_ = kind.name;
  giveDataItsNames();
  if (kind.data != nullptr) {
    const Bytes header = choices.take(choices.pair());
    place(kind.name, header, kind.packed);
    place(kind.data, choices.rest(), kind.packed);
  } else {
    place(kind.name, choices.rest(), kind.packed);
  }
}

PlacedFile::~PlacedFile() {
  Folder::own().remove(name_);
}

}  // namespace voxmark::fuzz
