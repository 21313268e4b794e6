#include "core/io/writer_registry.h"

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
