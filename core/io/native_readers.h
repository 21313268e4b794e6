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
/// Arrays, whose axes and geometry are those of ArrayNotes. .npy, with the notes in NAME.npy.json beside it.
[[nodiscard]] int scoreNpy(const Probe& probe);
[[nodiscard]] std::unique_ptr<VolumeSource> openNpy(const std::string& path, const OpenOptions& options);
/// .npz: the member "voxels", else the first that is none of the notes; stored or deflated.
[[nodiscard]] int scoreNpz(const Probe& probe);
[[nodiscard]] std::unique_ptr<VolumeSource> openNpz(const std::string& path, const OpenOptions& options);
/// .safetensors: the tensor "voxels", else the only one.
[[nodiscard]] int scoreSafetensors(const Probe& probe);
[[nodiscard]] std::unique_ptr<VolumeSource> openSafetensors(const std::string& path, const OpenOptions& options);

/// Sinks for one file each; see VolumeSink. A name that ends in .gz is compressed.
[[nodiscard]] std::unique_ptr<VolumeSink> createNifti(const std::string& path, const WriteOptions& options);
[[nodiscard]] std::unique_ptr<VolumeSink> createNrrd(const std::string& path, const WriteOptions& options);
[[nodiscard]] std::unique_ptr<VolumeSink> createMetaImage(const std::string& path, const WriteOptions& options);
/// Arrays in C order with the axes of arrayAxes. .npy: with its notes (arrayNotesJson, and shape and pixelType) in
/// NAME.npy.json, both or neither. .npz: "voxels" with spacing, origin, direction (3×3), affine (4×4), axes and, where
/// they are known, frameSpacing and frameUnit as members. Scaled values are stored as f32 or f64.
[[nodiscard]] std::unique_ptr<VolumeSink> createNumpy(const std::string& path, const WriteOptions& options);
/// The tensor "voxels", with the notes as texts of its metadata.
[[nodiscard]] std::unique_ptr<VolumeSink> createSafetensors(const std::string& path, const WriteOptions& options);

}  // namespace voxmark
