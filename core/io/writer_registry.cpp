#include "core/io/writer_registry.h"

#include <array>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/file_access.h"
#include "core/io/native_readers.h"

namespace voxmark {

std::unique_ptr<VolumeSink> WriterRegistry::create(const std::string& path, const WriteOptions& options) const {
  const std::string name = lower(nameOf(path));
  const Writer* best = nullptr;
  std::size_t longest = 0;
  for (const Writer& writer : writers_) {
    for (const std::string& extension : writer.extensions) {
      // A name that is nothing but an extension is a hidden file without one.
      if (extension.size() > longest && name.size() > extension.size() &&
          name.compare(name.size() - extension.size(), extension.size(), extension) == 0) {
        best = &writer;
        longest = extension.size();
      }
    }
  }
  if (best == nullptr) {
    throw fileError(ErrorCode::Usage, path,
                    fmt::format("its name does not say which format to write (expected {})", extensionList()));
  }
  return best->create(path, options);
}

std::vector<std::string> WriterRegistry::filesOf(const std::string& path) {
  static constexpr std::pair<std::string_view, std::array<std::string_view, 2>> kBeside[] = {
      {".hdr", {".img", ""}},
      {".img", {".hdr", ""}},
      {".mhd", {".raw", ".zraw"}},
      {".nhdr", {".raw", ".raw.gz"}},
      {".npy", {".npy.json", ""}}};
  std::vector<std::string> out{path};
  for (const auto& [ending, others] : kBeside) {
    if (!lower(path).ends_with(ending)) continue;
    const std::string stem = path.substr(0, path.size() - ending.size());
    for (const std::string_view other : others) {
      if (!other.empty()) out.push_back(stem + std::string(other));
    }
  }
  return out;
}

std::string WriterRegistry::extensionList() const {
  std::string out;
  for (const Writer& writer : writers_) {
    for (const std::string& extension : writer.extensions) out += (out.empty() ? "" : " ") + extension;
  }
  return out;
}

void addNativeWriters(WriterRegistry& registry) {
  registry.add({"NIfTI", {".nii", ".nii.gz", ".hdr", ".img"}, createNifti});
  registry.add({"NRRD", {".nrrd", ".nhdr"}, createNrrd});
  registry.add({"MetaImage", {".mha", ".mhd"}, createMetaImage});
  registry.add({"NumPy", {".npy", ".npz"}, createNumpy});
  registry.add({"Safetensors", {".safetensors"}, createSafetensors});
}

}  // namespace voxmark
