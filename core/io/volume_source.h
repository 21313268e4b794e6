#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/jobs/job_context.h"
#include "core/volume/volume.h"

namespace voxmark {

struct ReadRequest {
  Region region;
  std::int64_t frame = 0;
};

/// Called while a read goes on, whenever a further part of the request is in place; several threads may call it.
using FilledCallback = std::function<void(const Region& filled)>;

/// Where voxels come from: an opened file, a folder of slices, a Volume in memory. Opening reads the header alone;
/// read() touches what the region covers.
class VolumeSource {
 public:
  virtual ~VolumeSource() = default;
  /// What the header says. Warnings that only the voxels can show are added by a read: see warnings().
  [[nodiscard]] virtual const VolumeInfo& info() const = 0;

  /// Fills `target` with the region's voxels of one frame: stored type, native byte order, densely packed (component,
  /// i, j, k; k slowest). `target` must hold region.voxels() · voxelBytes() bytes. Thread-safe. Throws Error, or
  /// Cancelled.
  virtual void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                    JobContext& job) = 0;

  /// The files that voxels are read from: what must not be written over meanwhile.
  [[nodiscard]] virtual std::vector<std::string> files() const { return {info().path}; }
  /// The voxels themselves, where they already lie in host memory (a Volume as a source): saves the copy.
  [[nodiscard]] virtual const Volume* resident() const { return nullptr; }
  /// Warnings that reading voxels has brought to light so far (a checksum, a short last chunk).
  [[nodiscard]] virtual std::vector<std::string> readWarnings() const { return {}; }
  /// Whether a part costs its share of the whole, whatever was read before, and several threads gain by reading parts.
  [[nodiscard]] virtual bool partsStandAlone() const { return false; }
  /// Slices along k that are best read together (1: any). Streaming asks for slabs of this many.
  [[nodiscard]] virtual std::int64_t preferredSlab() const { return 0; }

 protected:
  /// Throws Error(Usage) unless region, frame and target size fit info(). For implementations of read().
  void checkRequest(const ReadRequest& request, std::span<std::byte> target) const;
};

/// A volume in memory, as a source.
class MemorySource final : public VolumeSource {
 public:
  explicit MemorySource(VolumePtr volume) : volume_(std::move(volume)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return volume_->info(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  [[nodiscard]] const Volume* resident() const override { return volume_.get(); }

 private:
  VolumePtr volume_;
};

/// Reads every frame (or `frame` alone, when ≥ 0) into a new volume. Progress is reported over all frames. To show a
/// volume while it is read, or frames when they are wanted: see FrameStore.
[[nodiscard]] std::shared_ptr<Volume> readVolume(VolumeSource& source, JobContext& job, std::int64_t frame = -1);

/// Copies a region of `volume` into densely packed bytes. Throws Cancelled where a job is given.
void copyRegion(const Volume& volume, const ReadRequest& request, std::span<std::byte> target,
                const JobContext& job = {});

}  // namespace voxmark
