#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/io/volume_sink.h"

namespace voxmark {

struct WriteOptions {
  int level = -1;          ///< compression level; -1: the writer's default
  bool overwrite = false;  ///< otherwise an existing file is an Error(Usage)
  int threads = 0;         ///< 0: default
};

/// One container that can be written.
struct Writer {
  std::string name;                     ///< "NIfTI"
  std::vector<std::string> extensions;  ///< ".nii", ".nii.gz"; the longest match wins
  std::function<std::unique_ptr<VolumeSink>(const std::string& path, const WriteOptions&)> create;
};

class WriterRegistry {
 public:
  void add(Writer writer) { writers_.push_back(std::move(writer)); }
  [[nodiscard]] const std::vector<Writer>& writers() const { return writers_; }
  /// The sink for a file of that name. Throws Error(Usage) where no writer has its extension, or where the file exists
  /// and may not be overwritten. Nothing is visible under `path` before VolumeSink::finish.
  [[nodiscard]] std::unique_ptr<VolumeSink> create(const std::string& path, const WriteOptions& options) const;
  /// The files that writing to `path` may make or replace: of a pair both.
  [[nodiscard]] static std::vector<std::string> filesOf(const std::string& path);
  /// ".nii .nii.gz .nrrd .mha", for messages.
  [[nodiscard]] std::string extensionList() const;

 private:
  std::vector<Writer> writers_;
};

/// .nii .nii.gz .hdr/.img .nrrd .nhdr (with .raw.gz, at level 0 .raw) .mha .mhd (with .raw, at levels above 0 .zraw);
/// .npy (with .npy.json) .npz (at levels above 0 deflated) .safetensors.
/// Of a pair both files are replaced, or refused to be, together.
void addNativeWriters(WriterRegistry& registry);

}  // namespace voxmark
