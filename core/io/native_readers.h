#pragma once

#include <memory>
#include <string>

#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"

namespace voxmark {

/// NIfTI-1, NIfTI-2 and Analyze 7.5, single files and pairs, gzipped or not.
[[nodiscard]] int scoreNifti(const Probe& probe);
[[nodiscard]] std::unique_ptr<VolumeSource> openNifti(const std::string& path, const OpenOptions& options);
/// NRRD 1 to 5, attached and detached.
[[nodiscard]] int scoreNrrd(const Probe& probe);
[[nodiscard]] std::unique_ptr<VolumeSource> openNrrd(const std::string& path, const OpenOptions& options);
/// MetaImage: .mha and .mhd with its data files.
[[nodiscard]] int scoreMetaImage(const Probe& probe);
[[nodiscard]] std::unique_ptr<VolumeSource> openMetaImage(const std::string& path, const OpenOptions& options);

/// Sinks for one file each; see VolumeSink. A name that ends in .gz is compressed.
[[nodiscard]] std::unique_ptr<VolumeSink> createNifti(const std::string& path, const WriteOptions& options);
[[nodiscard]] std::unique_ptr<VolumeSink> createNrrd(const std::string& path, const WriteOptions& options);
[[nodiscard]] std::unique_ptr<VolumeSink> createMetaImage(const std::string& path, const WriteOptions& options);

}  // namespace voxmark
