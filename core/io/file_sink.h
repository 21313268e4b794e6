#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/io/atomic_file.h"
#include "core/io/gzip_writer.h"
#include "core/io/plane_spool.h"
#include "core/io/volume_sink.h"
#include "core/io/writer_registry.h"

namespace voxmark {

/// What our containers have in common: a header and the voxels in order, in one file or two, raw or compressed. A
/// container says what its header looks like and what it can hold. No container is given the metadata of the source:
/// what a header has no field for ends here, and with it whatever could name a patient. NIfTI takes back what a NIfTI
/// file had.
class FileSink : public VolumeSink {
 public:
  FileSink(std::string path, const WriteOptions& options) : path_(std::move(path)), options_(options) {}
  void begin(const VolumeInfo& info) final;
  void write(const Region& region, std::int64_t frame, std::span<const std::byte> voxels, JobContext& job) final;
  /// Of two files, the voxels get their name first and the header last: whoever sees a header sees its voxels.
  void finish(JobContext& job) final;
  /// That a scale was multiplied out; containers add what few programs read of theirs.
  [[nodiscard]] std::vector<std::string> notes() const override;

 protected:
  struct Packing {
    std::string headerPath;           ///< where it is not the path of the sink
    std::string dataPath;             ///< of a file of its own for the voxels; empty: they follow the header
    std::optional<Wrapper> compress;  ///< of the voxels
    bool headerToo = false;           ///< the header is inside the compressed stream
    bool planar = false;              ///< all voxels of one component, then all of the next
    bool closed = false;              ///< something follows the voxels: see close
  };
  /// What was put into a file between its header and whatever follows the voxels.
  struct Stream {
    std::uint64_t begin = 0;   ///< where it lies in its file
    std::uint64_t stored = 0;  ///< in the file
    std::uint32_t crc = 0;     ///< CRC-32 of the bytes before compression
  };
  /// Throws Error(Unsupported) where the container cannot hold `info`.
  virtual void check(const VolumeInfo& info) const = 0;
  [[nodiscard]] virtual bool holdsScale(const VolumeInfo& info) const = 0;
  [[nodiscard]] virtual Packing packing(const VolumeInfo& info) const = 0;
  /// The bytes before the voxels, or of the header's own file. `info` is what is stored, scaled values already taken
  /// into account; `dataBytes` the size of the voxels' own file, 0 where there is none.
  [[nodiscard]] virtual std::vector<std::byte> header(const VolumeInfo& info, std::uint64_t dataBytes) const = 0;
  /// Bytes in front of the voxels in their own stream: compressed with them, and in their own file where they have one.
  [[nodiscard]] virtual std::vector<std::byte> streamStart(const VolumeInfo& info) const {
    (void)info;
    return {};
  }
  /// Of a closed packing: appends what follows the voxels, and fills in what was not known before.
  virtual void close(const VolumeInfo& info, const Stream& stream, AtomicFile& file) const {
    (void)info;
    (void)stream;
    (void)file;
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const WriteOptions& options() const { return options_; }
  /// What is stored: what was given, with scaled values already taken into account.
  [[nodiscard]] const VolumeInfo& stored() const { return stored_; }

 private:
  /// Stores voxels that follow those of the call before.
  void put(std::span<const std::byte> voxels, const JobContext& job);
  void putScaled(std::span<const std::byte> voxels, std::int64_t frame, const Region& region, const JobContext& job);
  void spread(std::span<const std::byte> voxels);
  void append(std::span<const std::byte> data, const JobContext& job);

  std::string path_;
  WriteOptions options_;
  VolumeInfo given_;
  VolumeInfo stored_;
  Packing packing_;
  Stream stream_;  ///< of a closed packing
  bool applyScale_ = false;
  std::int64_t nextSlice_ = 0;      ///< counted over all frames
  std::uint64_t voxelsSpread_ = 0;  ///< planar: counted over all frames
  std::unique_ptr<AtomicFile> file_, data_;
  std::unique_ptr<GzipWriter> compressor_;
  std::unique_ptr<PlaneSpool> spool_;
};

}  // namespace voxmark
