#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"
#include "core/profiling/scenario_spec.h"
#include "core/profiling/scratch_folder.h"

namespace voxmark::profiling {

/// Where scenarios get their inputs from: a real file, or a synthetic volume. What is written to the disk is shared by
/// the scenarios of a list and goes away with the last one; volumes in memory go away when nobody holds them.
class InputStore {
 public:
  /// `sources` must outlive it.
  explicit InputStore(const SourceRegistry& sources);
  /// The file that the scenario reads: its own, or a synthetic volume in the container of its axes.
  [[nodiscard]] std::string file(const ScenarioSpec& spec, JobContext& job);
  /// The same voxels in memory.
  [[nodiscard]] VolumePtr volume(const ScenarioSpec& spec, JobContext& job);
  /// As file, in another container than that of its axes.
  [[nodiscard]] std::string fileIn(const ScenarioSpec& spec, const std::string& container, JobContext& job);
  /// A name in the store's folder for what a scenario writes.
  [[nodiscard]] std::string output(const std::string& name);
  [[nodiscard]] const SourceRegistry& sources() const { return sources_; }
  [[nodiscard]] const WriterRegistry& writers() const { return writers_; }

 private:
  ScratchFolder& folder();

  const SourceRegistry& sources_;
  WriterRegistry writers_;
  std::unique_ptr<ScratchFolder> folder_;  ///< made when it is first needed
  std::map<std::string, std::string> files_;
  std::map<std::string, std::weak_ptr<const Volume>> volumes_;
};

/// ".nii.gz" for "nii_gz".
[[nodiscard]] std::string extensionOf(const std::string& container);
/// "nii_gz" for "v.nii.gz", "folder" for a folder.
[[nodiscard]] std::string containerOf(const std::string& path);
/// Writes a volume. Throws Error, Cancelled.
void writeVolume(const Volume& volume, const std::string& path, const WriterRegistry& writers,
                 const WriteOptions& options, JobContext& job);

}  // namespace voxmark::profiling
