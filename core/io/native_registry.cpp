#include <sys/stat.h>

#include "core/base/error.h"
#include "core/io/decoder.h"
#include "core/io/native_readers.h"
#include "core/io/source_registry.h"

namespace voxmark {
namespace {

constexpr std::size_t kHeadBytes = 4096;
constexpr std::size_t kInflatedBytes = 512;

/// The start of a gzip file's contents; empty where it is damaged, which the
/// chosen reader will say better.
std::vector<std::byte> quietlyInflated(const std::shared_ptr<const File>& file) {
  try {
    return inflatedStart(file, kInflatedBytes);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::unique_ptr<VolumeSource> SourceRegistry::open(const std::string& path, const OpenOptions& options) const {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) throw fileError(ErrorCode::NotFound, path, "there is no such file or folder");
  Probe probe;
  probe.path = path;
  std::string bare = path;
  while (bare.size() > 1 && bare.back() == '/') bare.pop_back();
  probe.lowerName = lower(nameOf(bare));
  probe.isDirectory = S_ISDIR(about.st_mode);
  std::vector<std::byte> head, inflated;
  if (!probe.isDirectory) {
    const auto file = std::make_shared<const File>(path);
    head = file->readUpTo(0, kHeadBytes);
    if (head.size() > 2 && head[0] == std::byte{0x1F} && head[1] == std::byte{0x8B}) inflated = quietlyInflated(file);
    probe.head = head;
    probe.inflatedHead = inflated;
  }
  const Reader* best = nullptr;
  int bestScore = 0;
  for (const Reader& reader : readers_) {
    const int score = reader.score(probe);
    if (score > bestScore) {
      best = &reader;
      bestScore = score;
    }
  }
  if (best == nullptr) {
    throw fileError(ErrorCode::Format, path,
                    head.empty() && !probe.isDirectory ? "is empty" : "is in no format that can be read here");
  }
  return best->open(path, options);
}

void addNativeReaders(SourceRegistry& registry) {
  registry.add({"NIfTI", {".nii", ".nii.gz", ".hdr", ".img", ".hdr.gz", ".img.gz"}, scoreNifti, openNifti});
  registry.add({"NRRD", {".nrrd", ".nhdr"}, scoreNrrd, openNrrd});
  registry.add({"MetaImage", {".mha", ".mhd"}, scoreMetaImage, openMetaImage});
  registry.add({"NPY", {".npy"}, scoreNpy, openNpy});
  registry.add({"NPZ", {".npz"}, scoreNpz, openNpz});
  registry.add({"Safetensors", {".safetensors"}, scoreSafetensors, openSafetensors});
}

}  // namespace voxmark
