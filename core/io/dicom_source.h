#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/io/dicom_file.h"
#include "core/io/source_registry.h"
#include "core/io/volume_source.h"

namespace voxmark {

/// Opens a DICOM file, or the one series (or the one that `options.series` names) of a folder and its subfolders;
/// a DICOMDIR stands for its folder. Throws Error: NotFound, Usage with the numbered list of series where there are
/// several, Format, Truncated or Unsupported.
[[nodiscard]] std::unique_ptr<VolumeSource> openDicom(const std::string& path, const OpenOptions& options);

/// A volume whose slices are image planes of DICOM files. Reads decode the planes that the region covers, each once,
/// several at a time.
class DicomSource final : public VolumeSource {
 public:
  /// `planes` frame after frame, slices rising: info.frames · size[2] of them.
  DicomSource(VolumeInfo info, std::vector<DicomFile> files, std::vector<DicomPlane> planes)
      : info_(std::move(info)), files_(std::move(files)), planes_(std::move(planes)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  [[nodiscard]] std::vector<std::string> readWarnings() const override;
  [[nodiscard]] std::int64_t preferredSlab() const override { return files_.size() == 1 ? info_.geometry.size[2] : 1; }

 private:
  void copyPlane(std::span<const std::byte> plane, const Region& region, std::byte* out, const JobContext& job) const;

  VolumeInfo info_;
  std::vector<DicomFile> files_;
  std::vector<DicomPlane> planes_;
  mutable std::mutex mutex_;
  std::set<std::pair<std::size_t, std::int64_t>> damaged_;  ///< file and frame of planes whose JPEG data are corrupt
};

}  // namespace voxmark
