#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/io/atomic_file.h"
#include "core/io/gzip_writer.h"
#include "core/io/volume_sink.h"
#include "core/io/writer_registry.h"

namespace voxmark {

/// What our containers have in common: a header, then the voxels in order, raw or gzipped. A container says what its
/// header looks like and whether it can hold a scale.
class FileSink : public VolumeSink {
 public:
  FileSink(std::string path, const WriteOptions& options) : path_(std::move(path)), options_(options) {}
  void begin(const VolumeInfo& info) final;
  void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) final;
  void finish(JobContext& job) final;

 protected:
  struct Packing {
    bool headerToo = false;  ///< gzip: the header is inside the compressed stream
    bool gzip = false;
  };
  /// Throws Error(Unsupported) where the container cannot hold `info`.
  virtual void check(const VolumeInfo& info) const = 0;
  [[nodiscard]] virtual bool holdsScale(const VolumeInfo& info) const = 0;
  [[nodiscard]] virtual Packing packing() const = 0;
  /// The bytes before the voxels. `info` is what is stored, scaled values already taken into account.
  [[nodiscard]] virtual std::vector<std::byte> header(const VolumeInfo& info) const = 0;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  void put(std::span<const std::byte> data);
  void putScaled(std::span<const std::byte> voxels, std::int64_t frame, const Region& region, const JobContext& job);

  std::string path_;
  WriteOptions options_;
  VolumeInfo given_;
  VolumeInfo stored_;
  bool applyScale_ = false;
  std::int64_t nextSlice_ = 0;  ///< counted over all frames
  std::unique_ptr<AtomicFile> file_;
  std::unique_ptr<GzipWriter> gzip_;
};

}  // namespace voxmark
